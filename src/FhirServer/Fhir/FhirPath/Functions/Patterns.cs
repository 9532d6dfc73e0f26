using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace FhirHub.Fhir.FhirPath;

/// <summary>
/// Regular expressions kept for the next time, in time linear in the text wherever the pattern allows it.
/// </summary>
static class Patterns
{
    const int CacheMax = 500;
    static readonly ConcurrentDictionary<(string, RegexOptions), Regex> Cache = new();

    internal static Regex Get(string pattern, RegexOptions options, TimeSpan timeout)
    {
        if (Cache.TryGetValue((pattern, options), out var known))
        {
            return known;
        }

        var made = Make(pattern, options, timeout);
        if (Cache.Count < CacheMax)
        {
            Cache.TryAdd((pattern, options), made);
        }

        return made;
    }

    static Regex Make(string pattern, RegexOptions options, TimeSpan timeout)
    {
        try
        {
            return new Regex(pattern, options | RegexOptions.NonBacktracking, timeout);
        }
        catch (NotSupportedException)
        {
            // Lookarounds and back-references need backtracking; the timeout keeps that in bounds.
            return new Regex(pattern, options, timeout);
        }
    }
}
