namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>
/// The numbers of contained resources, made of their container's and their place in it. They are negative, so nothing
/// takes them for those of resources.
/// </summary>
static class ContainedRows
{
    /// <summary>Takes the place off a row; false where it is the resource's own.</summary>
    internal static bool TryTake(ref ReadOnlySpan<byte> row, out long place)
    {
        place = 0;
        if (row.IsEmpty || row[0] != IndexTable.Contained)
        {
            return false;
        }

        row = row[1..];
        place = RowEncoder.ReadInteger(ref row);
        return true;
    }

    /// <summary>The rows of one contained resource among those of its container.</summary>
    internal static byte[] Of(ReadOnlySpan<byte> rows, long rid)
    {
        var found = new List<byte>();
        while (!rows.IsEmpty)
        {
            var row = IndexRows.Next(rows);
            rows = rows[row.Length..];
            if (TryTake(ref row, out var place) && place == SqlContained.PlaceOf(rid))
            {
                found.AddRange(row);
            }
        }

        return [.. found];
    }
}
