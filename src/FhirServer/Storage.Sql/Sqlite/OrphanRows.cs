namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>
/// Index rows of no resource, which only damage can leave behind: no walk through resources comes by them, and a search
/// would stumble over them. A reader finds them a few values of a table at a time, so that the writer, who removes
/// them, waits for nothing; the place is kept in the walk, behind its last scope.
/// </summary>
static class OrphanRows
{
    const int FirstPlace = int.MaxValue - 64;
    const int ValuesMax = 64;
    const int FoundMax = 8_192;

    /// <summary>Whether they are looked for at the end of a walk: who asks for everything means these, too.</summary>
    internal static bool AreFor(IndexWalk walk) => walk is { Reason: IndexWalkReason.Asked, Types.Count: 0 };

    /// <summary>The next of them, and the walk behind them; null when the last table was looked through.</summary>
    internal static (List<OrphanRow> Rows, IndexWalk After)? Next(Database database, IndexWalk walk)
    {
        var (place, behind) = walk.Scope < FirstPlace ? (0, long.MinValue) : (walk.Scope - FirstPlace, walk.Rid);
        if (place >= OrphanTable.All.Count)
        {
            return null;
        }

        var rows = new List<OrphanRow>();
        for (var i = 0; i < ValuesMax && place < OrphanTable.All.Count && rows.Count < FoundMax; i++)
        {
            var table = OrphanTable.All[place];
            if (NextValue(database, table, behind) is not { } value)
            {
                (place, behind) = (place + 1, long.MinValue);
                if (rows.Count > 0)
                {
                    break; // they are to be gone before the next table is looked through, which depends on it
                }

                continue;
            }

            Find(database, table, behind, value, rows);
            // With as many as that there may be more of the same value: these are gone the next time.
            behind = rows.Count < FoundMax ? value : behind;
        }

        return (rows, walk with { Scope = FirstPlace + place, Rid = behind });
    }

    /// <summary>Removes those that are still of no resource, and says how many.</summary>
    internal static int Remove(Database database, IEnumerable<OrphanRow> rows)
    {
        var count = 0;
        foreach (var row in rows)
        {
            using var delete = Bound(database.Constant(row.Table.Delete), row.Key);
            count += delete.Step() ? 1 : 0;
        }

        return count;
    }

    static long? NextValue(Database database, OrphanTable table, long behind)
    {
        using var next = database.Constant(table.Next).Bind(1, behind);
        return next.Step() && !next.IsNull(0) ? next.Long(0) + table.Stretch : null;
    }

    static void Find(Database database, OrphanTable table, long behind, long value, List<OrphanRow> rows)
    {
        using var find = database.Constant(table.Find)
            .Bind(1, behind).Bind(2, value).Bind(3, FoundMax - rows.Count);
        while (find.Step())
        {
            var key = new SqlValue[table.Key.Length];
            for (var i = 0; i < key.Length; i++)
            {
                key[i] = table.Key[i][0] switch
                {
                    'I' => find.Long(i),
                    'R' => find.Double(i),
                    _ => find.Text(i),
                };
            }

            rows.Add(new OrphanRow(table, key));
        }
    }

    static Statement Bound(Statement statement, SqlValue[] key)
    {
        for (var i = 0; i < key.Length; i++)
        {
            _ = key[i] switch
            {
                { Text: { } text } => statement.Bind(i + 1, text),
                { Real: { } real } => statement.Bind(i + 1, real),
                var value => statement.Bind(i + 1, value.Integer),
            };
        }

        return statement;
    }
}

/// <summary>An index row of no resource.</summary>
sealed record OrphanRow(OrphanTable Table, SqlValue[] Key);
