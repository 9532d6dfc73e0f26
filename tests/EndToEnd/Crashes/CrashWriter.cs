using System.Globalization;
using System.Net;
using FhirHub.EndToEnd.Hub;

namespace FhirHub.EndToEnd.Crashes;

/// <summary>
/// A client that writes until the server dies, and remembers what was acknowledged. It starts nothing before the write
/// before it is answered, so at most one write is in doubt.
/// </summary>
sealed class CrashWriter(FhirClient fhir, Trail longLived, bool hasTransactions)
{
    const int UpdatesPerResource = 3;

    readonly TaskCompletionSource _firstAcknowledged = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done with the first acknowledged write; a round that ends before it shows nothing.</summary>
    internal Task FirstAcknowledged => _firstAcknowledged.Task;

    internal List<Trail> Trails { get; } = [];

    /// <summary>Tags that two resources of one transaction share, and whether it was acknowledged.</summary>
    internal List<(string Tag, bool IsAcknowledged)> Pairs { get; } = [];

    internal int Acknowledged { get; private set; }

    /// <summary>What the server answered and should not have; null when nothing.</summary>
    internal string? Surprise { get; private set; }

    internal async Task RunAsync()
    {
        try
        {
            while (Surprise is null)
            {
                var trail = new Trail(Sample.Tag());
                Trails.Add(trail);
                await CreateAsync(trail);
                for (var i = 0; i < UpdatesPerResource; i++)
                {
                    await PutAsync(trail);
                }

                await PutAsync(longLived);
                if (hasTransactions)
                {
                    await TransactAsync();
                }
            }
        }
        catch (Exception died) when (died is HttpRequestException or IOException)
        {
            // The server is dead, which is what this is about.
        }
    }

    async Task CreateAsync(Trail trail)
    {
        trail.IsInFlight = true;
        var made = await fhir.PostAsync("Patient", Sample.Patient(trail.Tag, Trail.Family(1)));
        if (IsExpected(made, HttpStatusCode.Created))
        {
            (trail.Id, trail.Acknowledged, trail.IsInFlight) = (made.Id, 1, false);
        }
    }

    async Task PutAsync(Trail trail)
    {
        var next = trail.Acknowledged + 1;
        trail.IsInFlight = true;
        var body = Sample.Patient(trail.Tag, Trail.Family(next), trail.Id);
        var put = await fhir.PutAsync($"Patient/{trail.Id}", body);
        if (IsExpected(put, next == 1 ? HttpStatusCode.Created : HttpStatusCode.OK))
        {
            (trail.Acknowledged, trail.IsInFlight) = (next, false);
            Surprise ??= put.VersionId == next.ToString(CultureInfo.InvariantCulture)
                ? null
                : $"{trail.Id} is at {put.VersionId}, not at {next}";
        }
    }

    async Task TransactAsync()
    {
        var tag = Sample.Tag();
        Pairs.Add((tag, false));
        var entry = $$$"""{"resource":{{{Sample.Patient(tag)}}},"request":{"method":"POST","url":"Patient"}}""";
        var body = $$"""{"resourceType":"Bundle","type":"transaction","entry":[{{entry}},{{entry}}]}""";
        if (IsExpected(await fhir.PostAsync("", body), HttpStatusCode.OK))
        {
            Pairs[^1] = (tag, true);
        }
    }

    bool IsExpected(Answer answer, HttpStatusCode status)
    {
        if (answer.Status != status)
        {
            Surprise = $"{answer.Status}: {answer.Text}";
            return false;
        }

        Acknowledged++;
        _firstAcknowledged.TrySetResult();
        return true;
    }
}
