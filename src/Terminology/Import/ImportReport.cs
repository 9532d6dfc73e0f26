using System.Globalization;
using System.Text;

namespace FhirHub.Terminology.Import;

/// <summary>What was found in a file of codes; the first of each kind of problem with its line.</summary>
public sealed class ImportReport
{
    const int ToldMax = 10;

    readonly SortedDictionary<string, (int Count, List<string> Told)> _problems = new(StringComparer.Ordinal);
    readonly SortedDictionary<string, (int Count, List<string> Told)> _notes = new(StringComparer.Ordinal);

    public string Encoding { get; internal set; } = "";

    /// <summary>Each column's header and what it was taken for; null for one that was left out.</summary>
    public IReadOnlyList<(string Header, string? Meaning)> Columns { get; internal set; } = [];

    public int Rows { get; internal set; }

    public int Codes { get; internal set; }

    public long Bytes { get; internal set; }

    public int ProblemCount => _problems.Values.Sum(one => one.Count);

    /// <summary>Something is wrong, for which the file is refused unless such rows are to be left out.</summary>
    internal void Add(string kind, long line, string what = "") => Add(_problems, kind, line, what);

    /// <summary>Something is left out that nobody can mend.</summary>
    internal void Note(string kind, long line, string what = "") => Add(_notes, kind, line, what);

    static void Add(
        SortedDictionary<string, (int Count, List<string> Told)> kinds, string kind, long line, string what)
    {
        var (count, told) = kinds.TryGetValue(kind, out var known) ? known : (0, []);
        if (told.Count < ToldMax)
        {
            told.Add(string.Create(CultureInfo.InvariantCulture, $"line {line}{(what.Length > 0 ? ": " : "")}{what}"));
        }

        kinds[kind] = (count + 1, told);
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(
            CultureInfo.InvariantCulture, $"  {Encoding}, {Rows:N0} rows, {Codes:N0} codes, {Bytes / 1e6:0.0} MB");
        foreach (var (header, meaning) in Columns)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  column '{header}': {meaning ?? "left out"}");
        }

        foreach (var (kind, (count, told)) in _problems.Concat(_notes))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {count:N0} x {kind}");
            told.ForEach(one => text.AppendLine(CultureInfo.InvariantCulture, $"    {one}"));
        }

        return text.ToString();
    }
}
