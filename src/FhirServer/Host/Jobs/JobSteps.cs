using System.Text.Json;
using FhirHub.Core.Writes;
using FhirHub.Host.Http;

namespace FhirHub.Host.Jobs;

/// <summary>
/// What the entries of a batch were answered that leave no commit to tell it by: refusals, deletions of nothing,
/// operations. It is kept before a later step of the batch begins, because after that they could come out otherwise: a
/// conditional delete that found nothing would find what a later entry created.
/// </summary>
sealed class JobSteps(JobFolder folder, string id)
{
    Dictionary<string, EntryResponse>? _kept;

    /// <summary>What the entry was answered in a step that an earlier run finished; null for any other.</summary>
    internal EntryResponse? Find(string place) => (_kept ??= Load()).GetValueOrDefault(place);

    /// <summary>Keeps the answers of a step; when this returns, they survive a power failure.</summary>
    internal void Keep(IEnumerable<(BundleEntry Entry, EntryResponse Response)> step)
    {
        var lines = step.Where(s => !IsToldByCommit(s.Entry, s.Response)).Select(Line).ToList();
        if (lines.Count > 0)
        {
            folder.AppendSteps(id, lines);
        }
    }

    static bool IsToldByCommit(BundleEntry entry, EntryResponse response) => !response.IsFailure
        && entry is { Method: "POST" or "PUT" or "PATCH", IfNoneExist: null }
        && !entry.Path.Contains('$', StringComparison.Ordinal);

    static byte[] Line((BundleEntry Entry, EntryResponse Response) step)
    {
        var (entry, response) = step;
        return JsonSerializer.SerializeToUtf8Bytes(new Kept(
            BundleEntry.PlaceOf(entry.Index),
            response.Status,
            response.Location,
            response.ETag,
            response.LastModified,
            response.Json.ToArray(),
            response.IsOutcome));
    }

    Dictionary<string, EntryResponse> Load()
    {
        var kept = new Dictionary<string, EntryResponse>(StringComparer.Ordinal);
        foreach (var line in folder.ReadSteps(id))
        {
            try
            {
                var read = JsonSerializer.Deserialize<Kept>(line) ?? throw new JsonException("A line is empty.");
                kept[read.Place] = new EntryResponse(read.Status)
                {
                    Location = read.Location,
                    ETag = read.ETag,
                    LastModified = read.LastModified,
                    Json = read.Json,
                    IsOutcome = read.IsOutcome,
                };
            }
            catch (JsonException)
            {
                break; // cut off while it was written: then nothing behind this step had begun
            }
        }

        return kept;
    }

    /// <summary>A line of the file.</summary>
    sealed record Kept(
        string Place, int Status, string? Location, string? ETag, string? LastModified, byte[] Json, bool IsOutcome);
}
