using System.Text;
using FhirHub.Core.Model;
using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Plans;

namespace FhirHub.Unit.Profiles.Plans;

/// <summary>From the criteria of a population to a search, or to why there is none.</summary>
[TestClass]
public sealed class MeasurePopulationTests
{
    const string Query = "application/x-fhir-query";

    static readonly DateOnly Start = new(2023, 10, 1);
    static readonly DateOnly End = new(2024, 2, 29);

    [TestMethod]
    [DataRow("Patient?birthdate=gt{{end-3y}}&birthdate=le{{end}}", "birthdate=gt2021-02-28 birthdate=le2024-02-29")]
    [DataRow("Patient?birthdate=ge{{start}}", "birthdate=ge2023-10-01")]
    [DataRow("Patient?birthdate=ge{{start-1m}}&birthdate=lt{{end+1d}}", "birthdate=ge2023-09-01 birthdate=lt2024-03-01")]
    [DataRow("Patient?name=a%26b+c", "name=a&b c")]
    [DataRow("Patient", "")]
    public void The_days_of_the_period_are_put_in(string expression, string criteria)
    {
        var (population, problem) = Read(Query, expression);
        Assert.IsNull(problem?.Text);
        Assert.AreEqual("Patient", population?.Type);
        Assert.AreEqual(criteria, string.Join(' ', population?.Criteria.Select(pair => $"{pair.Key}={pair.Value}") ?? []));
    }

    [TestMethod]
    [DataRow("text/x-formula", "分娩数", "分娩数")]
    [DataRow("text/cql", "Numerator", "text/cql")]
    [DataRow(Query, "Patient?birthdate=ge{{begin}}", "{{begin}}")]
    [DataRow(Query, "Patient?birthdate=ge{{end-3w}}", "{{end-3w}}")]
    [DataRow(Query, "Patient?birthdate=ge{{}}", "{{}}")]
    [DataRow(Query, "Persons?name=x", "resource type")]
    [DataRow(Query, "DomainResource?_id=x", "resource type")]
    [DataRow(Query, "Patient?_count=5", "_count")]
    [DataRow(Query, "Patient?_summary=count", "_summary")]
    public void What_is_no_search_is_refused_by_its_element(string language, string expression, string why)
    {
        var (population, problem) = Read(language, expression);
        Assert.IsNull(population);
        Assert.AreEqual("Measure.group[0].population[0].criteria", problem?.Expression);
        Assert.AreEqual(ProblemKind.NotSupported, problem?.Kind);
        Assert.Contains(why, problem?.Text ?? "");
    }

    static (MeasurePopulation? Population, Problem? Problem) Read(string language, string expression)
    {
        var measure = FhirDocument.ParseJson(Encoding.UTF8.GetBytes($$"""
            {"resourceType":"Measure","status":"active","group":[{"population":[
              {"criteria":{"language":"{{language}}","expression":"{{expression}}"} }]}]}
            """)).Root;
        return MeasurePopulation.Of(
            measure, measure.First("group").First("population"), "numerator", Start, End);
    }
}
