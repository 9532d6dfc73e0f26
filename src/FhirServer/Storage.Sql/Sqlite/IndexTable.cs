namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>
/// The tables of index rows. A row of each is written as its number and its columns' values; that encoding is what
/// resource_rows keeps, and what is bound to the statements that insert and delete it.
/// </summary>
/// <param name="Name">The table.</param>
/// <param name="Columns">Its columns but rid, each with I (integer), R (real) or T (text) before its name.</param>
sealed record IndexTable(string Name, params string[] Columns)
{
    /// <summary>The order is part of the stored encoding: new ones go to the end.</summary>
    internal static IReadOnlyList<IndexTable> All { get; } =
    [
        new("compartment", "Itype", "Tid", "Iscope"),
        new("token", "Iparam", "Tcode", "Isystem", "Iitem"),
        new("identifier_type", "Iparam", "Tvalue", "Isystem", "Tcode"),
        new("string", "Iparam", "Tfolded", "Ttext", "Iitem"),
        new("date", "Iparam", "Ilow", "Ihigh", "Iitem"),
        new("number", "Iparam", "Iform", "Rlow", "Rhigh", "Iitem"),
        new("quantity", "Iparam", "Iform", "Rlow", "Rhigh", "Isystem", "Tunit", "Iitem"),
        new("reference", "Iparam", "Tid", "Itype", "Tversion", "Iitem"),
        new("uri", "Iparam", "Turl", "Tversion", "Iitem"),
        new("geo", "Iparam", "Rlatitude", "Rlongitude"),
        new("live", "Iscope"),
    ];

    internal const byte Compartment = 0;
    internal const byte Token = 1;
    internal const byte IdentifierType = 2;
    internal const byte String = 3;
    internal const byte Date = 4;
    internal const byte Number = 5;
    internal const byte Quantity = 6;
    internal const byte Reference = 7;
    internal const byte Uri = 8;
    internal const byte Geo = 9;
    internal const byte Live = 10;

    /// <summary>
    /// No table: behind it stand the place of a contained resource and one of its rows, which is under that resource's
    /// own number.
    /// </summary>
    internal const byte Contained = 11;

    /// <summary>Adds a row that holds from a version on.</summary>
    internal string Insert { get; } =
        $"INSERT INTO {Name} ({string.Join(", ", Columns.Select(c => c[1..]))}, rid, since) "
        + $"VALUES ({string.Join(", ", Columns.Select(_ => "?"))}, ?, ?)";

    /// <summary>Says of the row that holds from which version on it does not.</summary>
    internal string Retire { get; } =
        $"UPDATE {Name} SET until = ?{Columns.Length + 2} WHERE {Match(Columns)} AND until = 0";

    /// <summary>Removes the row that ended with a version; the one that holds for zero.</summary>
    internal string Delete { get; } = $"DELETE FROM {Name} WHERE {Match(Columns)} AND until = ?{Columns.Length + 2}";

    internal string Exists { get; } = $"SELECT 1 FROM {Name} WHERE {Match(Columns)} AND until = 0";

    static string Match(string[] columns) =>
        string.Join(" AND ", columns.Select((c, i) => $"{c[1..]} = ?{i + 1}").Append($"rid = ?{columns.Length + 1}"));
}
