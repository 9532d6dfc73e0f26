using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;

namespace FhirHub.Core.Writes;

/// <summary>
/// The one write path: HTTP, bundles and adapters all come through here. A list of writes is committed whole or not at
/// all; when somebody else's commit comes between a look and the commit, the list is looked at again from the start.
/// </summary>
public sealed class Writer(
    IResourceStore store, ISearchIndex index, SearchValueExtractor extractor, TimeProvider time)
{
    // Each attempt fails only because another write succeeded: this many may change one resource at the same moment.
    const int AttemptsMax = 64;

    public async ValueTask<WriteResult> WriteAsync(Write write, Caller caller, CancellationToken cancel) =>
        (await WriteAllAsync([write], caller, cancel))[0];

    /// <summary>
    /// Carries out all writes in one commit; a <see cref="FhirException"/> says why none was. The results are in the
    /// order of the writes, several for a deletion of many.
    /// </summary>
    public async ValueTask<IReadOnlyList<WriteResult>> WriteAllAsync(
        IReadOnlyList<Write> writes, Caller caller, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            // 1. Check: what the conditions find, and the versions the writes rest on.
            // 2. Resolve: patches become documents, conditional writes become plain ones.
            var plan = new WritePlan(store, index, caller, time);
            foreach (var write in writes)
            {
                await plan.AddAsync(write, cancel);
            }

            // 3. Validate: by profiles, once there are any; structure was checked by the parser.
            // 4. Stamp, and 5. extract.
            var commit = new Commit([.. plan.Changes.Select(Entry)], plan.Conditions);
            if (commit.Entries.Count == 0)
            {
                return plan.Results(null);
            }

            // 6. Commit.
            var result = await store.CommitAsync(commit, cancel);
            if (result.Conflict is null)
            {
                return plan.Results(result);
            }

            if (plan.IsFinal(result.Conflict) || attempt == AttemptsMax)
            {
                throw new FhirException(plan.Refusal(result.Conflict));
            }
        }
    }

    CommitEntry Entry(WritePlan.Change change)
    {
        if (change.Document is not { } document)
        {
            return new CommitEntry
            {
                Key = change.Key,
                Method = WriteMethod.Delete,
                ExpectedVersion = change.ExpectedVersion,
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
        };
    }
}
