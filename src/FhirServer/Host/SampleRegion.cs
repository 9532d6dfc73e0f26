using System.Text;
using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Writes;
using FhirHub.Fhir.Documents;

namespace FhirHub.Host;

/// <summary>Loads the synthetic region into a new store, so that the first GET shows something.</summary>
static class SampleRegion
{
    const int BatchSize = 500;

    /// <summary>In the data folder while the region is being loaded: whoever finds it there begins again.</summary>
    const string Unfinished = "samples.unfinished";

    internal static async Task LoadIntoNewAsync(
        IServiceProvider services, HubStore store, HubOptions options, CancellationToken cancel)
    {
        var mark = Path.Combine(options.Data, Unfinished);
        if (options.Empty || Folder() is not { } samples || !(File.Exists(mark) || await store.IsNewAsync(cancel)))
        {
            return;
        }

        // A writer without rules: the region is closed in itself, but its files come in the order of their names.
        var writer = new Writer(
            store.Storage.Resources,
            store.Storage.Search,
            services.GetRequiredService<SearchValueExtractor>(),
            services.GetRequiredService<TimeProvider>());
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("FhirHub.Samples");
        await File.WriteAllBytesAsync(mark, [], cancel);
        Log.SamplesLoaded(logger, await LoadAsync(samples, writer, logger, cancel));
        File.Delete(mark);
    }

    /// <summary>Beside the program where it was published, above it in the repository.</summary>
    static string? Folder()
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
    static async Task<int> LoadAsync(string folder, Writer writer, ILogger logger, CancellationToken cancel)
    {
        var lines = Directory.EnumerateFiles(folder, "*.ndjson").Order(StringComparer.Ordinal)
            .SelectMany(File.ReadLines).Where(line => line.Length > 0);
        var count = 0;
        foreach (var batch in lines.Chunk(BatchSize))
        {
            var writes = new List<Write>(batch.Length);
            foreach (var line in batch)
            {
                var resource = FhirDocument.ParseJson(Encoding.UTF8.GetBytes(line));
                writes.Add(new Write.Update(resource, resource.Root.First("id").Text ?? "", Precondition.None));
            }

            await writer.WriteAllAsync(writes, Caller.Open, cancel);
            count += writes.Count;
            Log.SamplesLoading(logger, count);
        }

        return count;
    }
}
