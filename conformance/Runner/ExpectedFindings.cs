namespace FhirHub.Conformance;

/// <summary>What a publisher's files get wrong, as a file of <c>expected/</c> lists it: what, where, and why.</summary>
sealed class ExpectedFindings
{
    readonly HashSet<string> _listed;
    readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    ExpectedFindings(IEnumerable<string> listed) => _listed = [.. listed];

    /// <summary>What is listed and was not found.</summary>
    internal IEnumerable<string> Unseen => _listed.Except(_seen, StringComparer.Ordinal);

    /// <summary>Reads a list whose lines are three keys and a reason.</summary>
    internal static ExpectedFindings Read(string name) => new(
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "expected", name))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => string.Join('\t', line.Split('\t').Take(3))));

    /// <summary>Whether it is listed.</summary>
    internal bool Has(string what, string rule, string place)
    {
        var key = string.Join('\t', what, rule, place);
        lock (_seen)
        {
            _seen.Add(key);
            return _listed.Contains(key);
        }
    }

    /// <summary>A FHIRPath without its indexes: the same mistake is often made in every repetition.</summary>
    internal static string Plain(string expression)
    {
        var plain = new System.Text.StringBuilder();
        var isInside = false;
        foreach (var c in expression)
        {
            isInside = c == '[' || (isInside && c != ']');
            if (!isInside && c != ']')
            {
                plain.Append(c);
            }
        }

        return plain.ToString();
    }
}
