using FhirHub.Core.Model;
using FhirHub.Core.Writes;
using FhirHub.Fhir.Documents;
using FhirHub.Host.Http;
using FhirHub.Host.Jobs;

namespace FhirHub.Host.Interactions;

/// <summary>Batch and transaction: https://hl7.org/fhir/R4/http.html#transaction</summary>
static class Bundle
{
    // Enough for the commits of a batch to share their waits for the disk.
    const int EntriesAtOnce = 32;

    internal static void Map(IEndpointRouteBuilder fhir)
    {
        // Made when the first bundle comes: most of a start would go into it.
        var interactions = new Lazy<RequestDelegate>(() => EntryRequest.Pipeline(fhir));
        fhir.MapPost("/", (
            HttpContext http, Transaction transaction, Recall recall, HubOptions options, Caller caller) =>
            HandleAsync(http, interactions.Value, transaction, recall, options, caller));
    }

    static async Task HandleAsync(
        HttpContext http, RequestDelegate interactions, Transaction transaction, Recall recall, HubOptions options,
        Caller caller)
    {
        QueryRule.Check(http, "Batch or transaction");
        var (bundle, broken) = await ReadAsync(http);
        var run = http.Features.Get<JobRun>();
        run?.Expect(bundle.Root["entry"].Count());
        if (bundle.Root.First("type").Text == "batch")
        {
            await WriteAsync(http, "batch-response", await BatchAsync(http, interactions, bundle, broken));
            return;
        }

        // 1. The entries, and the reads among them that fail whatever is written.
        var baseUrl = FhirResult.BaseUrl(http);
        var entries = bundle.Root["entry"].Index().Select(e => BundleEntry.Read(e.Item, e.Index, baseUrl)).ToList();
        var resumed = run is { IsResumed: true } ? run : null;
        entries.Where(e => !e.IsRead).ToList().ForEach(e => QueryRule.Check(http, e));
        var written = entries.Where(e => !e.IsRead).Select(e => e.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var entry in entries.Where(e => resumed is null && e.IsRead && !written.Contains(e.Path)))
        {
            if (await EntryRequest.SendAsync(http, interactions, entry) is { IsFailure: true } failure)
            {
                await RefuseAsync(http, entry, failure);
                return;
            }
        }

        // 2. The writes, all or none; those of a job that was interrupted behind its commit are not done again.
        var results = resumed is not null
            ? await recall.TransactionAsync(entries, resumed.Made, caller, http.RequestAborted)
            : await transaction.RunAsync(entries, baseUrl, options.DeletesMany, caller, http.RequestAborted);

        // 3. The reads, which see what was written.
        var responses = new EntryResponse[entries.Count];
        for (var i = 0; i < responses.Length; i++)
        {
            responses[i] = results[i] is { } result
                ? EntryResponse.Of(http, result)
                : await EntryRequest.SendAsync(http, interactions, entries[i]);
        }

        await WriteAsync(http, "transaction-response", responses);
    }

    /// <summary>
    /// The bundle. A batch does not fail as a whole because of an entry, so what is wrong inside its resources is kept
    /// by entry.
    /// </summary>
    static async Task<(FhirDocument Bundle, ILookup<int, FhirIssue> Broken)> ReadAsync(HttpContext http)
    {
        var (format, bytes) = await FhirBody.ReadBytesAsync(http);
        var strict = FhirBody.Parse(format, bytes, ParseOptions.Strict);
        var parsed = strict.Document is null
            ? FhirBody.Parse(format, bytes, ParseOptions.Lenient with { IssuesMax = int.MaxValue })
            : strict;
        var bundle = parsed.Document ?? throw new FhirFormatException(strict.Issues);
        var isBatch = CheckType(bundle);
        var broken = parsed.Issues.ToLookup(issue => EntryOf(issue.Expression));
        return strict.Document is null && (!isBatch || broken.Contains(-1))
            ? throw new FhirFormatException(strict.Issues)
            : (bundle, broken);
    }

