using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.FhirPath;

namespace FhirHub.Unit.FhirPath;

/// <summary>What can be found wrong with an expression before there is data.</summary>
[TestClass]
public sealed class SemanticCheckTests
{
    [TestMethod]
    [DataRow("name.given1", 5, "HumanName has no element 'given1'")]
    [DataRow("Encounter.name", 0, "Encounter is not what the expression is on, which is Patient")]
    [DataRow("name.where(famly = 'x')", 11, "HumanName has no element 'famly'")]
    [DataRow("multipleBirthInteger", 0, "Patient has no element 'multipleBirthInteger'; it is multipleBirth,")]
    [DataRow("(deceased as Period).unit", 21, "Period has no element 'unit'")]
    [DataRow("identifier.startsWith('x')", 11, "startsWith() works on a string, and this is Identifier")]
    [DataRow("name.select(period.begin)", 19, "Period has no element 'begin'")]
    public void A_mistake_is_found_without_data(string expression, int offset, string message)
    {
        var error = Assert.ThrowsExactly<FhirPathException>(
            () => FhirPathExpression.Compile(expression, FhirSchema.R4["Patient"], strict: false));

        Assert.AreEqual(offset, error.Offset);
        Assert.StartsWith(message, error.Message);
    }

    [TestMethod]
    [DataRow("children().skip(1)")]
    [DataRow("descendants().where(true).first()")]
    [DataRow("iif('text', 1, 2)")]
    public void A_strict_check_finds_more(string expression)
    {
        var patient = FhirSchema.R4["Patient"];

        FhirPathExpression.Compile(expression, patient, strict: false);
        Assert.ThrowsExactly<FhirPathException>(() => FhirPathExpression.Compile(expression, patient, strict: true));
    }

    [TestMethod]
    [DataRow("contained.whatever")]
    [DataRow("descendants().anything.first()")]
    [DataRow("%resource.anything")]
    [DataRow("extension('x').value.coding.code")]
    [DataRow("managingOrganization.resolve().name")]
    [DataRow("Resource.id")]
    [DataRow("name.given.first().startsWith('x')")]
    [DataRow("name.sort(-family).first().use")]
    [DataRow("iif(active, name.given, name.family)")]
    public void What_only_the_data_knows_passes(string expression) =>
        FhirPathExpression.Compile(expression, FhirSchema.R4["Patient"], strict: expression[0] != 'd');

    [TestMethod]
    public void All_search_parameters_of_the_definitions_compile()
    {
        var failures = new List<string>();
        foreach (var parameter in FhirSchema.R4.SearchParameters.Where(p => !string.IsNullOrEmpty(p.Expression)))
        {
            // The expression is there: the filter says so.
            Check(parameter.Url, parameter.Expression!, context: null, failures);
        }

        Assert.IsEmpty(failures, string.Join('\n', failures));
    }

    [TestMethod]
    public void All_invariants_of_the_definitions_compile_and_fit_their_types()
    {
        var failures = new List<string>();
        foreach (var type in FhirSchema.R4.Types)
        {
            // cid-0 is wrong as published: a ChargeItemDefinition has no name.
            foreach (var invariant in type.Invariants.Where(i => i.Expression is not null && i.Key != "cid-0"))
            {
                // The expression is there: the filter says so.
                Check($"{type.Name} {invariant.Key}", invariant.Expression!, type, failures);
            }
        }

        Assert.IsEmpty(failures, string.Join('\n', failures));
    }

    static void Check(string name, string expression, TypeSchema? context, List<string> failures)
    {
        try
        {
            _ = context is null
                ? FhirPathExpression.Compile(expression)
                : FhirPathExpression.Compile(expression, context, strict: false);
        }
        catch (FhirPathException e)
        {
            failures.Add($"{name}: {expression}: {e.Message}");
        }
    }
}
