using System.Globalization;
using System.Text.RegularExpressions;
using FhirHub.Fhir.Documents;
using FhirHub.Fhir.FhirPath;

namespace FhirHub.Core.Patches;

/// <summary>
/// A resource while a FHIRPath patch changes it: the builder that takes the changes, and the means to find elements in
/// it by FHIRPath. Paths of plain names and indexes are followed in the builder; any other is evaluated on a document,
/// which after a change has to be built anew, so that is bounded.
/// </summary>
sealed partial class PatchedResource
{
    /// <summary>The most expressions of one patch that are more than names and indexes.</summary>
    const int EvaluationsMax = 1_000;

    static readonly FhirPathEnvironment Limits =
        new() { ItemsMax = 200_000, StepsMax = 500_000, TextMax = 1024 * 1024 };

    FhirDocument _document;
    bool _isChanged;
    int _evaluations;
    long _workBytes;

    internal PatchedResource(FhirDocument document)
    {
        _document = document;
        Builder = FhirBuilder.From(document);
    }

    internal FhirBuilder Builder { get; private set; }

    /// <summary>Says that the builder was changed, so that the document no longer shows it.</summary>
    internal void Changed() => _isChanged = true;

    internal FhirDocument Finish() =>
        _isChanged ? PatchFailure.Result(Builder.Build(ParseOptions.Strict)) : _document;

    /// <summary>The builder paths of the elements an expression selects; the root's is empty.</summary>
    internal List<string> Select(FhirPathOperation operation, string expression)
    {
        if (PlainPath().IsMatch(expression) && Follow(expression) is { } path)
        {
            return [path];
        }

        if (++_evaluations > EvaluationsMax)
        {
            throw PatchFailure.TooLarge(
                $"The patch has more than {EvaluationsMax} paths of more than names and indexes; send it in parts.");
        }

        var found = Evaluate(Current(operation), operation, expression);
        var paths = new List<string>(found.Length);
        foreach (var item in found)
        {
            if (!item.IsNode)
            {
                throw operation.Unprocessable("the path gives a computed value, not an element of the resource");
            }

            paths.Add(ReferenceEquals(item.Node.Document, _document)
                ? NodePath.Of(item.Node)
                : throw operation.Unprocessable("the path leads to another resource", "forbidden"));
        }

        return paths;
    }

    static FhirPathValue[] Evaluate(FhirDocument document, FhirPathOperation operation, string expression)
    {
        FhirPathExpression compiled;
        try
        {
            compiled = FhirPathExpression.Compile(expression, document.Type, strict: false);
        }
        catch (FhirPathException problem)
        {
            throw operation.Malformed("the path is wrong: " + problem.Message.TrimEnd('.'));
        }

        try
        {
            return compiled.Evaluate(document.Root, Limits);
        }
        catch (FhirPathException problem)
        {
            throw operation.Unprocessable("the path cannot be evaluated: " + problem.Message.TrimEnd('.'));
        }
    }

    /// <summary>The document as changed so far. What it still lacks, a later operation may add.</summary>
    FhirDocument Current(FhirPathOperation operation)
    {
        _workBytes += _document.Json.Length;
        if (_workBytes > Patch.WorkBytesMax)
        {
            throw PatchFailure.TooLarge(
                "The patch evaluates too many paths on a large resource; address elements by names and indexes only, "
                + "or send it in parts.");
        }

        if (!_isChanged)
        {
            return _document;
        }

        var built = Builder.Build(ParseOptions.Lenient);
        var wrong = built.Issues.FirstOrDefault(issue => issue.Code != IssueType.Required);
        if (wrong is not null || built.Document is null)
        {
            var text = (wrong ?? built.Issues[0]).Text.TrimEnd('.');
            throw operation.Unprocessable($"the operations before it leave a resource that is not valid: {text}");
        }

        _document = built.Document;
        Builder = FhirBuilder.From(_document);
        _isChanged = false;
        return _document;
    }

    /// <summary>Follows a path of names and indexes; null when it does not lead to just one element.</summary>
    string? Follow(string expression)
    {
        var steps = expression.Split('.');
        if (steps.Length > Patch.DepthMax)
        {
            // Deeper than any valid resource: evaluation, which begins with a parse, says so.
            return null;
        }

        var at = Builder;
        var path = new List<string>(steps.Length);
        foreach (var step in steps.AsSpan(steps[0] == Builder.Type.Name ? 1 : 0))
        {
            var bracket = step.IndexOf('[');
            var name = bracket < 0 ? step : step[..bracket];
            if (!at.Type.TryGetElement(name, out var element))
            {
                return null;
            }

            var (property, count) = at.Occurrences(element);
            var index = bracket < 0 ? 0 : int.Parse(step.AsSpan((bracket + 1)..^1), CultureInfo.InvariantCulture);
            if (property is null || index >= count || (bracket < 0 && count > 1))
            {
                return null;
            }

            path.Add(element.IsArray ? $"{property.Name}[{index}]" : property.Name);
            at = at.At(path[^1]);
        }

        return string.Join('.', path);
    }

    [GeneratedRegex(@"^[A-Za-z]+(\[[0-9]{1,6}\])?(\.[A-Za-z]+(\[[0-9]{1,6}\])?)*$", RegexOptions.CultureInvariant)]
    private static partial Regex PlainPath();
}
