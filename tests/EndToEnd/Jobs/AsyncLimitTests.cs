using System.Net;
using FhirHub.EndToEnd.Hub;

namespace FhirHub.EndToEnd.Jobs;

/// <summary>Asynchronous requests have bounds, and can be cancelled.</summary>
[TestClass]
public sealed class AsyncLimitTests
{
    const int LongCount = 20_000;

    [TestMethod]
    public async Task Beyond_what_may_wait_the_answer_is_503_until_one_is_cancelled()
    {
        await using var hub = await HubProcess.StartAsync(null, "--Hub:JobsRunningMax=1", "--Hub:JobsWaitingMax=1");
        var running = await AsyncRequest.PostAsync(hub.Fhir, "", AsyncRequest.LongBatch(Sample.Tag(), LongCount));
        await running.WhileRunningAsync(hub.Fhir, IsUnderWayAsync);
        var waiting = await AsyncRequest.GetAsync(hub.Fhir, "Patient?_id=none");

        var refused = await hub.Fhir.GetAsync("Patient?_id=none", ("Prefer", "respond-async"));

        refused.ExpectProblem(HttpStatusCode.ServiceUnavailable, "Hub:JobsWaitingMax");
        Assert.IsNotNull(refused.Header("Retry-After"));
        Assert.AreEqual("waiting", (await hub.Fhir.GetAsync(waiting.Path)).Header("X-Progress"));
        (await hub.Fhir.DeleteAsync(waiting.Path)).Expect(HttpStatusCode.Accepted);
        await AsyncRequest.GetAsync(hub.Fhir, "Patient?_id=none");
    }

    [TestMethod]
    public async Task A_request_that_runs_is_cancelled_and_makes_room_for_the_next()
    {
        await using var hub = await HubProcess.StartAsync(null, "--Hub:JobsRunningMax=1");
        var tag = Sample.Tag();
        var running = await AsyncRequest.PostAsync(hub.Fhir, "", AsyncRequest.LongBatch(tag, LongCount));
        await running.WhileRunningAsync(hub.Fhir, IsUnderWayAsync);

        (await hub.Fhir.DeleteAsync(running.Path)).Expect(HttpStatusCode.Accepted);

        (await hub.Fhir.GetAsync(running.Path)).ExpectProblem(HttpStatusCode.NotFound, "asynchronous request");
        await (await AsyncRequest.GetAsync(hub.Fhir, "Patient?_id=none")).FinishAsync(hub.Fhir);
        var count = (await hub.Fhir.GetAsync($"Patient?{Sample.ByTag(tag)}&_summary=count")).Json["total"];
        Assert.IsLessThan(LongCount, int.Parse($"{count}", null));
        Assert.IsEmpty(Directory.EnumerateFiles(Path.Combine(hub.Folder, "jobs"), Name(running) + "*").ToList());
    }

    [TestMethod]
    public async Task A_result_too_many_stops_new_requests_until_it_is_deleted()
    {
        await using var hub = await HubProcess.StartAsync(null, "--Hub:JobsKeptMegabytesMax=1");
        var large = Enumerable.Range(0, 1000).Select(_ => AsyncRequest.Create(
            Sample.Patient(Sample.Tag(), new string('x', 1500))));
        var job = await AsyncRequest.PostAsync(hub.Fhir, "", AsyncRequest.Bundle("batch", large));
        await job.FinishAsync(hub.Fhir);

        (await hub.Fhir.GetAsync("Patient", ("Prefer", "respond-async")))
            .ExpectProblem(HttpStatusCode.ServiceUnavailable, "Hub:JobsKeptMegabytesMax");

        (await hub.Fhir.DeleteAsync(job.Path)).Expect(HttpStatusCode.Accepted);
        await (await AsyncRequest.GetAsync(hub.Fhir, "Patient?_id=none")).FinishAsync(hub.Fhir);
    }

    static Task<bool> IsUnderWayAsync(Answer status) =>
        Task.FromResult(status.Header("X-Progress")?.StartsWith("running", StringComparison.Ordinal) == true);

    static string Name(AsyncRequest request) => request.Path[(request.Path.LastIndexOf('/') + 1)..];
}
