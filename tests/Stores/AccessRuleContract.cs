using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;
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
            ["MedicationRequest"] = new SearchExpression.Chain(
                Parameter("MedicationRequest", "subject"),
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

    /// <summary>What is contained is seen by who sees its container, whatever its own type and content are.</summary>
    [TestMethod]
    [DataRow("Medication", "_contained=true", "r1")]
    [DataRow("Medication", "_contained=both", "r1")]
    [DataRow("Medication", "_contained=true&code=open", "r1")]
    [DataRow("Medication", "_contained=true&code=secret", "")]
    [DataRow("Medication", "_contained=true&code:not=open", "")]
    [DataRow("Medication", "_contained=true&code:missing=false", "r1")]
    [DataRow("Medication", "_contained=true&_id=m", "r1")]
    [DataRow("Medication", "_contained=true&_sort=code", "r1")]
    [DataRow("Medication", "_contained=true&_sort=-code&_containedType=contained", "m")]
    [DataRow("Medication", "_contained=true&manufacturer.name=our", "r1")]
    [DataRow("Medication", "_contained=true&manufacturer.name=their", "")]
    [DataRow("Medication", "_contained=true&_has:MedicationRequest:medication:status=draft", "r1")]
    [DataRow("Medication", "_contained=true&_has:MedicationRequest:medication:status=active", "")]
    [DataRow("Medication", "_filter=code eq secret&_contained=both", "")]
    [DataRow("MedicationRequest", "medication.code=secret", "")]
    [DataRow("MedicationRequest", "medication.code=open", "r1")]
    [DataRow("MedicationRequest", "_contained=both", "r1")]
    [DataRow("Patient", "_contained=both", "p1")]
    [DataRow("Patient", "_contained=true", "")]
    public Task What_is_contained_is_seen_with_its_container(string type, string search, string expected) =>
        A_search_finds_nothing_outside(type, search, expected);

    /// <summary>What has no rule, and what has one by compartment, contains what can be seen likewise.</summary>
    [TestMethod]
    public async Task Containers_of_every_type_decide_by_their_own_rule()
    {
        await using var pair = await FilledAsync();
        var none = new SearchExpression.Or([]);
        AccessRule Rule(string type, SearchExpression? filter, SearchExpression? otherwise) =>
            new(new Dictionary<string, SearchExpression>(StringComparer.Ordinal) { [type] = filter ?? none }, otherwise);
        foreach (var (rule, medications, patients) in new[]
        {
            (AccessRule.Everything, "r2 r1", "e1"),
            (Rule("Encounter", null, null), "r2 r1", ""),
            (Rule("MedicationRequest", null, null), "", "e1"),
            (Rule("Encounter", new SearchExpression.Ids(["e1"]), none), "", "e1"),
            (Rule("Encounter", null, new SearchExpression.Ids(["r2", "e1"])), "r2", ""),
            (Rule("Medication", null, null), "r2 r1", "e1"),
            (Rule("Patient", null, new SearchExpression.InCompartment("Patient", "p2")), "r2", ""),
        })
        {
            Assert.AreEqual(medications, await IdsAsync(pair, "Medication", rule));
            Assert.AreEqual(patients, await IdsAsync(pair, "Patient", rule));
        }
    }

    /// <summary>However many links there are, by whatever way, forwards and back, and whatever is asked besides.</summary>
    [TestMethod]
    public async Task Ten_links_are_followed_and_each_is_looked_at()
    {
        await using var pair = await FilledAsync();
        // A URL makes references by it one more way that has to be followed.
        await pair.PutAsync("""
            {"resourceType":"Patient","id":"p3","link":[{"other":{"reference":"http://elsewhere.example/Patient/p9"},
             "type":"seealso"}]}
            """);
        AccessRule[] rules =
        [
            AccessRule.Everything,
            OneHospital,
            new(new Dictionary<string, SearchExpression>(), new SearchExpression.Ids(["p1", "p2", "p3"])),
        ];
        for (var links = 1; links <= 10; links++)
        {
            var end = links % 2 == 0 ? "p1" : "p2";
            var forward = string.Concat(Enumerable.Repeat("link:Patient.", links));
            var back = string.Concat(Enumerable.Repeat("_has:Patient:link:", links));
            foreach (var (i, rule) in rules.Index())
            {
                var expected = i == 1 ? "" : "p1";
                foreach (var query in (string[])
                [
                    $"{forward}_id={end}", $"{back}_id={end}", $"{forward}_id={end}&gender=female",
                    $"gender=female&{forward}gender:not=male&_id=p1", $"{back}gender:not=male&_id=p1",
                    $"{forward}_id={end}&_sort=gender", $"{forward}_id={end}&_contained=both",
                    $"{back}_id={end}&_contained=both&_sort=-gender",
                ])
                {
                    Assert.AreEqual(expected, await IdsAsync(pair, "Patient", rule, query), $"{i}: {query}");
                }
            }
        }
    }

    async Task<string> IdsAsync(
        StoragePair pair, string type, AccessRule rule, string search = "_contained=true")
    {
        var scope = new SearchScope { Tenant = Tenant, Type = type, Access = rule, BaseUrl = "http://hub.example/fhir" };
        var query = _parser.Parse(scope, ConditionalQuery.Pairs($"{search}&_total=accurate")).Query;
        var page = await pair.Search.SearchAsync(query, CancellationToken.None);
        Assert.AreEqual(page.Matches.Count, page.Total);
        return string.Join(' ', page.Matches.Select(m => m.Key.Id));
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
    [DataRow("Medication", "_contained=true&_include:iterate=MedicationRequest:subject", "Patient/p1")]
    [DataRow("Medication", "_contained=true&_include:iterate=MedicationRequest:subject&_include:iterate=Patient:link",
        "Patient/p1")]
    public async Task Nothing_outside_comes_along(string type, string search, string expected)
    {
        await using var pair = await FilledAsync();
        var scope = new SearchScope { Tenant = Tenant, Type = type, Access = OneHospital };
        var query = _parser.Parse(scope, ConditionalQuery.Pairs(search)).Query;
        var page = await pair.Search.SearchAsync(query, CancellationToken.None);
        Assert.AreEqual(expected, string.Join(' ', page.Included.Select(r => r.Key.ToString())));
    }

    [TestMethod]
    public async Task What_is_outside_is_not_read_and_has_no_history()
    {
        await using var pair = await FilledAsync();
        ResourceKey[] keys =
            [Key("Patient", "p1"), Key("Patient", "p2"), Key("Observation", "o2"), Key("Encounter", "e1")];
        foreach (var (i, key) in keys.Index())
        {
            var isSeen = i == 0;
            foreach (var version in (long?[])[null, 1])
            {
                var found = await pair.Resources.ReadAsync(key, version, OneHospital, CancellationToken.None);
                Assert.AreEqual(isSeen, found is not null, $"{key} {version}");
            }

            var history = await pair.HistoryAsync(Walk with { Type = key.Type, Id = key.Id });
            Assert.AreEqual(isSeen ? 1 : 0, history.Count, $"{key}");
        }

        var many = await pair.Resources.ReadManyAsync(keys, OneHospital, CancellationToken.None).ToListAsync();
        Assert.AreEqual("Patient/p1", string.Join(' ', many.Select(found => found.Key)));
        var all = await pair.HistoryAsync(Walk);
        Assert.AreEqual(
            "MedicationRequest/r1 Observation/o1 Patient/p1 Organization/ours",
            string.Join(' ', all.Select(version => version.Key)));
        await pair.DeleteAsync("Patient", "p1");
        foreach (var version in (long?[])[null, 1, 2])
        {
            Assert.IsNull(await pair.Resources.ReadAsync(keys[0], version, OneHospital, CancellationToken.None));
        }
    }

    /// <summary>What a caller calls the server leads searches to resources, and no rule.</summary>
    [TestMethod]
    public async Task A_rule_follows_no_address_that_its_caller_chooses()
    {
        await using var pair = await FilledAsync();
        await pair.PutAsync("""
            {"resourceType":"Observation","id":"o9","status":"final","code":{"text":"x"},
             "subject":{"reference":"http://hub.example/fhir/Patient/p1"}}
            """);
        const string Chain = "subject:Patient.organization=Organization/ours";
        Assert.AreEqual("o9 o1", await IdsAsync(pair, "Observation", AccessRule.Everything, Chain));
        Assert.AreEqual("o1", await IdsAsync(pair, "Observation", OneHospital, Chain));
        Assert.AreEqual("", await IdsAsync(pair, "Observation", OneHospital, "_id=o9"));
    }

    /// <summary>Whether a number is small and soon counted would tell of what is not seen.</summary>
    [TestMethod]
    public async Task A_number_that_nobody_asked_for_is_told_only_of_a_page_with_all()
    {
        await using var pair = await FilledAsync();
        await pair.PutAsync(
            """{"resourceType":"Patient","id":"p3","managingOrganization":{"reference":"Organization/ours"}}""");
        foreach (var (access, count, expected) in (IEnumerable<(AccessRule, int, long?)>)
            [(OneHospital, 1, null), (OneHospital, 2, 2), (AccessRule.Everything, 1, 3)])
        {
            var query = Query("Patient", new SearchExpression.And([])) with
            {
                Access = access,
                Count = count,
                Total = SearchTotal.IfFew,
            };
            Assert.AreEqual(expected, (await pair.Search.SearchAsync(query, CancellationToken.None)).Total);
        }
    }

    [TestMethod]
    public async Task What_would_be_outside_is_not_written_and_takes_nothing_else_along()
    {
        await using var pair = await FilledAsync();
        var before = await pair.CheckAsync(); // the samples have compartments that it does not expect
        Task CommitAsync(params string[] resources) => pair.Resources.CommitAsync(
            new Commit([.. resources.Select(json => Put(json))], []) { Access = OneHospital },
            CancellationToken.None).AsTask();
        const string Ours = """
            {"resourceType":"Patient","id":"p3","managingOrganization":{"reference":"Organization/ours"}}
            """;
        var another = Ours.Replace("p3", "p5", StringComparison.Ordinal);
        var theirs = Ours.Replace("p3\"", "p4\"", StringComparison.Ordinal)
            .Replace("ours", "theirs", StringComparison.Ordinal);
        var both = Task.WhenAll(CommitAsync(Ours), CommitAsync(another, theirs));
        var refused = await Assert.ThrowsExactlyAsync<FhirException>(() => both);
        Assert.AreEqual(ProblemKind.Forbidden, refused.Problem.Kind);
        Assert.IsNotNull(await pair.ReadAsync("Patient", "p3"));
        Assert.IsNull(await pair.ReadAsync("Patient", "p4"));
        Assert.IsNull(await pair.ReadAsync("Patient", "p5"));
        Assert.AreEqual(string.Join('\n', before), string.Join('\n', await pair.CheckAsync()));
    }

    static HistoryQuery Walk => new() { Tenant = Tenant, Count = 100, Access = OneHospital };

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
            Request("r1", "p1", "open", "ours"),
            Request("r2", "p2", "secret", "theirs"),
            """
            {"resourceType":"Encounter","id":"e1","status":"planned","class":{"code":"AMB"},
             "subject":{"reference":"#p"},"contained":[{"resourceType":"Patient","id":"p","gender":"female",
             "managingOrganization":{"reference":"Organization/ours"}}]}
            """,
        ];
        foreach (var resource in resources)
        {
            var entry = Put(resource);
            await pair.CommitAsync(entry with { Compartments = Compartments.Of(entry.Key, entry.SearchValues) });
        }

        return pair;
    }

    static string Request(string id, string patient, string code, string maker) => $$$"""
        {"resourceType":"MedicationRequest","id":"{{{id}}}","status":"{{{(code == "open" ? "draft" : "active")}}}",
         "intent":"plan","subject":{"reference":"Patient/{{{patient}}}"},"medicationReference":{"reference":"#m"},
         "contained":[{"resourceType":"Medication","id":"m","code":{"coding":[{"code":"{{{code}}}"}]},
         "manufacturer":{"reference":"Organization/{{{maker}}}"}}]}
        """;
}
