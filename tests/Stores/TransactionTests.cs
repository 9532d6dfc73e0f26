using System.Text;
using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Terminology;
using FhirHub.Core.Writes;
using FhirHub.Fhir.Documents;
using FhirHub.Terminology;
using FhirHub.Terminology.Content;

namespace FhirHub.Stores;

/// <summary>Transaction bundles on a real store: https://hl7.org/fhir/R4/http.html#transaction</summary>
[TestClass]
public sealed class TransactionTests
{
    const string Base = "http://hub.example/fhir";
    const string Urn = "urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0a";
    static readonly Caller Caller = new(Sample.Tenant, "test");

    [TestMethod]
    public async Task Links_are_those_of_the_resources_made_and_results_are_in_the_order_of_the_bundle()
    {
        await using var pair = SqlitePair.Create();
        await pair.PutAsync(Sample.Patient("old"));
        var results = await RunAsync(
            pair,
            Entry("POST", "Observation", Observation(Urn)),
            Entry("POST", "Patient", Patient(), Urn),
            Entry("PUT", "Patient/p1", Patient("p1")),
            Entry("DELETE", "Patient/old"));
        CollectionAssert.AreEqual(
            new[] { WriteOutcome.Created, WriteOutcome.Created, WriteOutcome.Created, WriteOutcome.Deleted },
            results.Select(r => r!.Outcome).ToArray());
        var patient = results[1]!.Resource!.Key;
        StringAssert.Contains(Text(results[0]), $"\"reference\":\"{patient}\"");
        Assert.HasCount(1, results.Select(r => r!.Resource!.Position).Distinct());
        CollectionAssert.AreEqual(
            new[] { "Patient/old", results[0]!.Resource!.Key.ToString(), patient.ToString(), "Patient/p1" },
            (await pair.ChangesAsync(1)).Select(c => c.Resource.Key.ToString()).ToArray());
    }

    [TestMethod]
    [DataRow("""{"resource":{"resourceType":"Patient","id":"p1"},"request":{"method":"PUT","url":"Patient/p1","ifMatch":"W/\"7\""}}""", ProblemKind.PreconditionFailed)]
    [DataRow("""{"resource":{"resourceType":"Patient","id":"p1"},"request":{"method":"PUT","url":"Patient/p1","ifNoneMatch":"*"}}""", ProblemKind.PreconditionFailed)]
    [DataRow("""{"resource":{"resourceType":"Patient","id":"p2"},"request":{"method":"PUT","url":"Patient/p1"}}""", ProblemKind.Invalid)]
    [DataRow("""{"resource":{"resourceType":"Patient"},"request":{"method":"PUT","url":"Patient?identifier=nobody&x=y"}}""", ProblemKind.Invalid)]
    [DataRow("""{"resource":{"resourceType":"Patient"},"request":{"method":"POST","url":"Observation"}}""", ProblemKind.Invalid)]
    [DataRow("""{"resource":{"resourceType":"Patient"},"request":{"method":"POST","url":"Patient","ifNoneExist":"gender=female"}}""", ProblemKind.PreconditionFailed)]
    [DataRow("""{"resource":{"resourceType":"Observation","status":"final","code":{},"subject":{"reference":"Patient?identifier=nobody"}},"request":{"method":"POST","url":"Observation"}}""", ProblemKind.PreconditionFailed)]
    [DataRow("""{"resource":{"resourceType":"Observation","status":"final","code":{},"subject":{"reference":"Patient?gender=female"}},"request":{"method":"POST","url":"Observation"}}""", ProblemKind.PreconditionFailed)]
    [DataRow("""{"resource":{"resourceType":"Parameters"},"request":{"method":"PATCH","url":"Patient/nobody"}}""", ProblemKind.NotFound)]
    [DataRow("""{"request":{"method":"DELETE","url":"Patient/p1","ifMatch":"W/\"7\""}}""", ProblemKind.PreconditionFailed)]
    [DataRow("""{"request":{"method":"DELETE","url":"Patient?gender=female"}}""", ProblemKind.PreconditionFailed)]
    [DataRow("""{"request":{"method":"DELETE","url":"Patient"}}""", ProblemKind.Invalid)]
    [DataRow("""{"request":{"method":"POST","url":"Patient"}}""", ProblemKind.Invalid)]
    [DataRow("""{"request":{"method":"GET","url":"Nonsense/1"}}""", ProblemKind.Invalid)]
    [DataRow("""{"resource":{"resourceType":"Parameters"},"request":{"method":"POST","url":"Patient/$match"}}""", ProblemKind.NotSupported)]
    [DataRow("""{"resource":{"resourceType":"Patient"}}""", ProblemKind.Invalid)]
    public async Task One_bad_entry_is_named_and_nothing_is_written(string bad, ProblemKind kind)
    {
        await using var pair = SqlitePair.Create();
        await pair.PutAsync(Sample.Patient("p1"));
        await pair.PutAsync(Sample.Patient("p3"));
        var refused = await Assert.ThrowsExactlyAsync<FhirException>(
            () => RunAsync(pair, Entry("POST", "Patient", Patient(), Urn), bad));
        Assert.AreEqual(kind, refused.Problem.Kind, refused.Message);
        StringAssert.StartsWith(refused.Problem.Expression, "Bundle.entry[1]");
        Assert.HasCount(2, await pair.ChangesAsync());
    }

