using System.Text;

namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>What is counted: the resources with an index row that begins with some values.</summary>
/// <param name="Start">The encoded row up to the last of the values.</param>
/// <param name="Items">Which of the rows' items count.</param>
readonly record struct CountKey(byte[] Start, long Items)
{
    /// <summary>How many columns its values are of; none of them is a real number.</summary>
    internal int Columns
    {
        get
        {
            var columns = 0;
            for (ReadOnlySpan<byte> rest = Start.AsSpan(1); !rest.IsEmpty; columns++)
            {
                RowDecoder.Skip(IndexTable.All[Start[0]].Columns[columns], ref rest);
            }

            return columns;
        }
    }

    /// <summary>Whether what counts is a token of a parameter, whatever its code.</summary>
    internal bool IsOfAnyToken => Start[0] == IndexTable.Token && Columns == 1;

    /// <summary>All resources of a type.</summary>
    internal static CountKey OfType(int scope) => Of(IndexTable.Live, [scope], ParameterRows.AllItems);

    /// <summary>Those with any token of a parameter.</summary>
    internal static CountKey OfTokens(ParameterRows rows) => Of(IndexTable.Token, [rows.Number], rows.Mask);

    /// <summary>Those that fulfil a condition; null for a condition on anything but a row's first values.</summary>
    internal static CountKey? Of(SqlLeaf leaf)
    {
        for (byte table = 0; leaf.AreFirstColumns && table < IndexTable.All.Count; table++)
        {
            if (IndexTable.All[table].Name == leaf.Table)
            {
                return Of(table, leaf.Values, leaf.Items);
            }
        }

        return null;
    }

    static CountKey Of(byte table, SqlValue[] values, long items)
    {
        var encoder = new RowEncoder().Row(table);
        foreach (var value in values)
        {
            _ = value.Text is { } text
                ? encoder.Text(Encoding.UTF8.GetBytes(text))
                : encoder.Integer(value.Integer);
        }

        encoder.End();
        return new CountKey(encoder.Take(), items);
    }

    /// <summary>
    /// The rows that hold, of resources behind one, in the order of resources: a row's resource, null where it is only
    /// one that was looked at, and how far that is.
    /// </summary>
    internal SqlText Rows(long behind) => IsOfAnyToken ? Looked(behind) : Ordered(behind);

    /// <summary>Tokens of all codes are in the order of these, so the resources are asked in theirs.</summary>
    SqlText Looked(long behind)
    {
        ReadOnlySpan<byte> rest = Start.AsSpan(1);
        var parameter = RowDecoder.TakeInteger(ref rest);
        return new SqlText().Add(
            // With another system than one that no token has.
            "SELECT CASE WHEN has_other_token(x.rows, ?, ?, NULL, ?) THEN t.rid END AS rid, t.rid AS at "
                + "FROM live t CROSS JOIN resource_rows x ON x.rid = t.rid AND x.until = ? "
                + "WHERE t.scope = (SELECT scope FROM parameter WHERE id = ?) AND t.until = 0 AND t.rid > ? "
                + "ORDER BY t.rid",
            parameter, Items, SqlLeaves.Unknown, long.MaxValue, parameter, behind);
    }

    SqlText Ordered(long behind)
    {
        var table = IndexTable.All[Start[0]];
        var sql = new SqlText()
            .Add($"SELECT rid, rid AS at FROM {table.Name} t WHERE t.until = 0 AND t.rid > ?", behind);
        ReadOnlySpan<byte> rest = Start.AsSpan(1);
        for (var i = 0; !rest.IsEmpty; i++)
        {
            SqlValue value = table.Columns[i][0] == 'T'
                ? Encoding.UTF8.GetString(RowDecoder.TakeText(ref rest))
                : RowDecoder.TakeInteger(ref rest);
            sql.Add($" AND t.{table.Columns[i][1..]} = ?", value);
        }

        return sql.Add(ParameterRows.ItemsOf(Items, "t")).Add(" ORDER BY t.rid");
    }
}
