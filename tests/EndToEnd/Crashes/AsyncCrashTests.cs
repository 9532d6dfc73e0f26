using System.Net;
using FhirHub.EndToEnd.Hub;
using FhirHub.EndToEnd.Jobs;

namespace FhirHub.EndToEnd.Crashes;

/// <summary>Asynchronous requests survive kill -9, and do nothing twice.</summary>
[TestClass]
public sealed class AsyncCrashTests
{
    const int LongCount = 8_000;
    const string Resumed = "1 of them begun";

    [TestMethod]
    public async Task A_batch_that_is_killed_half_way_is_finished_after_the_start_with_each_create_done_once()
    {
        using var folder = new DataFolder();
        var tag = Sample.Tag();
        AsyncRequest batch;
        AsyncRequest search;
        await using (var hub = await StartAsync(folder))
        {
            batch = await AsyncRequest.PostAsync(hub.Fhir, "", AsyncRequest.LongBatch(tag, LongCount));
            search = await AsyncRequest.GetAsync(hub.Fhir, $"Patient?{Sample.ByTag(tag)}&_summary=count");
            await batch.WhileRunningAsync(hub.Fhir, async _ => await CountAsync(hub.Fhir, tag) > 100);
            await hub.KillAsync();
        }

        await using var again = await StartAsync(folder);
        var response = await batch.ResultAsync(again.Fhir);

        _ = await again.SaysAsync(Resumed);
        Assert.AreEqual(LongCount, await CountAsync(again.Fhir, tag));
        var entries = response["entry"]!.AsArray();
        Assert.HasCount(LongCount, entries);
        Assert.IsTrue(entries.All(e => $"{e?["response"]?["status"]}" == "201 Created"));
        Assert.AreEqual(LongCount, entries.Select(e => $"{e?["response"]?["location"]}").Distinct().Count());
        for (var i = 0; i < LongCount; i += LongCount / 10)
        {
            // Each entry is answered with its own resource, whichever run created it.
            Assert.AreEqual($"F{i}", $"{entries[i]?["resource"]?["name"]?[0]?["family"]}");
            (await again.Fhir.GetAsync($"{entries[i]?["response"]?["location"]}".Split("/fhir/")[1]))
                .Expect(HttpStatusCode.OK);
        }

        // It waited behind the batch, and was never begun before.
        Assert.AreEqual($"{LongCount}", $"{(await search.ResultAsync(again.Fhir))["total"]}");
    }

    [TestMethod]
    public async Task A_delete_that_found_nothing_does_not_find_after_a_kill_what_the_batch_created()
    {
        using var folder = new DataFolder();
        var (tag, other) = (Sample.Tag(), Sample.Tag());
        var creates = Enumerable.Range(0, LongCount).Select(_ => AsyncRequest.Create(Sample.Patient(other)));
        AsyncRequest batch;
        await using (var hub = await StartAsync(folder))
        {
            batch = await AsyncRequest.PostAsync(hub.Fhir, "", AsyncRequest.Bundle("batch", (IEnumerable<string>)
            [
                AsyncRequest.Create(Sample.Patient(tag)),
                AsyncRequest.Entry("DELETE", $"Patient?{Sample.ByTag(tag)}"),
                .. creates,
            ]));
            await batch.WhileRunningAsync(hub.Fhir, async _ => await CountAsync(hub.Fhir, tag) == 1);
            await hub.KillAsync();
        }

        await using var again = await StartAsync(folder);
        var response = await batch.ResultAsync(again.Fhir);

        _ = await again.SaysAsync(Resumed);
        Assert.StartsWith("201 Created 204 No Content 201 Created", AsyncTests.Statuses(response));
        Assert.AreEqual(1, await CountAsync(again.Fhir, tag));
        Assert.AreEqual(LongCount, await CountAsync(again.Fhir, other));
    }

