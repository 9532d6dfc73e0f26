using System.Diagnostics;

namespace FhirHub.Fhir.Ucum;

/// <summary>The prefixes and unit atoms of UCUM, from the embedded ucum-units.tsv.</summary>
sealed class UcumTable
{
    const int PrefixLengthMax = 2;

    readonly Dictionary<string, Rational> _prefixes = new(StringComparer.Ordinal);
    readonly Dictionary<string, UcumAtom> _atoms = new(StringComparer.Ordinal);

    UcumTable(TextReader rows)
    {
        while (rows.ReadLine() is { } row)
        {
            if (row.Length == 0 || row[0] == '#')
                continue;
            var cells = row.Split('\t');
            if (cells[1] == "prefix")
                _prefixes.Add(cells[0], Rational.Parse(cells[3]));
            else
                _atoms.Add(cells[0], new(this, cells));
        }
    }

    internal static UcumTable Shared { get; } = Load();

    internal IReadOnlyCollection<UcumAtom> Atoms => _atoms.Values;

    internal IReadOnlyDictionary<string, Rational> Prefixes => _prefixes;

    /// <summary>Resolves an atom, or a prefix and a metric atom.</summary>
    internal bool TryResolve(string symbol, out UcumMeasure measure, out string complaint)
    {
        (measure, complaint) = (UcumMeasure.Number(Rational.One), "");
        if (_atoms.TryGetValue(symbol, out var atom))
        {
            measure = atom.Measure;
            return true;
        }
        for (var length = 1; length <= PrefixLengthMax && length < symbol.Length; length++)
        {
            if (!_prefixes.TryGetValue(symbol[..length], out var prefix)
                || !_atoms.TryGetValue(symbol[length..], out atom))
                continue;
            if (atom.IsMetric)
            {
                measure = atom.Measure.Prefixed(prefix);
                return true;
            }
            complaint = $"the unit '{atom.Code}' is not metric and cannot take the prefix '{symbol[..length]}'";
        }
        if (complaint.Length == 0)
            complaint = $"'{symbol}' is not a unit of UCUM";
        return false;
    }

    static UcumTable Load()
    {
        using var rows = typeof(UcumTable).Assembly.GetManifestResourceStream("ucum-units.tsv")
            ?? throw new UnreachableException("ucum-units.tsv is not embedded.");
        using var reader = new StreamReader(rows);
        return new(reader);
    }
}
