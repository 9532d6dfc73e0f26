using FhirHub.Core.Model;
using FhirHub.Core.Search;
using static FhirHub.Stores.Sample;

namespace FhirHub.Stores;

/// <summary>
/// A rule of what a caller may see holds wherever a search looks: nothing outside it is found, counted, sorted by or
/// included, and no chain tells that it exists.
/// </summary>
public abstract class AccessRuleContract
{
    /// <summary>Patients of one organisation, and observations of such patients; nobody else's.</summary>
    static readonly AccessRule OneHospital = new(
        new Dictionary<string, SearchExpression>(StringComparer.Ordinal)
        {
            ["Patient"] = new SearchExpression.Reference(Parameter("Patient", "organization"), "Organization", "ours"),
            ["Observation"] = new SearchExpression.Chain(
                Parameter("Observation", "subject"),
                "Patient",
                new SearchExpression.Reference(Parameter("Patient", "organization"), "Organization", "ours")),
            ["Organization"] = new SearchExpression.Ids(["ours"]),
        },
        new SearchExpression.Or([]));

    readonly SearchParser _parser = new(ParameterCatalog.R4, SearchZone.China, TimeProvider.System);

    protected abstract StoragePair Create();

    [TestMethod]
    [DataRow("Patient", "", "p1")]
    [DataRow("Patient", "name=other", "")]
    [DataRow("Patient", "name:not-there=1", null)]
    [DataRow("Patient", "_id=p1,p2", "p1")]
    [DataRow("Patient", "gender:not=male", "p1")]
    [DataRow("Patient", "gender:missing=false", "p1")]
    [DataRow("Patient", "_sort=-name", "p1")]
    [DataRow("Patient", "organization.name=their", "")]
    [DataRow("Patient", "organization.name=our", "p1")]
    [DataRow("Patient", "_has:Observation:patient:code=secret", "")]
    [DataRow("Patient", "link.name=other", "")]
    [DataRow("Patient", "link:Patient.gender:not=male", "")]
    [DataRow("Patient", "_content=other", "")]
    [DataRow("Patient", "_content=own,other", "p1")]
    [DataRow("Patient", "_text=shared", "p1")]
    [DataRow("Patient", "name:contains=othe", "")]
    [DataRow("Patient", "link:Patient._text=shared", "")]
    [DataRow("Patient", "_has:Observation:patient:_content=secret", "")]
    [DataRow("Patient", "_filter=_text co shared", "p1")]
    [DataRow("Patient", "_filter=not (_text co shared)", "")]
    [DataRow("Observation", "_content=secret", "")]
    [DataRow("Observation", "patient._text=shared", "o1")]
    [DataRow("Observation", "", "o1")]
    [DataRow("Observation", "code=secret", "")]
    [DataRow("Observation", "code=open,secret", "o1")]
    [DataRow("Observation", "patient.name=other", "")]
    [DataRow("Observation", "has-member.code=secret", "")]
    [DataRow("Observation", "has-member.code:missing=false", "")]
    [DataRow("Encounter", "", "")]
    public async Task A_search_finds_nothing_outside(string type, string search, string? expected)
    {
        await using var pair = await FilledAsync();
        var scope = new SearchScope { Tenant = Tenant, Type = type, Access = OneHospital };
        if (expected is null)
        {
            Assert.ThrowsExactly<FhirException>(() => _parser.Parse(scope, ConditionalQuery.Pairs(search)));
            return;
        }

        var query = _parser.Parse(scope, ConditionalQuery.Pairs(search)).Query with { Total = SearchTotal.Accurate };
        var page = await pair.Search.SearchAsync(query, CancellationToken.None);
        Assert.AreEqual(expected, string.Join(' ', page.Matches.Select(m => m.Key.Id)), search);
        Assert.AreEqual(page.Matches.Count, page.Total, search);
        var count = await pair.Search.SearchAsync(query with { Count = 0 }, CancellationToken.None);
        Assert.AreEqual(page.Total, count.Total, search);
    }

