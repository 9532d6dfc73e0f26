using System.Diagnostics;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;

namespace FhirHub.Host.Monitoring;

/// <summary>Searches that took long, told in the log: which parameters and how much work, never a value.</summary>
sealed class SlowSearches(HubOptions options, ILogger<SlowSearches> logger)
{
    /// <summary>A search of more parameters is told by the first of them.</summary>
    const int NamesMax = 20;

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
                Tell(Name(scope, used), elapsed, found);
            }
        }
    }

    void Tell(string search, double elapsed, SearchPage? found)
    {
        if (found is null)
        {
            Log.SlowSearchEnded(logger, search, elapsed);
        }
        else
        {
            Log.SlowSearch(logger, search, elapsed, found.Matches.Count, found.Steps);
        }
    }

    /// <summary>The search as a template: parameters and modifiers are words of a catalog, not of a person.</summary>
    static string Name(SearchScope scope, IReadOnlyList<KeyValuePair<string, string>> used)
    {
        var where = scope.Compartment is { } compartment
            ? $"{compartment.Type}/[id]/{scope.Type ?? "*"}"
            : scope.Type ?? "all types";
        var names = used.CountBy(p => p.Key)
            .Select(name => name.Value > 1 ? $"{name.Key} ({name.Value})" : name.Key).ToList();
        return names.Count == 0 ? where
            : $"{where}?{string.Join('&', names.Take(NamesMax))}{(names.Count > NamesMax ? "&..." : "")}";
    }
}
