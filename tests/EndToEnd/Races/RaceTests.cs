using System.Net;
using FhirHub.EndToEnd.Hub;

namespace FhirHub.EndToEnd.Races;

/// <summary>32 clients at once get what some order of one after the other would give them.</summary>
[TestClass]
public sealed class RaceTests
{
    const int Clients = 32;

    static FhirClient Fhir => SharedHub.Fhir;

    [TestMethod]
    public async Task Conditional_creates_of_the_same_make_exactly_one()
    {
        for (var round = 0; round < 5; round++)
        {
            var tag = Sample.Tag();
            var answers = await RaceAsync(i =>
                Fhir.PostAsync("Patient", Sample.Patient(tag, $"C{i}"), ("If-None-Exist", Sample.ByTag(tag))));
            Assert.HasCount(1, answers.Where(a => a.Status == HttpStatusCode.Created));
            Assert.HasCount(Clients - 1, answers.Where(a => a.Status == HttpStatusCode.OK));
            Assert.HasCount(1, answers.Select(a => a.Text).ToHashSet());
            Assert.HasCount(1, (await Fhir.GetAsync($"Patient?{Sample.ByTag(tag)}")).Entries);
        }
    }

    [TestMethod]
    public async Task Updates_of_the_same_version_have_exactly_one_winner()
    {
        var made = (await Fhir.PostAsync("Patient", Sample.Patient(Sample.Tag()))).Expect(HttpStatusCode.Created);
        var path = $"Patient/{made.Id}";
        for (var version = 1; version <= 10; version++)
        {
            var tag = $"W/\"{version}\"";
            var answers =
                await RaceAsync(i => Fhir.PutAsync(path, Sample.Patient("x", $"C{i}", made.Id), ("If-Match", tag)));
            var winner = answers.Single(a => a.Status == HttpStatusCode.OK);
            Assert.HasCount(Clients - 1, answers.Where(a => a.Status == HttpStatusCode.PreconditionFailed));
            Assert.AreEqual($"W/\"{version + 1}\"", winner.Header("ETag"));
            Assert.AreEqual(winner.Text, (await Fhir.GetAsync(path)).Text);
        }
    }

    [TestMethod]
    public async Task Conditional_updates_of_the_same_create_one_and_update_it_in_turn()
    {
        var tag = Sample.Tag();
        var answers = await RaceAsync(i => Fhir.PutAsync($"Patient?{Sample.ByTag(tag)}", Sample.Patient(tag, $"C{i}")));
        Assert.HasCount(1, answers.Where(a => a.Status == HttpStatusCode.Created));
        Assert.HasCount(Clients - 1, answers.Where(a => a.Status == HttpStatusCode.OK));
        await EveryAnswerIsAVersionAsync(answers);
        Assert.HasCount(1, (await Fhir.GetAsync($"Patient?{Sample.ByTag(tag)}")).Entries);
    }

    [TestMethod]
    public async Task Patches_of_the_same_resource_lose_nothing()
    {
        var made = (await Fhir.PostAsync("Patient", Sample.Patient(Sample.Tag()))).Expect(HttpStatusCode.Created);
        var answers = await RaceAsync(i => Fhir.PatchAsync(
            $"Patient/{made.Id}",
            $$$"""[{"op":"add","path":"/identifier/-","value":{"value":"c{{{i}}}"}}]""",
            "application/json-patch+json"));
        var statuses = string.Join(", ", answers.Select(a => a.Status));
        Assert.IsTrue(answers.All(a => a.Status == HttpStatusCode.OK), statuses);
        await EveryAnswerIsAVersionAsync([made, .. answers]);
        var final = (await Fhir.GetAsync($"Patient/{made.Id}")).Json["identifier"]?.AsArray();
        Assert.HasCount(Clients + 1, final ?? []);
    }

    [TestMethod]
    public async Task Creates_under_the_same_id_make_it_once()
    {
        var id = Sample.Tag();
        var answers = await RaceAsync(i =>
            Fhir.PutAsync($"Patient/{id}", Sample.Patient("x", $"C{i}", id), ("If-None-Match", "*")));
        Assert.HasCount(1, answers.Where(a => a.Status == HttpStatusCode.Created));
        Assert.HasCount(Clients - 1, answers.Where(a => a.Status == HttpStatusCode.PreconditionFailed));
        Assert.AreEqual("1", (await Fhir.GetAsync($"Patient/{id}")).VersionId);
    }

