using System.Net;
using FhirHub.EndToEnd.Hub;

namespace FhirHub.EndToEnd.Jobs;

/// <summary>A search that would be too much work is refused, and may take its time when nobody waits for it.</summary>
[TestClass]
public sealed class SearchLimitTests
{
    const int Patients = 400;

    /// <summary>One character is in no index of parts, so each value looks through all names.</summary>
    static readonly string Costly = $"Patient?name:contains={string.Join(',', Enumerable.Repeat("q", 500))}";

    [TestMethod]
    public async Task What_is_too_costly_while_somebody_waits_is_found_by_an_asynchronous_request()
    {
        await using var hub = await HubProcess.StartAsync(null, "--Hub:SearchMillionStepsMax=1");
        await FillAsync(hub);

        var refused = await hub.Fhir.GetAsync(Costly);

        refused.ExpectProblem(HttpStatusCode.UnprocessableEntity, "too-costly");
        Assert.Contains("Prefer: respond-async", refused.Text);
        var job = await AsyncRequest.GetAsync(hub.Fhir, Costly + "&_total=accurate");
        Assert.AreEqual("0", $"{(await job.ResultAsync(hub.Fhir))["total"]}");
    }

    [TestMethod]
    public async Task A_slow_search_is_in_the_log_with_its_cost_and_without_its_values()
    {
        await using var hub = await HubProcess.StartAsync(null, "--Hub:SlowSearchMilliseconds=1");
        await FillAsync(hub);

        (await hub.Fhir.GetAsync($"{Costly}&address-city:contains=Secretville")).Expect(HttpStatusCode.OK);

        var line = await hub.SaysAsync("Slow search");
        Assert.Contains("Patient?name:contains&address-city:contains", line);
        Assert.Contains("0 on the page", line);
        Assert.DoesNotContain("Secretville", hub.Output);

        var often = string.Join('&', Enumerable.Repeat("address:contains=Secretville", 90));
        (await hub.Fhir.GetAsync($"{Costly}&{often}")).Expect(HttpStatusCode.OK);
        Assert.Contains("Patient?name:contains&address:contains (90): ", await hub.SaysAsync("(90)"));
    }

    static async Task FillAsync(HubProcess hub)
    {
        var patients = Enumerable.Range(0, Patients)
            .Select(i => AsyncRequest.Create(Sample.Patient(Sample.Tag(), $"Wang{i}")));
        (await hub.Fhir.PostAsync("", AsyncRequest.Bundle("transaction", patients))).Expect(HttpStatusCode.OK);
    }
}