    static bool CheckType(FhirDocument bundle)
    {
        if (bundle.Type.Name != "Bundle")
        {
            throw new FhirException(
                ProblemKind.Invalid,
                "invalid",
                $"{FhirRoutes.Base} takes a Bundle; POST a {bundle.Type} to {FhirRoutes.Base}/{bundle.Type}.");
        }

        var type = bundle.Root.First("type").Text;
        return type is "batch" or "transaction"
            ? type == "batch"
            : throw new FhirException(
                ProblemKind.Invalid,
                "value",
                $"{FhirRoutes.Base} carries out a Bundle of type batch or transaction. To store one of another type "
                    + $"as it is, POST it to {FhirRoutes.Base}/Bundle.",
                "Bundle.type");
    }

    /// <summary>The entry an issue is about when it is about its resource; otherwise -1.</summary>
    static int EntryOf(string? expression)
    {
        const string Start = "Bundle.entry[";
        var end = expression?.IndexOf(']', StringComparison.Ordinal) ?? -1;
        return expression is not null && end > Start.Length && expression.StartsWith(Start, StringComparison.Ordinal)
            && expression.AsSpan(end).StartsWith("].resource")
            && int.TryParse(expression.AsSpan()[Start.Length..end], out var index)
            ? index
            : -1;
    }

    static async Task<EntryResponse[]> BatchAsync(
        HttpContext http, RequestDelegate interactions, FhirDocument bundle, ILookup<int, FhirIssue> broken)
    {
        var nodes = bundle.Root["entry"].ToList();
        var responses = new EntryResponse[nodes.Count];
        var entries = new List<(int Index, BundleEntry Entry)>(nodes.Count);
        for (var i = 0; i < nodes.Count; i++)
        {
            try
            {
                var entry = BundleEntry.Read(nodes[i], i, FhirResult.BaseUrl(http));
                if (broken.Contains(i))
                {
                    responses[i] = EntryResponse.Of([.. broken[i]]);
                }
                else
                {
                    entries.Add((i, entry));
                }
            }
            catch (FhirException refused)
            {
                responses[i] = EntryResponse.Of(refused.Problem);
            }
        }

        // In the order of a transaction, and within a step at once: entries of a batch do not depend on each other.
        var limit = new ParallelOptions
        {
            MaxDegreeOfParallelism = EntriesAtOnce,
            CancellationToken = http.RequestAborted,
        };
        var steps = entries.GroupBy(e => e.Entry.Rank).OrderBy(step => step.Key).ToList();
        foreach (var step in steps)
        {
            await Parallel.ForEachAsync(step, limit, async (e, _) =>
                responses[e.Index] = await EntryRequest.SendAsync(http, interactions, e.Entry));
            if (step != steps[^1])
            {
                http.Features.Get<JobRun>()?.Steps.Keep(step.Select(e => (e.Entry, responses[e.Index])));
            }
        }

        return responses;
    }

    static async Task RefuseAsync(HttpContext http, BundleEntry entry, EntryResponse failure)
    {
        var place = BundleEntry.PlaceOf(entry.Index);
        var issue = FhirDocument.ParseJson(failure.Json).Root.First("issue");
        http.Response.StatusCode = failure.Status;
        await FhirResult.WriteAsync(http, FhirBuilder.Create("OperationOutcome").Add("issue", i => i
            .Set("severity", "error")
            .Set("code", issue.First("code").Text ?? "processing")
            .Set("diagnostics", $"{place}: {issue.First("diagnostics").Text}")
            .Add("expression", place)).Build());
    }

    static async Task WriteAsync(HttpContext http, string type, EntryResponse[] responses)
    {
        using var bundle = new BundleWriter(type, FhirResult.BaseUrl(http));
        if (responses.Length > 0)
        {
            bundle.StartEntries();
            foreach (var response in responses)
            {
                bundle.Response(response);
            }

            bundle.EndEntries();
        }

        await FhirResult.WriteJsonAsync(http, bundle.End());
    }
}
