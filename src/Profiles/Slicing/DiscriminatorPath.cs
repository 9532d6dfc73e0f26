using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Slicing;

/// <summary>
/// The path of a discriminator: the small part of FHIRPath that it may use.
/// https://hl7.org/fhir/R4/profiling.html#discriminator
/// </summary>
sealed class DiscriminatorPath(IReadOnlyList<DiscriminatorStep> steps)
{
    readonly DiscriminatorStep[] _steps = [.. steps];

    internal static DiscriminatorPath This { get; } = new([]);

    internal IReadOnlyList<DiscriminatorStep> Steps => _steps;

    internal static DiscriminatorPath Child(string name) => new([new DiscriminatorStep.Element(name)]);

    /// <summary>Reads a path; null when it is none that a discriminator may have.</summary>
    internal static DiscriminatorPath? Parse(string text)
    {
        List<DiscriminatorStep> steps = [];
        foreach (var part in Parts(text))
        {
            switch (part)
            {
                case "$this":
                    break;
                case "resolve()":
                    steps.Add(new DiscriminatorStep.Resolved());
                    break;
                case var _ when Argument(part, "extension") is { } url:
                    steps.Add(new DiscriminatorStep.Extension(url.Trim('\'', '"')));
                    break;
                case var _ when Argument(part, "ofType") is { } type && FhirSchema.R4.TryGetType(type, out var found):
                    steps.Add(new DiscriminatorStep.OfType(found));
                    break;
                case var _ when part.Length > 0 && part.All(char.IsAsciiLetterOrDigit):
                    steps.Add(new DiscriminatorStep.Element(part));
                    break;
                case var _ when part.EndsWith("[x]", StringComparison.Ordinal):
                    steps.Add(new DiscriminatorStep.Element(part[..^3]));
                    break;
                default:
                    return null;
            }
        }

        return new DiscriminatorPath(steps);
    }

    /// <summary>Whether one of the nodes at the path below a node is accepted.</summary>
    internal bool Any(ValidationRun run, FhirNode node, Func<ValidationRun, FhirNode, bool> accepts) =>
        Any(run, node, 0, accepts);

    bool Any(ValidationRun run, FhirNode node, int depth, Func<ValidationRun, FhirNode, bool> accepts)
    {
        if (depth == _steps.Length)
        {
            return accepts(run, node);
        }

        switch (_steps[depth])
        {
            case DiscriminatorStep.Element element:
                foreach (var child in element.On(node))
                {
                    if (Any(run, child, depth + 1, accepts))
                    {
                        return true;
                    }
                }

                return false;
            case DiscriminatorStep.Extension extension:
                foreach (var child in ElementPart.Extension.All(node))
                {
                    if (child.First("url").Text == extension.Url && Any(run, child, depth + 1, accepts))
                    {
                        return true;
                    }
                }

                return false;
            case DiscriminatorStep.OfType type:
                return node.Type.IsA(type.Type) && Any(run, node, depth + 1, accepts);
            default:
                return Resolved(run, node) is { Exists: true } target && Any(run, target, depth + 1, accepts);
        }
    }

    static FhirNode Resolved(ValidationRun run, FhirNode node)
    {
        var text = node.IsPrimitive ? node.Text : ElementPart.Reference.First(node).Text;
        if (string.IsNullOrEmpty(text))
        {
            return default;
        }

        var inside = run.ResolveInside(node, text);
        return inside.Exists ? inside : run.Resolve(text) is { } stored ? stored.Root : default;
    }

    /// <summary>The parts between dots; a dot in brackets belongs to a URL.</summary>
    static IEnumerable<string> Parts(string text)
    {
        var (start, depth) = (0, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || (text[i] == '.' && depth == 0))
            {
                yield return text[start..i].Trim();
                start = i + 1;
            }
            else
            {
                depth += text[i] switch { '(' => 1, ')' => -1, _ => 0 };
            }
        }
    }

    static string? Argument(string part, string function) =>
        part.StartsWith(function + "(", StringComparison.Ordinal) && part.EndsWith(')')
            ? part[(function.Length + 1)..^1].Trim()
            : null;
}

/// <summary>A step of a discriminator's path; the cases nested here are all there are.</summary>
abstract record DiscriminatorStep
{
    DiscriminatorStep()
    {
    }

    /// <summary>The children of that element.</summary>
    internal sealed record Element(string Name) : DiscriminatorStep
    {
        readonly ElementSchema?[] _byType =
        [
            .. FhirSchema.R4.TypeArray.Select(type => type.TryGetElement(Name, out var element) ? element : null),
        ];

        internal FhirNodes On(FhirNode node) =>
            _byType[node.Type.Index] is { } element ? node.Of(element) : default;
    }

    /// <summary>The extensions of that URL.</summary>
    internal sealed record Extension(string Url) : DiscriminatorStep;

    /// <summary>The node itself, where it is of that type.</summary>
    internal sealed record OfType(TypeSchema Type) : DiscriminatorStep;

    /// <summary>What a reference leads to.</summary>
    internal sealed record Resolved : DiscriminatorStep;
}
