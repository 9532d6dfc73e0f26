using FhirHub.Fhir.Definitions;
using FhirHub.Host.Operations;

namespace FhirHub.Unit.Host;

/// <summary>The operations know the parameters that R4 defines for them.</summary>
[TestClass]
public sealed class TerminologyOperationTests
{
    /// <summary>Of R5, or of another operation that has to agree.</summary>
    static readonly Dictionary<string, string[]> Added = new()
    {
        ["ConceptMap-translate"] = ["date"],
        ["CodeSystem-lookup"] = [Expand.Supplement],
        ["CodeSystem-validate-code"] = [Expand.Supplement],
        ["ValueSet-expand"] = ["property", Expand.Supplement],
        ["ValueSet-validate-code"] = Expand.OfVersions,
    };

    [TestMethod]
    [DataRow("CodeSystem-lookup")]
    [DataRow("CodeSystem-validate-code")]
    [DataRow("CodeSystem-subsumes")]
    [DataRow("CodeSystem-find-matches")]
    [DataRow("ValueSet-expand")]
    [DataRow("ValueSet-validate-code")]
    [DataRow("ConceptMap-translate")]
    [DataRow("ConceptMap-closure")]
    [DataRow("NamingSystem-preferred-id")]
    public void Every_parameter_of_the_definition_is_known(string name)
    {
        Assert.IsTrue(DefinitionArchive.R4.TryGet($"http://hl7.org/fhir/OperationDefinition/{name}", out var definition));
        var defined = definition.Root["parameter"]
            .Where(parameter => parameter.First("use").Text == "in")
            .Select(parameter => parameter.First("name").Text ?? "")
            .Concat(Added.GetValueOrDefault(name) ?? []);

        CollectionAssert.AreEquivalent(defined.ToArray(), KnownTo(name).ToArray());
    }

    static string[] KnownTo(string name) => name switch
    {
        "CodeSystem-lookup" => Lookup.Known,
        "CodeSystem-validate-code" => ValidateCode.OfSystem,
        "CodeSystem-subsumes" => Subsumes.Known,
        "CodeSystem-find-matches" => FindMatches.Known,
        "ValueSet-expand" => Expand.Known,
        "ValueSet-validate-code" => ValidateCode.OfSet,
        "ConceptMap-translate" => Translate.Known,
        "NamingSystem-preferred-id" => PreferredId.Known,
        _ => Closure.Known,
    };
}
