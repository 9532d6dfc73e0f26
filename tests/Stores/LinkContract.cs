using FhirHub.Core.Storage;
using static FhirHub.Stores.Sample;

namespace FhirHub.Stores;

/// <summary>What a store promises about references that must lead somewhere.</summary>
public abstract class LinkContract
{
    const string BaseUrl = "http://here.example/fhir";

    protected abstract StoragePair Create();

    [TestMethod]
    public async Task A_target_that_never_was_or_was_deleted_is_missing_and_the_commit_is_not_made()
    {
        await using var pair = Create();
        await pair.PutAsync(Patient("p1"));
        await pair.PutAsync(Patient("p2"));
        await pair.DeleteAsync("Patient", "p2");
        var refused = await CommitAsync(pair, [Put(Observation("o1"))], ["p1", "p2", "p3"]);
        Assert.AreEqual(new CommitConflict(-1, -1, 0), refused.Conflict);
        CollectionAssert.AreEqual(
            new[] { Key("Patient", "p2"), Key("Patient", "p3") }, refused.Broken!.Missing.ToList()); // it was refused
        Assert.IsNull(await pair.ReadAsync("Observation", "o1"));
        Assert.IsNull((await CommitAsync(pair, [Put(Observation("o1"))], ["p1"])).Conflict);
        Assert.IsNotNull(await pair.ReadAsync("Observation", "o1"));
    }

    [TestMethod]
    public async Task A_target_of_another_tenant_is_missing()
    {
        await using var pair = Create();
        await pair.PutAsync(Patient("p1"), "other");
        Assert.IsNotNull((await CommitAsync(pair, [Put(Observation("o1"))], ["p1"])).Conflict);
    }

    [TestMethod]
    public async Task A_deletion_of_what_others_refer_to_names_a_few_and_their_number()
    {
        await using var pair = Create();
        await pair.CommitAsync([Put(Patient("p1")), Put(Patient("p2")), .. Observations("o", 8)]);
        var refused = await CommitAsync(pair, [Delete("Patient", "p1")], []);
        Assert.AreEqual(new CommitConflict(-1, -1, 0), refused.Conflict);
        var referred = refused.Broken!.Referred.Single(); // it was refused
        Assert.AreEqual(0, referred.Entry);
        Assert.AreEqual(8, referred.Count);
        Assert.HasCount(ReferredDeletion.ExamplesMax, referred.Examples.Distinct());
        Assert.IsTrue(referred.Examples.All(key => key.Type == "Observation" && key.Tenant == Tenant));
        Assert.IsFalse((await pair.ReadAsync("Patient", "p1"))!.IsDeleted); // it is there from the start
        Assert.IsNull((await CommitAsync(pair, [Delete("Patient", "p2")], [])).Conflict);
    }

    [TestMethod]
    public async Task The_count_of_referrers_ends()
    {
        await using var pair = Create();
        await pair.CommitAsync([Put(Patient("p1")), .. Observations("o", ReferredDeletion.CountMax + 10)]);
        var refused = await CommitAsync(pair, [Delete("Patient", "p1")], []);
        Assert.AreEqual(ReferredDeletion.CountMax, refused.Broken!.Referred[0].Count); // it was refused
    }

    [TestMethod]
    public async Task A_deletion_together_with_its_referrers_is_made()
    {
        await using var pair = Create();
        await pair.CommitAsync(Put(Patient("p1")), Put(Patient("p2")), Put(Observation("o1")), Put(Observation("o2")));
        var result = await CommitAsync(
            pair, [Delete("Patient", "p1"), Delete("Observation", "o1"), Put(Observation("o2", "p2"))], ["p2"]);
        Assert.IsNull(result.Conflict);
        Assert.IsNull(result.Broken);
        Assert.IsTrue((await pair.ReadAsync("Patient", "p1"))!.IsDeleted); // it was there
    }

    [TestMethod]
    public async Task Referrers_that_were_deleted_or_changed_are_none()
    {
        await using var pair = Create();
        await pair.CommitAsync(Put(Patient("p1")), Put(Patient("p2")), Put(Observation("o1")), Put(Observation("o2")));
        await pair.DeleteAsync("Observation", "o1");
        await pair.PutAsync(Observation("o2", "p2"));
        Assert.IsNull((await CommitAsync(pair, [Delete("Patient", "p1")], [])).Conflict);
    }