    [TestMethod]
    public async Task A_conditional_create_that_finds_a_resource_is_what_links_to_it_mean()
    {
        await using var pair = SqlitePair.Create();
        await pair.PutAsync(Sample.Patient("p1"));
        var results = await RunAsync(
            pair,
            Entry("POST", "Patient", Patient(), Urn, """, "ifNoneExist":"identifier=mrn-p1" """),
            Entry("POST", "Observation", Observation(Urn)),
            Entry("POST", "Observation", Observation("Patient?identifier=mrn-p1")));
        Assert.AreEqual(WriteOutcome.Existing, results[0]!.Outcome);
        StringAssert.Contains(Text(results[1]), "\"reference\":\"Patient/p1\"");
        StringAssert.Contains(Text(results[2]), "\"reference\":\"Patient/p1\"");
        Assert.HasCount(3, await pair.ChangesAsync());
    }

    [TestMethod]
    public async Task Conditional_updates_patches_and_deletes_act_on_what_their_search_finds()
    {
        await using var pair = SqlitePair.Create();
        foreach (var id in new[] { "p1", "p2", "p3" })
        {
            await pair.PutAsync(Sample.Patient(id));
        }

        var patch = Convert.ToBase64String("""[{"op":"replace","path":"/gender","value":"male"}]"""u8);
        var results = await RunAsync(
            pair,
            Entry("PUT", "Patient?identifier=mrn-p1", Patient()),
            Entry("PATCH", "Patient?identifier=mrn-p2", $$"""{"resourceType":"Binary","contentType":"application/json-patch+json","data":"{{patch}}"}"""),
            Entry("DELETE", "Patient?identifier=mrn-p3"),
            Entry("PUT", "Patient?identifier=nobody", Patient(), Urn),
            Entry("POST", "Observation", Observation(Urn)));
        Assert.AreEqual("Patient/p1", results[0]!.Resource!.Key.ToString());
        StringAssert.Contains(Text(results[1]), "\"gender\":\"male\"");
        Assert.AreEqual(WriteOutcome.Deleted, results[2]!.Outcome);
        Assert.AreEqual(WriteOutcome.Created, results[3]!.Outcome);
        StringAssert.Contains(Text(results[4]), results[3]!.Resource!.Key.ToString());
    }

    [TestMethod]
    [DataRow("PUT", "Patient/p1", "PUT", "Patient?identifier=mrn-p1")]
    [DataRow("PUT", "Patient/p1", "DELETE", "Patient/p1")]
    [DataRow("DELETE", "Patient?identifier=mrn-p1", "PUT", "Patient/p1")]
    [DataRow("PUT", "Patient?identifier=new", "PUT", "Patient?identifier=new")]
    public async Task Two_entries_about_one_resource_are_an_error(
        string method, string url, string otherMethod, string otherUrl)
    {
        await using var pair = SqlitePair.Create();
        await pair.PutAsync(Sample.Patient("p1"));
        var refused = await Assert.ThrowsExactlyAsync<FhirException>(() => RunAsync(
            pair, About(method, url), About(otherMethod, otherUrl)));
        Assert.AreEqual("duplicate", refused.Problem.IssueCode, refused.Message);
        Assert.HasCount(1, await pair.ChangesAsync());

        static string About(string method, string url) => method == "DELETE"
            ? Entry(method, url)
            : Entry(method, url, Patient(url.Contains('?', StringComparison.Ordinal) ? null : "p1"));
    }

