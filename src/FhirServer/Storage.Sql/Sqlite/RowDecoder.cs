using System.Buffers.Binary;

namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>
/// Reads what <see cref="RowEncoder"/> wrote, without a copy. What takes something moves on behind it.
/// </summary>
static class RowDecoder
{
    /// <summary>The first of the rows; empty when there is none.</summary>
    internal static ReadOnlySpan<byte> FirstRow(ReadOnlySpan<byte> rows)
    {
        if (rows.IsEmpty)
        {
            return rows;
        }

        var rest = rows;
        _ = TryTakePlace(ref rest, out _);
        var columns = IndexTable.All[rest[0]].Columns;
        rest = rest[1..];
        foreach (var column in columns)
        {
            Skip(column, ref rest);
        }

        return rows[..^rest.Length];
    }

    internal static ReadOnlySpan<byte> TakeRow(scoped ref ReadOnlySpan<byte> rows)
    {
        var row = FirstRow(rows);
        rows = rows[row.Length..];
        return row;
    }

    /// <summary>Takes the place of a contained resource off its row; false where the row is of none.</summary>
    internal static bool TryTakePlace(ref ReadOnlySpan<byte> row, out long place)
    {
        place = 0;
        if (row.IsEmpty || row[0] != IndexTable.Contained)
        {
            return false;
        }

        row = row[1..];
        place = TakeInteger(ref row);
        return true;
    }

    /// <summary>
    /// The parameter that a row is of; null for a row of none, and for one of a contained resource, before its place is
    /// taken off.
    /// </summary>
    internal static long? ParameterOf(ReadOnlySpan<byte> row)
    {
        if (row[0] is IndexTable.Compartment or IndexTable.Live or IndexTable.Contained)
        {
            return null;
        }

        row = row[1..];
        return TakeInteger(ref row);
    }

    /// <summary>The element that a row is about; zero in tables that do not say.</summary>
    internal static long ItemOf(ReadOnlySpan<byte> row)
    {
        var columns = IndexTable.All[row[0]].Columns;
        if (columns[^1] != "Iitem")
        {
            return 0;
        }

        row = row[1..];
        foreach (var column in columns.AsSpan(..^1))
        {
            Skip(column, ref row);
        }

        return TakeInteger(ref row);
    }

    /// <summary>Moves on behind the value of a column.</summary>
    internal static void Skip(string column, ref ReadOnlySpan<byte> row)
    {
        if (column[0] == 'R')
        {
            row = row[sizeof(double)..];
            return;
        }

        var value = TakeInteger(ref row);
        row = row[(column[0] == 'T' ? (int)value : 0)..];
    }

    internal static long TakeInteger(ref ReadOnlySpan<byte> row)
    {
        ulong rest = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = row[0];
            row = row[1..];
            rest |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return (long)(rest >> 1) ^ -(long)(rest & 1);
            }
        }
    }

    internal static double TakeReal(ref ReadOnlySpan<byte> row)
    {
        var value = BinaryPrimitives.ReadDoubleBigEndian(row);
        row = row[sizeof(double)..];
        return value;
    }

    internal static ReadOnlySpan<byte> TakeText(scoped ref ReadOnlySpan<byte> row)
    {
        var length = (int)TakeInteger(ref row);
        var text = row[..length];
        row = row[length..];
        return text;
    }
}
