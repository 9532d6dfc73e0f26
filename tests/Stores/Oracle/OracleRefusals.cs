using System.Text.RegularExpressions;

namespace FhirHub.Stores.Oracle;

/// <summary>
/// What a store's search may refuse although R4 has it, each with its reason. A refusal outside the list fails the
/// run; so does a line that nothing needs any more.
/// </summary>
sealed class OracleRefusals
{
    internal static readonly (string Class, string Reason)[] Allowed =
    [
        ("^chain ", "chains come with the engine's joins"),
        ("^_has ", "reverse chains come with the engine's joins"),
        ("^_filter ", "filters come last, they need everything else"),
        ("^_list", "lists come with the engine's joins"),
        ("^composite", "composites are not indexed yet"),
        ("^near", "positions are not indexed yet"),
        ("^number", "numbers are not indexed yet"),
        ("^quantity", "quantities are not indexed yet"),
        ("^(date|_lastUpdated)/(?!eq$)", "only equality of dates is compiled yet"),
        (":missing$", "missing values are not indexed yet"),
        (":(not|text|of-type|in|not-in|above|below)", "modifiers of tokens and URIs are not compiled yet"),
        (":(exact|contains)", "modifiers of strings are not compiled yet"),
        (":identifier", "identifiers of references are not indexed yet"),
    ];

    readonly HashSet<string> _needed = new(StringComparer.Ordinal);

    /// <summary>Whether a refusal of that class is allowed.</summary>
    internal bool Allows(string label)
    {
        var line = Array.Find(Allowed, entry => Regex.IsMatch(label, entry.Class));
        if (line.Class is null)
        {
            return false;
        }

        _needed.Add(line.Class);
        return true;
    }

    internal IEnumerable<string> Unneeded => Allowed.Select(entry => entry.Class).Where(line => !_needed.Contains(line));
}
