namespace FhirHub.Samples.Generator.Institutions;

/// <summary>The divisions of the prefecture that somebody lives or works in.</summary>
static class DivisionTable
{
    static readonly Dictionary<string, Division> Divisions =
        Table.Read("divisions.tsv").ToDictionary(row => row[0], row => new Division(row[0], row[1]));

    internal static Division Find(string code) => Divisions[code];

    /// <summary>Where those who moved in were born, as far as within the prefecture.</summary>
    internal static readonly string[] OtherCounties = ["150702", "150722", "150783"];
}
