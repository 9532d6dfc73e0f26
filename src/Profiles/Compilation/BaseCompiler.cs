using FhirHub.Fhir.Definitions;
using FhirHub.Profiles.Assertions;
using FhirHub.Profiles.Library;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Compilation;

/// <summary>
/// Compiles what R4 says of a type. Cardinality and permitted types are left out: the parser has checked them.
/// </summary>
sealed class BaseCompiler(ProfileSet profiles)
{
    internal ContentRules Compile(TypeSchema type) => new(
        type,
        AssertionCatalog.ForType(type).Concat(Invariant.Build(type.Invariants.Select(InvariantFacts.Of))),
        [.. type.Elements.Select(Compile)]);

    ElementRules Compile(ElementSchema element)
    {
        var assertions = AssertionCatalog.ForElement(ElementFacts.Of(element), profiles).ToArray();
        return new ElementRules(element, element.Path, (0, int.MaxValue), new NodeRules(assertions, []));
    }
}
