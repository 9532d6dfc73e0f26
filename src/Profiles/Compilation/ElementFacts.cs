using System.Globalization;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Snapshots;

namespace FhirHub.Profiles.Compilation;

/// <summary>What a definition says of an element, as rules are built from it: of a profile or of R4 itself.</summary>
sealed record ElementFacts
{
    /// <summary>How the definition calls the element: <c>Patient.identifier:mrn</c>.</summary>
    internal required string Label { get; init; }

    internal required IReadOnlyList<TypeFacts> Types { get; init; }

    internal BindingFacts? Binding { get; init; }

    internal IReadOnlyList<InvariantFacts> Invariants { get; init; } = [];

    internal FhirNode Fixed { get; init; }

    internal FhirNode Pattern { get; init; }

    internal FhirNode MinValue { get; init; }

    internal FhirNode MaxValue { get; init; }

    internal int? MaxLength { get; init; }

    /// <summary>Whether a profile says it; what R4 says of types, the parser has checked.</summary>
    internal bool IsProfile { get; init; }

    internal static ElementFacts Of(ElementSchema element) => new()
    {
        Label = element.Path,
        Types = [.. element.Types.Select(t => new TypeFacts(t.Type, t.Profiles, t.TargetProfiles, [], null))],
        Binding = element.Binding is { ValueSet: { } valueSet } binding
            ? new BindingFacts(binding.Strength, valueSet, binding.MaxValueSet)
            : null,
        Invariants = [.. InvariantsOf(element).Select(InvariantFacts.Of)],
    };

    /// <summary>
    /// The rules of an element. One that refers to another, as the items in items of a Questionnaire do, has its rules:
    /// https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.contentReference
    /// </summary>
    static IReadOnlyList<InvariantSchema> InvariantsOf(ElementSchema element)
    {
        if (element.ContentReference is not { } reference)
        {
            return element.Invariants;
        }

        var path = reference[(reference.IndexOf('#', StringComparison.Ordinal) + 1)..];
        var name = path.LastIndexOf('.') + 1;
        return FhirSchema.R4[path[..(name - 1)]].TryGetElement(path[name..], out var other)
            ? [.. element.Invariants, .. other.Invariants]
            : throw new InvalidOperationException($"{element.Path} refers to {reference}, which is no element of R4.");
    }

    internal static ElementFacts Of(string label, ElementDefinition definition, ElementSchema? element) => new()
    {
        Label = label,
        IsProfile = true,
        Types = definition.Types.Count > 0
            ? [.. definition.Types.Select(node => TypeFacts.Of(node, element)).OfType<TypeFacts>()]
            : [.. element?.Types.Select(t => new TypeFacts(t.Type, [], [], [], null)) ?? []],
        Binding = BindingFacts.Of(definition.First("binding")),
        Invariants = [.. definition["constraint"].Select(InvariantFacts.Of)],
        Fixed = definition.Fixed,
        Pattern = definition.Pattern,
        MinValue = definition.First("minValue"),
        MaxValue = definition.First("maxValue"),
        MaxLength = int.TryParse(definition.First("maxLength").Text, CultureInfo.InvariantCulture, out var max)
            ? max
            : null,
    };
}

/// <summary>A permitted type, and what limits it further.</summary>
/// <param name="Type">The type; for a nested element the one R4 knows it by.</param>
/// <param name="Profiles">Profiles on the type, of which one has to be met.</param>
/// <param name="TargetProfiles">What a reference may lead to.</param>
/// <param name="Aggregation">Where the resource may be: contained, referenced, bundled.</param>
/// <param name="Versioning">Whether the reference names a version: either, independent, specific.</param>
sealed record TypeFacts(
    TypeSchema Type,
    IReadOnlyList<string> Profiles,
    IReadOnlyList<string> TargetProfiles,
    IReadOnlyList<string> Aggregation,
    string? Versioning)
{
    internal static TypeFacts? Of(FhirNode node, ElementSchema? element)
    {
        var code = ElementDefinition.CodeOf(node);
        // R4 knows a nested element by a type of its own.
        var type = element is { Types: [{ Type.Kind: TypeKind.Backbone } nested] } ? nested.Type
            : FhirSchema.R4.TryGetType(code, out var found) ? found
            : null;
        return type is null ? null : new TypeFacts(
            type,
            Texts(node, "profile"),
            Texts(node, "targetProfile"),
            Texts(node, "aggregation"),
            node.First("versioning").Text);
    }

    static string[] Texts(FhirNode node, string element) => [.. node[element].Select(n => n.Text).OfType<string>()];
}

/// <summary>The value set of a coded element.</summary>
sealed record BindingFacts(BindingStrength Strength, string ValueSet, string? MaxValueSet)
{
    const string Maximum = "http://hl7.org/fhir/StructureDefinition/elementdefinition-maxValueSet";

    internal static BindingFacts? Of(FhirNode binding)
    {
        if (!binding.Exists || binding.First("valueSet").Text is not { } valueSet
            || !Enum.TryParse<BindingStrength>(binding.First("strength").Text, ignoreCase: true, out var strength))
        {
            return null;
        }

        var maximum = binding["extension"].FirstOrDefault(e => e.First("url").Text == Maximum);
        return new BindingFacts(strength, valueSet, maximum.Exists ? maximum.First("value").Text : null);
    }
}

/// <summary>A rule in FHIRPath.</summary>
sealed record InvariantFacts(string Key, bool IsError, string Human, string? Expression, bool IsBestPractice)
{
    const string BestPractice = "http://hl7.org/fhir/StructureDefinition/elementdefinition-bestpractice";

    /// <summary>The rules R4 itself marks as best practice; the compiled definitions do not keep the mark.</summary>
    static readonly HashSet<string> OfSpecification = new(StringComparer.Ordinal) { "dom-6", "con-3" };

    internal static InvariantFacts Of(InvariantSchema invariant) => new(
        invariant.Key, invariant.IsError, invariant.Human, invariant.Expression,
        OfSpecification.Contains(invariant.Key));

    internal static InvariantFacts Of(FhirNode constraint)
    {
        var key = constraint.First("key").Text ?? "";
        return new InvariantFacts(
            key,
            constraint.First("severity").Text == "error",
            constraint.First("human").Text ?? "",
            constraint.First("expression").Text,
            OfSpecification.Contains(key) || constraint["extension"].Any(e => e.First("url").Text == BestPractice));
    }
}
