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
        ("^_filter token/(in|ni|ss|sb)", "what value sets hold has tests of its own"),
        ("(token|_tag|_security):(in|not-in|above|below)", "what value sets hold has tests of its own"),
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