    [TestMethod]
    public async Task No_example_of_a_value_is_outside()
    {
        await using var pair = await FilledAsync();
        var query = Query("Observation", new SearchExpression.And([]));
        foreach (var (access, expected) in new[] { (AccessRule.Everything, "o1 o2"), (OneHospital, "o1") })
        {
            var examples = await pair.Search.ExamplesAsync(
                query with { Access = access }, Parameter("Observation", "code").Url, true, CancellationToken.None);
            var ids = examples.Select(e => e.Key.Id).Order(StringComparer.Ordinal);
            Assert.AreEqual(expected, string.Join(' ', ids));
        }
    }

    [TestMethod]
    [DataRow("Patient", "_include=Patient:*", "Organization/ours")]
    [DataRow("Patient", "_revinclude=Observation:patient", "Observation/o1")]
    [DataRow("Patient", "_include:iterate=Patient:link&_revinclude:iterate=Observation:patient", "Observation/o1")]
    [DataRow("Observation", "_include=Observation:has-member", "")]
    public async Task Nothing_outside_comes_along(string type, string search, string expected)
    {
        await using var pair = await FilledAsync();
        var scope = new SearchScope { Tenant = Tenant, Type = type, Access = OneHospital };
        var query = _parser.Parse(scope, ConditionalQuery.Pairs(search)).Query;
        var page = await pair.Search.SearchAsync(query, CancellationToken.None);
        Assert.AreEqual(expected, string.Join(' ', page.Included.Select(r => r.Key.ToString())));
    }

    [TestMethod]
    public async Task Another_tenant_sees_nothing()
    {
        await using var pair = await FilledAsync();
        foreach (var type in (string[])["Patient", "Observation", "Organization"])
        {
            var scope = new SearchScope { Tenant = "elsewhere", Type = type };
            var query = _parser.Parse(scope, []).Query with { Total = SearchTotal.Accurate };
            var page = await pair.Search.SearchAsync(query, CancellationToken.None);
            Assert.IsEmpty(page.Matches);
            Assert.AreEqual(0, page.Total);
        }
    }

    /// <summary>Two hospitals whose data refer to each other.</summary>
    async Task<StoragePair> FilledAsync()
    {
        var pair = Create();
        string[] resources =
        [
            """{"resourceType":"Organization","id":"ours","name":"our hospital"}""",
            """{"resourceType":"Organization","id":"theirs","name":"their hospital"}""",
            """
            {"resourceType":"Patient","id":"p1","gender":"female","text":{"status":"additional",
             "div":"<div xmlns=\"http://www.w3.org/1999/xhtml\">shared</div>"},"name":[{"text":"own"}],
             "managingOrganization":{"reference":"Organization/ours"},
             "link":[{"other":{"reference":"Patient/p2"},"type":"seealso"}]}
            """,
            """
            {"resourceType":"Patient","id":"p2","gender":"female","text":{"status":"additional",
             "div":"<div xmlns=\"http://www.w3.org/1999/xhtml\">shared</div>"},"name":[{"text":"other"}],
             "managingOrganization":{"reference":"Organization/theirs"},
             "link":[{"other":{"reference":"Patient/p1"},"type":"seealso"}]}
            """,
            """
            {"resourceType":"Observation","id":"o1","status":"final","code":{"coding":[{"code":"open"}]},
             "subject":{"reference":"Patient/p1"},"hasMember":[{"reference":"Observation/o2"}]}
            """,
            """
            {"resourceType":"Observation","id":"o2","status":"final","code":{"coding":[{"code":"secret"}]},
             "subject":{"reference":"Patient/p2"},"hasMember":[{"reference":"Observation/o1"}]}
            """,
            """{"resourceType":"Encounter","id":"e1","status":"planned","class":{"code":"AMB"}}""",
        ];
        foreach (var resource in resources)
        {
            await pair.PutAsync(resource);
        }

        return pair;
    }
}
