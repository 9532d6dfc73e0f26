using System.Globalization;
using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Messages;

namespace FhirHub.Profiles.Snapshots;

/// <summary>
/// Works what a differential says of an element into what its base says, and reports what a constraint must not do:
/// https://hl7.org/fhir/R4/elementdefinition.html#interpretation
/// </summary>
sealed class DefinitionMerge(string id, List<SnapshotProblem> problems)
{
    /// <summary>Elements whose text in the differential takes the place of the base's.</summary>
    static readonly string[] Replaced =
    [
        "label", "short", "orderMeaning", "meaningWhenMissing", "example", "minValue", "maxValue", "maxLength",
        "mustSupport", "isModifier", "isModifierReason", "isSummary", "defaultValue", "pattern", "sliceIsConstraining",
        "representation",
    ];

    /// <summary>Elements a differential may continue by beginning with three dots.</summary>
    static readonly string[] Continued = ["definition", "comment", "requirements"];

    /// <summary>Lists that grow: what the base has stays, what is new is added, each once by its key.</summary>
    static readonly (string Element, string? Key)[] Grown =
    [
        ("constraint", "key"), ("mapping", null), ("condition", null), ("alias", null), ("code", null),
        ("extension", null), ("modifierExtension", null),
    ];

    internal void Apply(ElementDefinition basis, ElementDefinition said, bool isSlice)
    {
        Cardinality(basis, said, isSlice);
        Types(basis, said);
        Fixed(basis, said);
        Binding(basis, said);
        Slicing(basis, said);
        foreach (var element in Replaced)
        {
            if (said[element].Count > 0)
            {
                basis.Set(element, said[element]);
            }
        }

        foreach (var element in Continued)
        {
            Continue(basis, said, element);
        }

        foreach (var (element, key) in Grown)
        {
            Grow(basis, said, element, key);
        }
    }

    void Cardinality(ElementDefinition basis, ElementDefinition said, bool isSlice)
    {
        if (said.Min is { } min)
        {
            // The root of a differential is often 0..* for want of thought, and means nothing.
            var isRoot = !id.Contains('.', StringComparison.Ordinal);
            if (min < basis.Min && !isSlice && !isRoot)
            {
                Report(SnapshotMessages.MinLowered, id, min, basis.Min);
            }
            else
            {
                basis.Min = min;
            }
        }

        if (said.Max is not null)
        {
            if (said.MaxCount > basis.MaxCount)
            {
                Report(SnapshotMessages.MaxRaised, id, said.Max, basis.Max);
            }
            else
            {
                basis.Max = said.Max;
            }
        }

        if (basis.Min > basis.MaxCount)
        {
            Report(SnapshotMessages.MinAboveMax, id, basis.Min, basis.Max);
        }
    }

    void Types(ElementDefinition basis, ElementDefinition said)
    {
        if (said.Types.Count == 0)
        {
            return;
        }

        if (basis.Types.Count > 0)
        {
            var permitted = basis.TypeCodes.ToHashSet(StringComparer.Ordinal);
            foreach (var code in said.TypeCodes.Where(code => !TypeRules.IsPermitted(code, permitted)))
            {
                Report(SnapshotMessages.TypeAdded, id, code);
            }
        }

        basis.Set("type", said.Types);
    }

    void Fixed(ElementDefinition basis, ElementDefinition said)
    {
        if (!said.Fixed.Exists)
        {
            return;
        }

        if (basis.Fixed.Exists && !basis.Fixed.Json.SequenceEqual(said.Fixed.Json))
        {
            Report(SnapshotMessages.FixedChanged, id);
        }

        basis.Set("fixed", said["fixed"]);
    }

    void Binding(ElementDefinition basis, ElementDefinition said)
    {
        if (said["binding"].Count == 0)
        {
            return;
        }

        var strength = said.First("binding").First("strength").Text;
        if (strength != "required" && basis.First("binding").First("strength").Text == "required")
        {
            Report(SnapshotMessages.BindingLoosened, id, strength);
        }

        basis.Set("binding", said["binding"]);
    }

    void Slicing(ElementDefinition basis, ElementDefinition said)
    {
        if (!said.Slicing.Exists)
        {
            return;
        }

        if (basis.Slicing.First("rules").Text == "closed" && said.Slicing.First("rules").Text != "closed")
        {
            Report(SnapshotMessages.SlicingReopened, id);
        }

        basis.Set("slicing", said["slicing"]);
    }

    static void Continue(ElementDefinition basis, ElementDefinition said, string element)
    {
        const string Dots = "...";
        if (said.First(element).Text is not { } text)
        {
            return;
        }

        basis.Set(
            element,
            text.StartsWith(Dots, StringComparison.Ordinal) && basis.First(element).Text is { } before
                ? Fragment.Text(element, $"{before}\r\n{text[Dots.Length..]}")
                : said[element]);
    }

    static void Grow(ElementDefinition basis, ElementDefinition said, string element, string? key)
    {
        if (said[element].Count == 0)
        {
            return;
        }

        List<FhirNode> all = [.. basis[element]];
        foreach (var node in said[element])
        {
            if (!all.Exists(other => IsSame(other, node, key)))
            {
                all.Add(node);
            }
        }

        basis.Set(element, all);
    }

    static bool IsSame(FhirNode one, FhirNode other, string? key) =>
        key is null ? one.Json.SequenceEqual(other.Json) : one.First(key).Text == other.First(key).Text;

    void Report(Message message, params object?[] arguments) => problems.Add(new SnapshotProblem(
        message, id, [.. arguments.Select(a => Convert.ToString(a, CultureInfo.InvariantCulture))]));
}