    [TestMethod]
    [DataRow("""{"resourceType":"Patient","id":"r","contact":[{"organization":{"reference":"Organization/x"}}]}""")]
    [DataRow("""{"resourceType":"Patient","id":"r","managingOrganization":{"reference":"Organization/x/_history/1"}}""")]
    [DataRow("""{"resourceType":"Patient","id":"r","managingOrganization":{"reference":"http://here.example/fhir/Organization/x"}}""")]
    [DataRow("""{"resourceType":"Patient","id":"r","contact":[{"organization":{"reference":"http://here.example/fhir/Organization/x/_history/2"}}]}""")]
    public async Task Every_form_of_reference_counts_searched_by_a_parameter_or_not(string referrer)
    {
        await using var pair = Create();
        await pair.CommitAsync(Put("""{"resourceType":"Organization","id":"x","name":"X"}"""), Put(referrer));
        var refused = await CommitAsync(pair, [Delete("Organization", "x")], []);
        Assert.AreEqual(Key("Patient", "r"), refused.Broken!.Referred.Single().Examples.Single()); // it was refused
        Assert.IsEmpty(await pair.CheckAsync());
    }

    [TestMethod]
    public async Task What_only_looks_like_a_reference_to_it_does_not_count()
    {
        await using var pair = Create();
        await pair.CommitAsync(
            Put("""{"resourceType":"Organization","id":"x","name":"X","partOf":{"reference":"Organization/x"}}"""),
            Put("""{"resourceType":"Patient","id":"r1","managingOrganization":{"reference":"http://a.example/Organization/x"}}"""),
            Put("""{"resourceType":"Patient","id":"r2","generalPractitioner":[{"reference":"Practitioner/x"}]}"""),
            Put("""{"resourceType":"Patient","id":"r3","managingOrganization":{"reference":"Organization/y"}}"""),
            Put("""{"resourceType":"Questionnaire","id":"q","status":"draft","url":"http://here.example/fhir/Organization/x"}"""));
        Assert.IsNull((await CommitAsync(pair, [Delete("Organization", "x")], [])).Conflict);
    }

    [TestMethod]
    public async Task A_commit_that_is_not_strict_is_made_and_tells()
    {
        await using var pair = Create();
        await pair.CommitAsync(Put(Patient("p1")), Put(Observation("o1")));
        var result = await CommitAsync(
            pair, [Delete("Patient", "p1"), Put(Observation("o2", "p9"))], ["p9"], isStrict: false);
        Assert.IsNull(result.Conflict);
        Assert.AreEqual(Key("Patient", "p9"), result.Broken!.Missing.Single()); // it tells
        Assert.AreEqual(1, result.Broken.Referred.Single().Count);
        Assert.IsTrue((await pair.ReadAsync("Patient", "p1"))!.IsDeleted); // it was there
    }

    [TestMethod]
    public async Task Deleting_what_is_not_there_asks_for_nothing()
    {
        await using var pair = Create();
        await pair.PutAsync(Observation("o1", "p1"));
        Assert.IsNull((await CommitAsync(pair, [Delete("Patient", "p1")], [])).Conflict);
    }

    [TestMethod]
    public async Task References_and_deletions_at_the_same_time_leave_none_that_leads_nowhere()
    {
        await using var pair = Create();
        for (var round = 0; round < 30; round++)
        {
            var patient = $"p{round}";
            await pair.PutAsync(Patient(patient));
            var made = Enumerable.Range(0, 8).Select(i => Task.Run(() =>
                CommitAsync(pair, [Put(Observation($"o{round}-{i}", patient))], [patient]))).ToList();
            var deleted = Task.Run(() => CommitAsync(pair, [Delete("Patient", patient)], []));
            var isDeleted = (await deleted).Conflict is null;
            var results = await Task.WhenAll(made);
            Assert.AreEqual(isDeleted ? 0 : 8, results.Count(r => r.Conflict is null), $"round {round}");
        }
    }

    static IEnumerable<CommitEntry> Observations(string name, int count) =>
        Enumerable.Range(0, count).Select(i => Put(Observation($"{name}{i}")));

    static async Task<CommitResult> CommitAsync(
        StoragePair pair, CommitEntry[] entries, string[] patients, bool isStrict = true)
    {
        var links = new CommitLinks([.. patients.Select(id => Key("Patient", id))], BaseUrl, isStrict);
        return await pair.Resources.CommitAsync(new Commit(entries, []) { Links = links }, CancellationToken.None);
    }
}
