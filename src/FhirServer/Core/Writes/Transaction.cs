using FhirHub.Core.Model;
using FhirHub.Core.Search;

namespace FhirHub.Core.Writes;

/// <summary>
/// The writes of a transaction bundle, in one commit or not at all: https://hl7.org/fhir/R4/http.html#transaction.
/// What its conditions find and its links become is worked out anew whenever another commit comes in between.
/// </summary>
public sealed class Transaction(Writer writer, Conditions conditions, TimeProvider time)
{
    /// <summary>
    /// Carries out the entries that write; a <see cref="FhirException"/> says why none was, and names the entry.
    /// </summary>
    /// <param name="entries">The entries of the bundle in their order; those that read are passed over.</param>
    /// <param name="baseUrl">The server's own base, which references may begin with.</param>
    /// <param name="deletesMany">Whether a conditional delete may delete several resources.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="cancel">Gives up before the commit.</param>
    /// <returns>
    /// For each entry, in their order, what became of it: null for one that reads, the last of the deletions of one
    /// that deletes many.
    /// </returns>
    public async ValueTask<IReadOnlyList<WriteResult?>> RunAsync(
        IReadOnlyList<BundleEntry> entries, string baseUrl, bool deletesMany, Caller caller, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(entries);
        // The order is stable: entries of one method are carried out in the order of the bundle.
        var writes = new List<(int Position, TransactionWrite Write)>();
        foreach (var (position, entry) in entries.Index().Where(e => !e.Item.IsRead).OrderBy(e => e.Item.Rank))
        {
            var write = await TransactionWrite.ReadAsync(entry, conditions, caller, deletesMany, cancel);
            writes.Add((position, write));
        }

        var ends = new int[writes.Count];
        var results = await writer.WriteAllAsync(
            plan => new TransactionPlan(plan, conditions, caller, time, baseUrl)
                .FillAsync(writes.ConvertAll(w => w.Write), ends, cancel),
            caller,
            cancel);
        var byEntry = new WriteResult?[entries.Count];
        for (var i = 0; i < writes.Count; i++)
        {
            var start = i == 0 ? 0 : ends[i - 1];
            byEntry[writes[i].Position] = results[ends[i] - 1] with
            {
                Warnings = [.. results.Skip(start).Take(ends[i] - start).SelectMany(r => r.Warnings)],
            };
        }

        return byEntry;
    }
}