    [TestMethod]
    public async Task A_transaction_that_is_killed_behind_its_commit_is_answered_and_not_done_again()
    {
        using var folder = new DataFolder();
        var (tag, updated, existing) = (Sample.Tag(), Sample.Tag(), Sample.Tag());
        AsyncRequest job;
        await using (var hub = await StartAsync(folder))
        {
            await hub.Fhir.PutAsync("Patient/u", Sample.Patient(updated, id: "u"));
            await hub.Fhir.PutAsync("Patient/d", Sample.Patient(updated, id: "d"));
            await hub.Fhir.PutAsync("Patient/e", Sample.Patient(existing, id: "e"));
            var more = $",\"ifNoneExist\":\"{Sample.ByTag(existing)}\"";
            // The reads come behind the commit, and there are enough of them to be killed among.
            var reads = Enumerable.Repeat(AsyncRequest.Get($"Patient?{Sample.ByTag(tag)}"), LongCount);
            job = await AsyncRequest.PostAsync(hub.Fhir, "", AsyncRequest.Bundle("transaction", (IEnumerable<string>)
            [
                AsyncRequest.Create(Sample.Patient(tag)),
                AsyncRequest.Create(Sample.Patient(existing), more),
                AsyncRequest.Entry("PUT", "Patient/u", Sample.Patient(updated, "Li", "u")),
                AsyncRequest.Entry("DELETE", "Patient/d"),
                AsyncRequest.Entry("DELETE", "Patient/never-was"),
                .. reads,
            ]));
            await job.WhileRunningAsync(hub.Fhir, async _ => await CountAsync(hub.Fhir, tag) == 1);
            await hub.KillAsync();
        }

        await using var again = await StartAsync(folder);
        var response = await job.ResultAsync(again.Fhir);

        _ = await again.SaysAsync(Resumed);
        Assert.AreEqual("transaction-response", $"{response["type"]}");
        Assert.StartsWith(
            "201 Created 200 OK 200 OK 204 No Content 204 No Content 200 OK", AsyncTests.Statuses(response));
        var found = (await again.Fhir.GetAsync($"Patient?{Sample.ByTag(tag)}")).Ids;
        Assert.AreEqual(found.Single(), $"{response["entry"]?[0]?["resource"]?["id"]}");
        Assert.AreEqual("e", $"{response["entry"]?[1]?["resource"]?["id"]}");
        Assert.AreEqual("e", (await again.Fhir.GetAsync($"Patient?{Sample.ByTag(existing)}")).Ids.Single());
        Assert.AreEqual("2", (await again.Fhir.GetAsync("Patient/u")).VersionId);
        Assert.HasCount(2, (await again.Fhir.GetAsync("Patient/d/_history")).Entries);
        Assert.AreEqual("1", $"{response["entry"]?[LongCount]?["resource"]?["entry"]?.AsArray().Count}");
    }

    [TestMethod]
    public async Task Results_survive_a_kill_and_an_orderly_stop_interrupts_what_runs_until_the_next_start()
    {
        using var folder = new DataFolder();
        var tag = Sample.Tag();
        AsyncRequest finished;
        AsyncRequest batch;
        await using (var hub = await StartAsync(folder))
        {
            finished = await AsyncRequest.GetAsync(hub.Fhir, "Patient?_id=none&_summary=count");
            await finished.FinishAsync(hub.Fhir);
            await hub.KillAsync();
        }

        await using (var hub = await StartAsync(folder))
        {
            Assert.AreEqual("0", $"{(await finished.ResultAsync(hub.Fhir))["total"]}");
            batch = await AsyncRequest.PostAsync(hub.Fhir, "", AsyncRequest.LongBatch(tag, LongCount));
            await batch.WhileRunningAsync(hub.Fhir, async _ => await CountAsync(hub.Fhir, tag) > 100);
            Assert.AreEqual(0, await hub.StopAsync(), hub.Output);
        }

        await using var again = await StartAsync(folder);
        var response = await batch.ResultAsync(again.Fhir);

        _ = await again.SaysAsync(Resumed);
        Assert.HasCount(LongCount, response["entry"]!.AsArray());
        Assert.AreEqual(LongCount, await CountAsync(again.Fhir, tag));
        Assert.AreEqual("0", $"{(await finished.ResultAsync(again.Fhir))["total"]}");
    }

    [TestMethod]
    public async Task A_request_that_was_deleted_does_not_come_back()
    {
        using var folder = new DataFolder();
        AsyncRequest running;
        AsyncRequest waiting;
        await using (var hub = await StartAsync(folder))
        {
            running = await AsyncRequest.PostAsync(hub.Fhir, "", AsyncRequest.LongBatch(Sample.Tag(), LongCount));
            waiting = await AsyncRequest.GetAsync(hub.Fhir, "Patient?_id=none");
            (await hub.Fhir.DeleteAsync(waiting.Path)).Expect(HttpStatusCode.Accepted);
            (await hub.Fhir.DeleteAsync(running.Path)).Expect(HttpStatusCode.Accepted);
            await hub.KillAsync();
        }

        await using var again = await StartAsync(folder);

        (await again.Fhir.GetAsync(running.Path)).ExpectProblem(HttpStatusCode.NotFound, "asynchronous request");
        (await again.Fhir.GetAsync(waiting.Path)).ExpectProblem(HttpStatusCode.NotFound, "asynchronous request");
        Assert.IsEmpty(Directory.EnumerateFiles(Path.Combine(folder.Path, "jobs")).ToList());
    }

    static Task<HubProcess> StartAsync(DataFolder folder) =>
        HubProcess.StartAsync(folder.Path, "--Hub:JobsRunningMax=1");

    static async Task<int> CountAsync(FhirClient fhir, string tag)
    {
        var found = (await fhir.GetAsync($"Patient?{Sample.ByTag(tag)}&_summary=count")).Expect(HttpStatusCode.OK);
        return int.Parse($"{found.Json["total"]}", null);
    }

    /// <summary>A data folder that outlives the processes on it.</summary>
    sealed class DataFolder : IDisposable
    {
        internal string Path { get; } = Directory.CreateTempSubdirectory("fhirhub-async-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
