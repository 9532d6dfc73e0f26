using FhirHub.Core.Model;
using FhirHub.Core.Storage;
using FhirHub.Core.Writes;
using FhirHub.Fhir.Documents;

namespace FhirHub.Host;

/// <summary>Loads the synthetic region into a new store, so that the first GET shows something.</summary>
static class SampleRegion
{
    const int BatchSize = 500;

    /// <summary>Whether nothing was ever stored.</summary>
    internal static async Task<bool> IsNewAsync(IResourceStore store, CancellationToken cancel)
    {
        await foreach (var _ in store.ChangesAsync(CommitPosition.Start, cancel))
        {
            return false;
        }

        return true;
    }

    internal static string? Folder()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var samples = Path.Combine(folder, "samples", "region");
            if (Directory.Exists(samples))
            {
                return samples;
            }
        }

        return null;
    }

    /// <summary>Writes every resource of the folder's NDJSON files and returns how many there were.</summary>
    internal static async Task<int> LoadAsync(string folder, Writer writer, CancellationToken cancel)
    {
        var count = 0;
        foreach (var file in Directory.EnumerateFiles(folder, "*.ndjson").Order(StringComparer.Ordinal))
        {
            foreach (var lines in File.ReadLines(file).Where(line => line.Length > 0).Chunk(BatchSize))
            {
                var writes = new List<Write>(lines.Length);
                foreach (var line in lines)
                {
                    var resource = FhirDocument.ParseJson(System.Text.Encoding.UTF8.GetBytes(line));
                    writes.Add(new Write.Update(resource, resource.Root.First("id").Text ?? "", Precondition.None));
                }

                await writer.WriteAllAsync(writes, Caller.Open, cancel);
                count += writes.Count;
            }
        }

        return count;
    }
}
