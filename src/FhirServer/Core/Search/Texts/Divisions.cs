namespace FhirHub.Core.Search;

/// <summary>The administrative divisions of China (GB/T 2260), from the embedded divisions.tsv.</summary>
public sealed class Divisions
{
    static readonly List<Division> None = [];

    const int OtherName = 3;

    readonly Dictionary<string, Division> _byCode = new(StringComparer.Ordinal);
    readonly Dictionary<string, List<Division>> _byName = new(StringComparer.Ordinal);
    readonly Dictionary<string, List<Division>> _byShortName = new(StringComparer.Ordinal);
    readonly Dictionary<char, int> _longest = [];

    Divisions(IEnumerable<string[]> rows)
    {
        foreach (var row in rows)
        {
            var division = new Division(row[0], row[1], row[2].Length == 0 ? null : _byCode[row[2]]);
            _byCode.Add(division.Code, division);
            Add(_byName, division.FoldedName, division);
            if (row.Length > OtherName)
                Add(_byName, SearchText.Fold(row[OtherName]), division);
            if (division.ShortName == division.FoldedName)
                continue;
            Add(_byShortName, division.ShortName, division);

            // 鄂伦春自治旗 is also called 鄂伦春旗.
            if (division.FoldedName.Contains("自治", StringComparison.Ordinal))
                Add(_byName, division.ShortName + division.FoldedName[^1], division);
        }

        foreach (var name in _byName.Keys.Concat(_byShortName.Keys))
            _longest[name[0]] = Math.Max(_longest.GetValueOrDefault(name[0]), name.Length);
    }

    public static Divisions Shared { get; } = new(TextTable.Rows("divisions.tsv"));

    /// <summary>All of them, in the order of their codes.</summary>
    public IReadOnlyCollection<Division> All => _byCode.Values;

    public Division? Find(string code) => _byCode.GetValueOrDefault(code);

    /// <summary>The length of the longest name that the text can begin with.</summary>
    internal int LongestAt(ReadOnlySpan<char> folded) =>
        folded.IsEmpty ? 0 : Math.Min(_longest.GetValueOrDefault(folded[0]), folded.Length);

    internal IReadOnlyList<Division> Named(ReadOnlySpan<char> folded) => Find(_byName, folded);

    internal IReadOnlyList<Division> NamedShort(ReadOnlySpan<char> folded) => Find(_byShortName, folded);

    static List<Division> Find(Dictionary<string, List<Division>> names, ReadOnlySpan<char> name) =>
        names.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var found) ? found : None;

    static void Add(Dictionary<string, List<Division>> names, string name, Division division)
    {
        if (!names.TryGetValue(name, out var named))
            names.Add(name, named = []);
        if (!named.Contains(division))
            named.Add(division);
    }
}
