using FhirHub.Fhir.Definitions;
using FhirHub.Profiles.Assertions;
using FhirHub.Profiles.Library;
using FhirHub.Profiles.Resources;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Compilation;

/// <summary>All rules there are. A new one is a file and a line here.</summary>
static class AssertionCatalog
{
    /// <summary>Rules of an element, built from what a definition says of it.</summary>
    static readonly Func<ElementFacts, ProfileSet, Assertion?>[] OfElement =
    [
        static (facts, _) => PermittedTypes.Build(facts),
        static (facts, _) => FixedValue.Build(facts),
        static (facts, _) => PatternValue.Build(facts),
        static (facts, _) => ValueLimit.BuildMinimum(facts),
        static (facts, _) => ValueLimit.BuildMaximum(facts),
        static (facts, _) => LengthLimit.Build(facts),
        Binding.Build,
        ReferenceTarget.Build,
    ];

    /// <summary>Rules R4 states in words of all values of a type.</summary>
    static readonly Dictionary<string, Assertion[]> OfType = new(StringComparer.Ordinal)
    {
        ["Reference"] = [new ReferenceCheck()],
        ["Coding"] = [new CodingCheck()],
        ["Extension"] = [new ExtensionCheck()],
        ["Bundle"] = [new BundleCheck()],
        ["Questionnaire"] = [new QuestionnaireCheck()],
        ["QuestionnaireResponse"] = [new ResponseCheck()],
        ["StructureDefinition"] = [new StructureDefinitionCheck()],
        ["SearchParameter"] = [new SearchParameterCheck()],
        ["ValueSet"] = [new ValueSetCheck()],
    };

    /// <summary>Rules of resources that may contain others.</summary>
    static readonly Assertion Contained = new ContainedCheck();

    internal static IEnumerable<Assertion> ForElement(ElementFacts facts, ProfileSet profiles) =>
        OfElement.Select(build => build(facts, profiles)).OfType<Assertion>()
            .Concat(TypeProfiles.Build(facts, profiles))
            .Concat(Invariant.Build(facts.Invariants));

    /// <summary>The rules of a type that no definition states in a form that can be compiled.</summary>
    internal static IEnumerable<Assertion> ForType(TypeSchema type)
    {
        var own = OfType.GetValueOrDefault(type.Name) ?? [];
        return type.IsResource && type.TryGetElement("contained", out _) ? own.Append(Contained) : own;
    }
}
