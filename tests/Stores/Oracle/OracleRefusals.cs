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
        ("^_filter ", "filters come last, they need everything else"),
        ("mime:below", "what lies below text/xml is not asked of MIME types yet"),
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

    internal IEnumerable<string> Unneeded =>
        Allowed.Select(entry => entry.Class).Where(line => !_needed.Contains(line));
}
