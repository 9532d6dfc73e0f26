using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.FhirPath;

namespace FhirHub.Stores.Oracle;

/// <summary>
/// Evaluates a parameter's published expression with the general evaluator, one alternative after the other.
/// </summary>
static partial class ElementFinder
{
    internal static IReadOnlyList<Element> Find(OracleResource resource, SearchParameterSchema parameter)
    {
        var found = new List<Element>();
        foreach (var part in Alternatives(parameter.Expression!)) // parameters without one are not looked up
        {
            var first = FirstName().Match(part).Value;
            if (first.Length > 0 && first != resource.Type && FhirSchema.R4.TryGetType(first, out var type)
                && type is { IsResource: true, IsAbstract: false })
            {
                continue;
            }

            // A test does not depend on what happens to be stored: the reference itself says what it points to.
            var wanted = ResolvesTo().Match(part);
            var path = wanted.Success ? part.Remove(wanted.Index, wanted.Length) : part;
            var values = FhirPathExpression.Get(path).Evaluate(resource.Document.Root);
            var elements = values.Select(value => Of(value)).OfType<Element>();
            found.AddRange(wanted.Success
                ? elements.Where(element => TypeOf(element, resource) == wanted.Groups[1].Value)
                : elements);
        }

        return found;
    }

    /// <summary>What a component's expression gives, seen from one of the composite's nodes.</summary>
    internal static IReadOnlyList<Element> Component(Element from, string expression) =>
    [
        .. Alternatives(expression)
            .SelectMany(part => FhirPathExpression.Get(part).Evaluate(from.Value.Node))
            .Select(value => Of(value)).OfType<Element>()
    ];

    /// <summary>The type a reference points to, by its literal or what it says about itself.</summary>
    internal static string? TypeOf(Element reference, OracleResource holder)
    {
        if (reference.Get("reference") is { } text)
        {
            if (text.StartsWith('#'))
            {
                return holder.Contained.GetValueOrDefault(text[1..])?.Type;
            }

            var tail = TypedTail().Match(text);
            if (tail.Success && FhirSchema.R4.TryGetType(tail.Groups[1].Value, out var type) && type.IsResource)
            {
                return type.Name;
            }
        }

        return reference.Get("type");
    }

    static Element? Of(FhirPathValue value)
    {
        if (!value.IsNode)
        {
            return value.Kind == FhirPathKind.Boolean
                ? new Element("boolean", JsonSerializer.SerializeToElement(value.Boolean), value)
                : throw new InvalidOperationException($"An expression gave a {value.Type}.");
        }

        var node = value.Node;
        if (node.IsPrimitive && !node.HasValue)
        {
            return null;
        }

        using var json = JsonDocument.Parse(Encoding.UTF8.GetString(node.Json));
        return new Element(node.Type.Name, json.RootElement.Clone(), value, node.Element?.Binding?.ValueSet);
    }

    /// <summary>Splits at the bars that stand in no parentheses.</summary>
    static List<string> Alternatives(string expression)
    {
        var parts = new List<string>();
        var (depth, start) = (0, 0);
        for (var i = 0; i < expression.Length; i++)
        {
            depth += expression[i] == '(' ? 1 : expression[i] == ')' ? -1 : 0;
            if (expression[i] == '|' && depth == 0)
            {
                parts.Add(expression[start..i].Trim());
                start = i + 1;
            }
        }

        parts.Add(expression[start..].Trim());
        return parts;
    }

    [GeneratedRegex(@"(?<=^\(*)[A-Z]\w*")]
    private static partial Regex FirstName();

    [GeneratedRegex(@"\.where\(resolve\(\) is (\w+)\)$")]
    private static partial Regex ResolvesTo();

    [GeneratedRegex(@"(?:^|/)([A-Z][A-Za-z]+)/[A-Za-z0-9.-]{1,64}(?:/_history/[A-Za-z0-9.-]{1,64})?$")]
    private static partial Regex TypedTail();
}
