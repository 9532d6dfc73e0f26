namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>A table of the index, and which of its rows are of no resource any more.</summary>
/// <param name="Name">The table, which the conditions call t.</param>
/// <param name="Key">What tells its rows apart, each with I (integer), R (real) or T (text) before its name.</param>
/// <param name="IsOrphan">That a row is of no resource.</param>
/// <param name="Stretch">How many more values of the first of the key are looked through at once.</param>
sealed record OrphanTable(string Name, string[] Key, string IsOrphan, long Stretch)
{
    const string Now = "9223372036854775807";

    /// <summary>
    /// The encoded rows first: the rows of a table are those of a resource as long as these are there. Where a resource
    /// is, its first version tells at once; all types are asked where that version was expunged.
    /// </summary>
    internal static IReadOnlyList<OrphanTable> All { get; } =
    [
        new(
            "resource_rows",
            ["Irid", "Iuntil"],
            "NOT EXISTS (SELECT 1 FROM version v CROSS JOIN resource r INDEXED BY resource_rid WHERE v.seq = t.rid "
                + $"AND r.scope = v.scope AND r.rid = t.rid AND (r.deleted = 0 OR t.until < {Now})) "
                + "AND NOT EXISTS (SELECT 1 FROM scope s CROSS JOIN resource r INDEXED BY resource_rid "
                + $"WHERE r.scope = s.id AND r.rid = t.rid AND (r.deleted = 0 OR t.until < {Now}))",
            100_000),
        .. IndexTable.All.Select(table => new OrphanTable(
            table.Name,
            [.. table.Columns, "Irid", "Isince"],
            $"NOT EXISTS (SELECT 1 FROM resource_rows x "
                + $"WHERE x.rid = iif(t.rid < 0, {SqlContained.Container("t.rid")}, t.rid) "
                + $"AND x.until = iif(t.until = 0, {Now}, t.until))",
            0)),
    ];

    /// <summary>The next value of the first of the key behind another.</summary>
    internal string Next { get; } = $"SELECT min({Key[0][1..]}) FROM {Name} WHERE {Key[0][1..]} > ?";

    internal string Find { get; } = $"SELECT {string.Join(", ", Key.Select(column => "t." + column[1..]))} FROM {Name} t "
        + $"WHERE t.{Key[0][1..]} > ? AND t.{Key[0][1..]} <= ? AND {IsOrphan} LIMIT ?";

    /// <summary>Removes a row if it still is of no resource.</summary>
    internal string Delete { get; } = $"DELETE FROM {Name} AS t "
        + $"WHERE {string.Join(" AND ", Key.Select(column => $"t.{column[1..]} = ?"))} AND {IsOrphan} RETURNING 1";
}
