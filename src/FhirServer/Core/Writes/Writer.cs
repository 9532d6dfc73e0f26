using System.Diagnostics;
using System.Diagnostics.Metrics;
using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;
using FhirHub.Core.Terminology;

namespace FhirHub.Core.Writes;

/// <summary>
/// The one write path: HTTP, bundles and adapters all come through here. A list of writes is committed whole or not at
/// all; when somebody else's commit comes between a look and the commit, the list is looked at again from the start.
/// </summary>
public sealed class Writer(
    IResourceStore store,
    ISearchIndex index,
    SearchCatalogs catalogs,
    TimeProvider time,
    WriteRules? rules = null,
    TerminologyChanges? terminology = null)
{
    static readonly Counter<long> Commits = Telemetry.Meter.CreateCounter<long>(
        "fhirhub.commits", "{commit}", "Commits, by whether they were made or met a conflict.");
    static readonly UpDownCounter<long> Waiting = Telemetry.Meter.CreateUpDownCounter<long>(
        "fhirhub.commits.waiting", "{commit}", "Commits handed to the store and not yet durable.");
    static readonly Histogram<double> Duration = Telemetry.Meter.CreateHistogram<double>(
        "fhirhub.commit.duration", "s", "From handing a commit to the store until it is durable.");

    // Each attempt fails only because another write succeeded: this many may change one resource at the same moment.
    const int AttemptsMax = 64;

    public async ValueTask<WriteResult> WriteAsync(Write write, Caller caller, CancellationToken cancel) =>
        (await WriteAllAsync([write], caller, cancel))[0];

    /// <summary>
    /// Carries out all writes in one commit; a <see cref="FhirException"/> says why none was. The results are in the
    /// order of the writes, several for a deletion of many.
    /// </summary>
    public ValueTask<IReadOnlyList<WriteResult>> WriteAllAsync(
        IReadOnlyList<Write> writes, Caller caller, CancellationToken cancel) => WriteAllAsync(
            async plan =>
            {
                foreach (var write in writes)
                {
                    await plan.AddAsync(write, cancel);
                }
            },
            caller,
            cancel);

    /// <summary>The same for writes that depend on the store as it is: each attempt fills its plan anew.</summary>
    internal async ValueTask<IReadOnlyList<WriteResult>> WriteAllAsync(
        Func<WritePlan, ValueTask> fill, Caller caller, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            // 1. Check: what the conditions find, and the versions the writes rest on.
            // 2. Resolve: patches become documents, conditional writes become plain ones.
            var plan = new WritePlan(store, index, caller, time);
            await fill(plan);

            if (plan.Changes.Count == 0)
            {
                return plan.Results(null);
            }

            // 3. Validate: by profiles, where the policy wants it; structure was checked by the parser. What it adds
            // are changes like the others, so references are looked at after it.
            var findings = rules?.Validation is { } validation
                ? await validation.CheckAsync(plan, store, caller, cancel)
                : [];
            var links = LinkCheck.Of(plan.Changes, caller, rules ?? WriteRules.None);
            links?.ThrowIfBroken();

            // 4. Stamp to 6. commit; those that change what is searched by take turns.
            var result = DefinitionCheck.IsNeeded(plan.Changes)
                ? await CommitDefinitionsAsync(plan, links, caller, cancel)
                : await CommitAsync(plan, links, caller, cancel);
            if (result.Conflict is null)
            {
                return plan.Results(result, [.. links?.Problems(result.Broken) ?? [], .. findings]);
            }

            if (links is not null && result.Broken is { } broken)
            {
                throw new FhirException(links.Refusal(broken));
            }

            if (plan.IsFinal(result.Conflict) || attempt == AttemptsMax)
            {
                throw new FhirException(plan.Refusal(result.Conflict));
            }
        }
    }

    async ValueTask<CommitResult> CommitDefinitionsAsync(
        WritePlan plan, LinkCheck? links, Caller caller, CancellationToken cancel)
    {
        await catalogs.TakeTurnAsync(cancel);
        try
        {
            DefinitionCheck.Check(plan.Changes, catalogs.Of(caller.Tenant).Own);
            var result = await CommitAsync(plan, links, caller, cancel);
            var changed = result.Versions.Where(v => v.Key.Type == DefinitionCheck.Type).ToList();
            if (changed.Count > 0 && catalogs.Changed is { } tell)
            {
                await tell(changed);
            }

            return result;
        }
        finally
        {
            catalogs.EndTurn();
        }
    }

    async ValueTask<CommitResult> CommitAsync(
        WritePlan plan, LinkCheck? links, Caller caller, CancellationToken cancel)
    {
        // 4. Stamp, and 5. extract: by the parameters in force, which are not forgotten before the commit is there.
        var parameters = catalogs.Enter(caller.Tenant);
        try
        {
            var entries = plan.Changes.Select(
                c => Entry(c, caller.Provenance.At(c.Place), parameters.Extractor));

            // 6. Commit.
            var commit = new Commit([.. entries], plan.Conditions)
            {
                Links = links?.ForStore,
                Access = caller.Access,
            };
            return await CommitAsync(commit, cancel);
        }
        finally
        {
            parameters.Leave();
        }
    }

    async ValueTask<CommitResult> CommitAsync(Commit commit, CancellationToken cancel)
    {
        using var span = Telemetry.Source.StartActivity("commit");
        var started = Stopwatch.GetTimestamp();
        Waiting.Add(1);
        try
        {
            var result = await store.CommitAsync(commit, cancel);
            terminology?.Note(result.Versions);
            rules?.Profiles?.Note(result.Versions);
            var outcome = result.Conflict is null ? "made" : "conflict";
            Commits.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
            return result;
        }
        finally
        {
            Waiting.Add(-1);
            Duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
        }
    }

    static CommitEntry Entry(WritePlan.Change change, Provenance provenance, SearchValueExtractor extractor)
    {
        if (change.Document is not { } document)
        {
            return new CommitEntry
            {
                Key = change.Key,
                Method = WriteMethod.Delete,
                ExpectedVersion = change.ExpectedVersion,
                Provenance = provenance,
            };
        }

        var values = extractor.Extract(document).Entries;
        return new CommitEntry
        {
            Key = change.Key,
            Method = change.Method,
            ExpectedVersion = change.ExpectedVersion,
            Json = Stamp.Apply(document, change.Key.Id),
            SearchValues = values,
            Compartments = Compartments.Of(change.Key, values),
            IsBeside = change.IsBeside,
            Provenance = provenance,
        };
    }
}