    [TestMethod]
    public async Task Deletes_and_updates_in_turn_leave_one_history()
    {
        var id = Sample.Tag();
        var answers = await RaceAsync(i => i % 2 == 0
            ? Fhir.PutAsync($"Patient/{id}", Sample.Patient(id, $"C{i}", id))
            : Fhir.DeleteAsync($"Patient/{id}"));
        Assert.IsTrue(answers.All(a => (int)a.Status < 300));
        var history = (await Fhir.GetAsync($"Patient/{id}/_history?_count=100")).Entries;
        var isGone = history[0]["request"]?["method"]?.ToString() == "DELETE";
        Assert.HasCount(isGone ? 0 : 1, (await Fhir.GetAsync($"Patient?{Sample.ByTag(id)}")).Entries);
        for (var i = 0; i < history.Count; i++)
        {
            Assert.AreEqual($"W/\"{history.Count - i}\"", history[i]["response"]?["etag"]?.ToString());
        }

        // A version is a creation exactly where nothing was before it: at the start, and behind each deletion.
        var methods = history.Reverse().Select(e => e["request"]?["method"]?.ToString()).ToList();
        var creations = methods.Where((m, i) => m == "PUT" && (i == 0 || methods[i - 1] == "DELETE"));
        Assert.HasCount(creations.Count(), answers.Where(a => a.Status == HttpStatusCode.Created));
        Assert.IsFalse(methods.Zip(methods.Skip(1)).Any(two => two is ("DELETE", "DELETE")));
    }

    [TestMethod]
    public async Task Transactions_over_the_same_two_resources_never_mix()
    {
        var (a, b) = (Sample.Tag(), Sample.Tag());
        var answers = await RaceAsync(i => Fhir.PostAsync("", $$"""
            {"resourceType":"Bundle","type":"transaction","entry":[{{Put(a, i)}},{{Put(b, i)}}]}
            """));
        Assert.IsTrue(answers.All(answer => answer.Status == HttpStatusCode.OK));
        var histories = new[] { await FamiliesAsync(a), await FamiliesAsync(b) };
        Assert.HasCount(Clients, histories[0]);
        CollectionAssert.AreEqual(histories[0], histories[1]);

        static string Put(string id, int client) => $$$"""
            {"resource":{{{Sample.Patient(id, $"C{client}", id)}}},"request":{"method":"PUT","url":"Patient/{{{id}}}"}}
            """;
    }

    static async Task<List<string?>> FamiliesAsync(string id) =>
        [.. (await Fhir.GetAsync($"Patient/{id}/_history?_count=100")).Expect(HttpStatusCode.OK).Entries
            .Select(e => e["resource"]?["name"]?[0]?["family"]?.ToString())];

    /// <summary>The answers are the versions 1 to n of one resource, whose history holds each as answered.</summary>
    static async Task EveryAnswerIsAVersionAsync(Answer[] answers)
    {
        var id = answers[0].Id;
        CollectionAssert.AreEquivalent(
            Enumerable.Range(1, answers.Length).Select(v => $"W/\"{v}\"").ToList(),
            answers.Select(a => a.Header("ETag")).ToList());
        foreach (var answer in answers)
        {
            Assert.AreEqual(answer.Text, (await Fhir.GetAsync($"Patient/{id}/_history/{answer.VersionId}")).Text);
        }

        Assert.HasCount(answers.Length, (await Fhir.GetAsync($"Patient/{id}/_history?_count=100")).Entries);
    }

    /// <summary>All clients wait for the same signal, so that their requests arrive together.</summary>
    static async Task<Answer[]> RaceAsync(Func<int, Task<Answer>> request)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var racing = Enumerable.Range(0, Clients).Select(async i =>
        {
            await start.Task;
            return await request(i);
        }).ToList();
        start.SetResult();
        return await Task.WhenAll(racing);
    }
}
