namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>Brings encoded index rows into the tables: only what differs between old and new is written.</summary>
static class IndexRows
{
    /// <summary>
    /// Makes the tables hold the new rows of a resource instead of the old; both are in order. Old ones stay for those
    /// who still look at the time before.
    /// </summary>
    /// <param name="database">The writer's connection.</param>
    /// <param name="rid">The resource.</param>
    /// <param name="old">The rows it has.</param>
    /// <param name="new">The rows it shall have.</param>
    /// <param name="seq">The first version since the tables had the old ones.</param>
    internal static void Replace(
        Database database, long rid, ReadOnlySpan<byte> old, ReadOnlySpan<byte> @new, long seq)
    {
        while (TryTakePair(ref old, ref @new, out var gone, out var come))
        {
            if (come.IsEmpty)
            {
                Bind(database, t => t.Retire, gone, rid, seq).Run();
            }
            else if (gone.IsEmpty)
            {
                Bind(database, t => t.Insert, come, rid, Since(come, rid, seq)).Run();
            }
        }
    }

    /// <summary>
    /// Makes the tables hold other rows for the version a resource is at: those that are wrong go for good, and those
    /// that are not there are put in, whatever the encoded rows say of them.
    /// </summary>
    /// <param name="database">The writer's connection.</param>
    /// <param name="rid">The resource.</param>
    /// <param name="old">The rows it has.</param>
    /// <param name="new">The rows it shall have.</param>
    /// <param name="seq">The version it is at. A row of an earlier one that ended may be the same but for that.</param>
    internal static void Renew(
        Database database, long rid, ReadOnlySpan<byte> old, ReadOnlySpan<byte> @new, long seq)
    {
        while (TryTakePair(ref old, ref @new, out var gone, out var come))
        {
            if (come.IsEmpty)
            {
                Bind(database, t => t.Delete, gone, rid, 0).Run();
            }
            else if (!Exists(database, rid, come))
            {
                Bind(database, t => t.Insert, come, rid, Since(come, rid, seq)).Run();
            }
        }
    }

    /// <summary>
    /// Takes the next row, in their order, off those that have it: empty is the one of the side that has not.
    /// </summary>
    static bool TryTakePair(
        scoped ref ReadOnlySpan<byte> old, scoped ref ReadOnlySpan<byte> @new,
        out ReadOnlySpan<byte> oldRow, out ReadOnlySpan<byte> newRow)
    {
        oldRow = RowDecoder.FirstRow(old);
        newRow = RowDecoder.FirstRow(@new);
        var order = oldRow.IsEmpty ? 1 : newRow.IsEmpty ? -1 : oldRow.SequenceCompareTo(newRow);
        oldRow = order <= 0 ? oldRow : default;
        newRow = order >= 0 ? newRow : default;
        old = old[oldRow.Length..];
        @new = @new[newRow.Length..];
        return !oldRow.IsEmpty || !newRow.IsEmpty;
    }

    static bool Exists(Database database, long rid, ReadOnlySpan<byte> row)
    {
        using var exists = Bind(database, t => t.Exists, row, rid, null);
        return exists.Step();
    }

    /// <summary>Removes those of the rows that ended with a version; those that hold for zero.</summary>
    internal static void Delete(Database database, long rid, ReadOnlySpan<byte> rows, long until)
    {
        while (!rows.IsEmpty)
        {
            Bind(database, t => t.Delete, RowDecoder.TakeRow(ref rows), rid, until).Run();
        }
    }

    /// <summary>Whether two sets of encoded rows are the same but for those of some parameters.</summary>
    internal static bool AreSame(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other, HashSet<long> but)
    {
        if (but.Count == 0)
        {
            return one.SequenceEqual(other);
        }

        while (true)
        {
            var oneRow = NextBut(ref one, but);
            var otherRow = NextBut(ref other, but);
            if (oneRow.IsEmpty || !oneRow.SequenceEqual(otherRow))
            {
                return oneRow.IsEmpty && otherRow.IsEmpty;
            }
        }
    }

    /// <summary>Takes off the first of the rows that is of no such parameter.</summary>
    static ReadOnlySpan<byte> NextBut(ref ReadOnlySpan<byte> rows, HashSet<long> but)
    {
        while (!rows.IsEmpty)
        {
            var row = RowDecoder.TakeRow(ref rows);
            var own = row;
            _ = RowDecoder.TryTakePlace(ref own, out _);
            if (RowDecoder.ParameterOf(own) is not { } parameter || !but.Contains(parameter))
            {
                return row;
            }
        }

        return default;
    }

    /// <summary>The rows that a table lacks, and how many there are of each table.</summary>
    internal static int CountMissing(Database database, long rid, ReadOnlySpan<byte> rows, long[] counts)
    {
        var missing = 0;
        while (!rows.IsEmpty)
        {
            var row = RowDecoder.TakeRow(ref rows);
            var own = row;
            _ = RowDecoder.TryTakePlace(ref own, out _);
            counts[own[0]]++;
            missing += Exists(database, rid, row) ? 0 : 1;
        }

        return missing;
    }

    /// <summary>
    /// From when on a row holds. The first version of a resource has its number, and everything of it holds from the
    /// beginning; of a contained one the number tells no time.
    /// </summary>
    static long Since(ReadOnlySpan<byte> row, long rid, long seq) =>
        seq == rid && row[0] != IndexTable.Contained ? 0 : seq;

    static Statement Bind(
        Database database, Func<IndexTable, string> sql, ReadOnlySpan<byte> row, long rid, long? seq)
    {
        if (RowDecoder.TryTakePlace(ref row, out var place))
        {
            rid = SqlContained.Rid(rid, place);
        }

        var statement = database.Constant(sql(IndexTable.All[row[0]]));
        var columns = IndexTable.All[row[0]].Columns;
        var rest = row[1..];
        for (var i = 0; i < columns.Length; i++)
        {
            _ = columns[i][0] switch
            {
                'I' => statement.Bind(i + 1, RowDecoder.TakeInteger(ref rest)),
                'R' => statement.Bind(i + 1, RowDecoder.TakeReal(ref rest)),
                _ => statement.BindText(i + 1, RowDecoder.TakeText(ref rest)),
            };
        }

        statement.Bind(columns.Length + 1, rid);
        return seq is { } version ? statement.Bind(columns.Length + 2, version) : statement;
    }
}
