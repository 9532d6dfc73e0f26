using System.Diagnostics;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;

namespace FhirHub.Host.Monitoring;

/// <summary>Searches that took long, told in the log: which parameters and how much work, never a value.</summary>
sealed class SlowSearches(HubOptions options, ILogger<SlowSearches> logger)
{
    /// <summary>Does a search, and says so when it took long, also when it was refused in the end.</summary>
    internal async Task<SearchPage> WatchAsync(
        SearchScope scope, IReadOnlyList<KeyValuePair<string, string>> used, Func<Task<SearchPage>> search)
    {
        var started = Stopwatch.GetTimestamp();
        SearchPage? found = null;
        try
        {
            return found = await search();
        }
        finally
        {
            var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            if (options.SlowSearchMilliseconds > 0 && elapsed >= options.SlowSearchMilliseconds)
            {
                Log.SlowSearch(
                    logger, Name(scope, used), elapsed, found?.Matches.Count ?? 0, found?.Steps ?? 0);
            }
        }
    }

    /// <summary>The search as a template: parameters and modifiers are words of a catalog, not of a person.</summary>
    static string Name(SearchScope scope, IReadOnlyList<KeyValuePair<string, string>> used)
    {
        var where = scope.Compartment is { } compartment
            ? $"{compartment.Type}/[id]/{scope.Type ?? "*"}"
            : scope.Type ?? "all types";
        return used.Count == 0 ? where : $"{where}?{string.Join('&', used.Select(p => p.Key))}";
    }
}
