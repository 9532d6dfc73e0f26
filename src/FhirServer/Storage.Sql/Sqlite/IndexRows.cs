using System.Buffers.Binary;

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
    /// <param name="seq">The version that brings them; zero for rows that replace the others for good.</param>
    /// <param name="fullText">The indexes of their texts.</param>
    internal static void Replace(
        Database database, long rid, ReadOnlySpan<byte> old, ReadOnlySpan<byte> @new, long seq, FullText fullText)
    {
        while (!old.IsEmpty || !@new.IsEmpty)
        {
            var oldRow = Next(old);
            var newRow = Next(@new);
            var order = oldRow.IsEmpty ? 1 : newRow.IsEmpty ? -1 : oldRow.SequenceCompareTo(newRow);
            if (order < 0)
            {
                if (seq == 0)
                {
                    Delete(database, rid, oldRow, 0, fullText);
                }
                else
                {
                    Bind(database, IndexTable.All[oldRow[0]].Retire, oldRow, rid, seq).Run();
                }
            }
            else if (order > 0)
            {
                // The first version of a resource has its number, and everything of it holds from the beginning.
                var since = seq == rid ? 0 : seq;
                if (newRow[0] == IndexTable.Text)
                {
                    fullText.AddText(newRow, rid, since);
                }
                else
                {
                    Bind(database, IndexTable.All[newRow[0]].Insert, newRow, rid, since).Run();
                    if (newRow[0] == IndexTable.String)
                    {
                        fullText.AddString(newRow);
                    }
                }
            }

            old = old[(order <= 0 ? oldRow.Length : 0)..];
            @new = @new[(order >= 0 ? newRow.Length : 0)..];
        }
    }

    /// <summary>Removes those of the rows that ended with a version; those that hold for zero.</summary>
    internal static void Delete(
        Database database, long rid, ReadOnlySpan<byte> rows, long until, FullText fullText)
    {
        while (!rows.IsEmpty)
        {
            var row = Next(rows);
            if (row[0] == IndexTable.Text)
            {
                fullText.RemoveText(row, rid, until);
            }
            else
            {
                Bind(database, IndexTable.All[row[0]].Delete, row, rid, until).Run();
                if (row[0] == IndexTable.String)
                {
                    fullText.RemoveString(row);
                }
            }

            rows = rows[row.Length..];
        }
    }

    /// <summary>The rows that a table lacks, and how many there are of each table.</summary>
    internal static int CountMissing(Database database, long rid, ReadOnlySpan<byte> rows, long[] counts)
    {
        var missing = 0;
        while (!rows.IsEmpty)
        {
            var row = Next(rows);
            counts[row[0]]++;
            using var exists = Bind(database, IndexTable.All[row[0]].Exists, row, rid, null);
            missing += exists.Step() ? 0 : 1;
            rows = rows[row.Length..];
        }

        return missing;
    }

    static Statement Bind(Database database, string sql, ReadOnlySpan<byte> row, long rid, long? seq)
    {
        var statement = database.Constant(sql);
        var columns = IndexTable.All[row[0]].Columns;
        var rest = row[1..];
        for (var i = 0; i < columns.Length; i++)
        {
            switch (columns[i][0])
            {
                case 'I':
                    statement.Bind(i + 1, RowEncoder.ReadInteger(ref rest));
                    break;
                case 'R':
                    statement.Bind(i + 1, BinaryPrimitives.ReadDoubleBigEndian(rest));
                    rest = rest[8..];
                    break;
                default:
                    var length = (int)RowEncoder.ReadInteger(ref rest);
                    statement.BindText(i + 1, rest[..length]);
                    rest = rest[length..];
                    break;
            }
        }

        statement.Bind(columns.Length + 1, rid);
        return seq is { } version ? statement.Bind(columns.Length + 2, version) : statement;
    }

    /// <summary>The first of the rows.</summary>
    internal static ReadOnlySpan<byte> Next(ReadOnlySpan<byte> rows)
    {
        if (rows.IsEmpty)
        {
            return rows;
        }

        var rest = rows[1..];
        foreach (var column in IndexTable.All[rows[0]].Columns)
        {
            if (column[0] == 'R')
            {
                rest = rest[8..];
                continue;
            }

            var value = RowEncoder.ReadInteger(ref rest);
            rest = rest[(column[0] == 'T' ? (int)value : 0)..];
        }

        return rows[..(rows.Length - rest.Length)];
    }
}