    [TestMethod]
    public async Task Racing_conditional_creates_make_one_resource_that_all_links_mean()
    {
        await using var pair = SqlitePair.Create();
        var racing = Enumerable.Range(0, 8).Select(_ => Task.Run(() => RunAsync(
            pair,
            Entry("POST", "Patient", Sample.Patient("x"), Urn, """, "ifNoneExist":"identifier=mrn-x" """),
            Entry("POST", "Observation", Observation(Urn)))));
        var results = await Task.WhenAll(racing);
        var patient = results.Select(r => r[0]!.Resource!.Key).Distinct().Single();
        Assert.AreEqual(1, results.Count(r => r[0]!.Outcome == WriteOutcome.Created));
        foreach (var result in results)
        {
            StringAssert.Contains(Text(result[1]), $"\"reference\":\"{patient}\"");
        }
    }

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public async Task Ten_thousand_entries_are_one_commit()
    {
        await using var pair = SqlitePair.Create();
        var results = await RunAsync(pair, Many(10_000, "m"));
        Assert.HasCount(10_000, results);
        Assert.HasCount(1, results.Select(r => r!.Resource!.Position).Distinct());
        for (var i = 1; i < results.Count; i += 2)
        {
            StringAssert.Contains(Text(results[i]), results[i - 1]!.Resource!.Key.ToString());
        }
    }

    static string[] Many(int count, string name) => [.. Enumerable.Range(0, count).Select(i => i % 2 == 0
        ? Entry("POST", "Patient", Sample.Patient($"{name}{i}"), $"urn:x:{name}:{i}")
        : Entry("POST", "Observation", Observation($"urn:x:{name}:{i - 1}"), $"urn:x:{name}:{i}"))];

    static async Task<IReadOnlyList<WriteResult?>> RunAsync(SqlitePair pair, params string[] entries)
    {
        var catalogs = new SearchCatalogs(ParameterCatalog.R4);
        var writer = new Writer(pair.Resources, pair.Search, catalogs, pair.Clock);
        var parser = new SearchParser(ParameterCatalog.R4, SearchZone.China, TimeProvider.System);
        var changes = new TerminologyChanges();
        var hub = new HubTerminology(
            new StoredContent(pair.Resources, pair.Search), new ShippedContent(), pair.Clock,
            new TerminologyOptions(), changes, new UnmappedCodes(pair.Clock));
        var conditions = new Conditions(parser, new SearchTerminology(hub, pair.Resources));
        var json = $$"""{"resourceType":"Bundle","type":"transaction","entry":[{{string.Join(',', entries)}}]}""";
        var bundle = FhirDocument.ParseJson(Encoding.UTF8.GetBytes(json), ParseOptions.Lenient).OrThrow();
        var read = bundle.Root["entry"].Index().Select(e => BundleEntry.Read(e.Item, e.Index, Base)).ToList();
        return await new Transaction(writer, conditions, pair.Clock)
            .RunAsync(read, Base, false, Caller, CancellationToken.None);
    }

    static string Entry(string method, string url, string? resource = null, string? fullUrl = null, string more = "") =>
        "{" + (fullUrl is null ? "" : $"\"fullUrl\":\"{fullUrl}\",") + (resource is null ? "" : $"\"resource\":{resource},")
        + $"\"request\":{{\"method\":\"{method}\",\"url\":\"{url}\"{more}}}}}";

    static string Patient(string? id = null) =>
        $$"""{"resourceType":"Patient"{{(id is null ? "" : $",\"id\":\"{id}\"")}},"active":true}""";

    static string Observation(string subject) =>
        $$$"""{"resourceType":"Observation","status":"final","code":{"text":"x"},"subject":{"reference":"{{{subject}}}"}}""";

    static string Text(WriteResult? result) => Encoding.UTF8.GetString(result!.Resource!.Json.Span);
}
