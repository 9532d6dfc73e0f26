using FhirHub.Core.Search;

namespace FhirHub.Stores;

/// <summary>Which way a page is found, where the wrong one would find the same and take ever longer.</summary>
[TestClass]
public sealed class SqlitePlanTests
{
    const string Base = "http://hub.example/fhir";

    readonly SearchParser _parser = new(ParameterCatalog.R4, SearchZone.China, TimeProvider.System);

    /// <summary>What refers to another server is nothing that this patient's page has to look at.</summary>
    [TestMethod]
    [DataRow("patient=Patient/p1", null, "patient walked in order", 250)]
    [DataRow("patient=Patient/p1&code=x", null, "patient walked in order; code probed", 250)]
    [DataRow("patient=p1", null, "patient walked in order", 250)]
    [DataRow("subject:Patient.gender=female", null,
        "all of Observation walked in order; subject:Patient.(gender) probed", 250)]
    [DataRow("patient=Patient/p1", "http://elsewhere.example/fhir/Patient/p1", "patient walked in order", 250)]
    [DataRow("patient=Patient/p1&code=x", "http://elsewhere.example/fhir/Patient/p1",
        "patient walked in order; code probed", 250)]
    [DataRow("patient=p1", "http://elsewhere.example/fhir/Patient/p1", "patient walked in order", 250)]
    [DataRow("patient=Patient/p1", Base + "/Patient/p2", "patient walked in order", 250)]
    [DataRow("subject:Patient.gender=female", "http://elsewhere.example/fhir/Patient/p1",
        "all of Observation walked in order; subject:Patient.(gender) probed", 250)]
    [DataRow("patient=Patient/p1", Base + "/Patient/p1",
        "all of Observation walked in order; patient probed", 251)]
    [DataRow("subject:Patient.gender=female", Base + "/Patient/p1",
        "all of Observation walked in order; subject:Patient.(gender) probed", 251)]
    public async Task References_to_elsewhere_slow_down_no_patients_page(
        string search, string? other, string plan, int count)
    {
        await using var pair = SqlitePair.Create();
        await pair.PutAsync(Sample.Patient("p1"));
        await pair.CommitAsync([.. Enumerable.Range(0, 250).Select(i => Seen($"o{i}", "Patient/p1"))]);
        if (other is not null)
        {
            await pair.CommitAsync([Seen("other", other)]);
        }

        var scope = new SearchScope { Tenant = Sample.Tenant, Type = "Observation", BaseUrl = Base };
        var query = _parser.Parse(scope, ConditionalQuery.Pairs(search + "&_count=3&_total=accurate")).Query;
        var page = await pair.Search.SearchAsync(query with { WantsPlan = true }, CancellationToken.None);
        Assert.AreEqual(plan, string.Join("; ", page.Plan.Select(step => $"{step.What} {step.How}")));
        Assert.AreEqual(count, page.Total);
        Assert.AreEqual(
            count == 251 ? "other o249 o248" : "o249 o248 o247",
            string.Join(' ', page.Matches.Select(m => m.Key.Id)));
    }

    /// <summary>
    /// Of ten that follow each other the first five have the code, of four the first two the status. From the newest on
    /// nine are final until four of these are low: 997, 996, 993, 992, 989, 988, 985, 984 and 981.
    /// </summary>
    [TestMethod]
    [DataRow("status=final&code=low", 3, "status walked in order gave 9; code probed 9 4")]
    [DataRow("status=final&code=low&patient=Patient/p1", 3,
        "status walked in order gave 9; code probed 9 4; patient probed 4 4")]
    [DataRow("patient=Patient/p1&code=rare", 3, "code collected and sorted gave 10; patient probed 10 10")]
    [DataRow("patient=Patient/p1", 3, "patient walked in order gave ")]
    [DataRow("patient=Patient/nobody&code=rare", 3, "patient collected and sorted gave 0; code probed 0 0")]
    public async Task What_a_step_came_by_is_told(string search, int size, string plan)
    {
        await using var pair = SqlitePair.Create();
        await pair.PutAsync(Sample.Patient("p1"));
        await pair.CommitAsync([.. Enumerable.Range(0, 1000).Select(i => Seen(
            $"o{i}", "Patient/p1", i % 100 == 5 ? "rare" : i % 10 < 5 ? "low" : "x", i % 4 < 2 ? "final" : "preliminary"))]);
        var scope = new SearchScope { Tenant = Sample.Tenant, Type = "Observation", BaseUrl = Base };
        var query = _parser.Parse(scope, ConditionalQuery.Pairs($"{search}&_count={size}")).Query;
        var told = await pair.Search.SearchAsync(query with { WantsPlan = true }, CancellationToken.None);
        Assert.AreEqual(plan, string.Join("; ", told.Plan.Select(step => step.Asked is { } asked
            ? $"{step.What} {step.How} {asked} {step.Given}"
            : $"{step.What} {step.How} gave {step.Given}")));
        var page = await pair.Search.SearchAsync(query, CancellationToken.None);
        Assert.IsEmpty(page.Plan);
        CollectionAssert.AreEqual(
            page.Matches.Select(m => m.Key.Id).ToList(), told.Matches.Select(m => m.Key.Id).ToList());
    }

    static FhirHub.Core.Storage.CommitEntry Seen(
        string id, string patient, string code = "x", string status = "final") => Sample.Put($$$"""
        {"resourceType":"Observation","id":"{{{id}}}","status":"{{{status}}}","code":{"coding":[{"code":"{{{code}}}"}]},
         "subject":{"reference":"{{{patient}}}"}}
        """);
}
