using System.Globalization;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;

namespace FhirHub.Profiles.Snapshots;

/// <summary>
/// What is said of one element, held as the nodes that say it: merging two definitions moves nodes and copies no
/// content. What a snapshot computes (id, path, cardinality, base) is held as values.
/// https://hl7.org/fhir/R4/elementdefinition.html
/// </summary>
sealed class ElementDefinition
{
    static readonly TypeSchema Type = FhirSchema.R4["ElementDefinition"];
    static readonly HashSet<string> Computed = ["id", "path", "sliceName", "min", "max", "base"];

    readonly IReadOnlyList<FhirNode>?[] _values = new IReadOnlyList<FhirNode>?[Type.Elements.Count];

    internal ElementDefinition()
    {
    }

    internal ElementDefinition(FhirNode node)
    {
        foreach (var group in node.Children.GroupBy(child => child.Element))
        {
            if (group.Key is { } element && !Computed.Contains(element.Name))
            {
                _values[element.Ordinal] = [.. group];
            }
        }

        Id = node.First("id").Text;
        Path = node.First("path").Text ?? "";
        SliceName = node.First("sliceName").Text;
        Min = int.TryParse(node.First("min").Text, CultureInfo.InvariantCulture, out var min) ? min : null;
        Max = node.First("max").Text;
        var origin = node.First("base");
        Base = origin.Exists
            ? new BaseCardinality(
                origin.First("path").Text ?? "", origin.First("min").Text ?? "0", origin.First("max").Text ?? "*")
            : null;
    }

    ElementDefinition(ElementDefinition other)
    {
        other._values.CopyTo(_values, 0);
        (Id, Path, SliceName) = (other.Id, other.Path, other.SliceName);
        (Min, Max, Base) = (other.Min, other.Max, other.Base);
    }

    internal string? Id { get; set; }

    internal string Path { get; set; } = "";

    internal string? SliceName { get; set; }

    internal int? Min { get; set; }

    internal string? Max { get; set; }

    internal BaseCardinality? Base { get; set; }

    /// <summary>The most repetitions allowed; as many as may be for <c>*</c>.</summary>
    internal int MaxCount => Max is null or "*" ? int.MaxValue
        : int.TryParse(Max, NumberStyles.None, CultureInfo.InvariantCulture, out var max) ? max : int.MaxValue;

    internal bool IsModifier => First("isModifier").ValueEquals("true"u8);

    internal string? ContentReference => First("contentReference").Text;

    internal FhirNode Slicing => First("slicing");

    internal IReadOnlyList<FhirNode> Types => this["type"];

    /// <summary>The codes of the permitted types, each once.</summary>
    internal IEnumerable<string> TypeCodes => Types.Select(CodeOf).Distinct(StringComparer.Ordinal);

    /// <summary>The one value of <c>fixed[x]</c>, or a missing node.</summary>
    internal FhirNode Fixed => First("fixed");

    /// <summary>The one value of <c>pattern[x]</c>, or a missing node.</summary>
    internal FhirNode Pattern => First("pattern");

    internal IReadOnlyList<FhirNode> this[string element] => _values[Ordinal(element)] ?? [];

    internal FhirNode First(string element) => this[element] is [var first, ..] ? first : default;

    internal void Set(string element, IReadOnlyList<FhirNode> nodes) =>
        _values[Ordinal(element)] = nodes.Count == 0 ? null : nodes;

    internal ElementDefinition Clone() => new(this);

    /// <summary>Everything said but for what is computed, in the order of the definition.</summary>
    internal IEnumerable<FhirNode> Nodes => _values.OfType<IReadOnlyList<FhirNode>>().SelectMany(nodes => nodes);

    /// <summary>
    /// The type a type entry means. R4 gives the primitives of ids and URLs as System types, with the FHIR type in an
    /// extension.
    /// </summary>
    internal static string CodeOf(FhirNode type)
    {
        const string SystemTypes = "http://hl7.org/fhirpath/System.";
        const string FhirType = "http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type";
        var code = type.First("code").Text ?? "";
        if (!code.StartsWith(SystemTypes, StringComparison.Ordinal))
        {
            return code;
        }

        foreach (var extension in type["extension"])
        {
            if (extension.First("url").Text == FhirType && extension.First("value").Text is { } named)
            {
                return named;
            }
        }

        return code[SystemTypes.Length..].ToLowerInvariant();
    }

    static int Ordinal(string element) => Type.TryGetElement(element, out var found)
        ? found.Ordinal
        : throw new ArgumentException($"ElementDefinition has no element '{element}'.");
}

/// <summary>The element a definition goes back to, and its cardinality there.</summary>
sealed record BaseCardinality(string Path, string Min, string Max);
