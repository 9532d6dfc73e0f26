namespace FhirHub.Samples.Generator.Institutions;

/// <summary>The divisions of the prefecture that somebody lives or works in.</summary>
static class DivisionTable
{
    static readonly Dictionary<string, Division> Divisions =
        Table.Read("divisions.tsv").ToDictionary(row => row[0], row => new Division(row[0], row[1]));

    internal static Division Find(string code) => Divisions[code];

    /// <summary>The counties of the prefecture, where people are born and registered.</summary>
    internal static readonly string[] Counties =
        [.. Divisions.Keys.Where(code => code.Length == 6 && !code.EndsWith("00", StringComparison.Ordinal))];
}
