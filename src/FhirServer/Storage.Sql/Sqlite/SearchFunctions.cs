using System.Buffers.Binary;
using System.Text;
using SQLitePCL;

namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>
/// Functions the search adds to SQL. Most read a resource's encoded index rows, which tell what it has without a look
/// at any other table.
/// </summary>
static class SearchFunctions
{
    const double EarthKilometres = 6371.0088; // the mean radius

    internal static void Register(sqlite3 database)
    {
        Add(database, "has_parameter", 5, HasParameter);
        Add(database, "has_element", 6, HasElement);
        Add(database, "has_system", 4, HasSystem);
        Add(database, "has_other_token", 5, HasOtherToken);
        Add(database, "has_token_in", 4, HasTokenIn);
        Add(database, "sort_key", 5, SortKey);
        Add(database, "distance", 4, Distance);
        Add(database, "contained_rows", 2, Contained);
        Add(database, "has_words", 3, HasWords);
    }

    static void Add(sqlite3 database, string name, int arguments, delegate_function_scalar function) =>
        _ = raw.sqlite3_create_function(
            database, name, arguments, raw.SQLITE_UTF8 | raw.SQLITE_DETERMINISTIC, null, function);

    /// <summary>
    /// <c>has_parameter(rows, one, two, three, items)</c>: whether any row is of one of those parameters.
    /// </summary>
    static void HasParameter(sqlite3_context context, object data, sqlite3_value[] arguments)
    {
        var (one, two, three) = (Integer(arguments[1]), Integer(arguments[2]), Integer(arguments[3]));
        var items = Integer(arguments[4]);
        for (var rows = raw.sqlite3_value_blob(arguments[0]); !rows.IsEmpty;)
        {
            var row = IndexRows.Next(rows);
            rows = rows[row.Length..];
            if (row[0] is IndexTable.Compartment or IndexTable.Live or IndexTable.Contained)
            {
                continue;
            }

            var rest = row[1..];
            if (RowEncoder.ReadInteger(ref rest) is var parameter
                && (parameter == one || parameter == two || parameter == three) && IsOf(row, items))
            {
                raw.sqlite3_result_int(context, 1);
                return;
            }
        }

        raw.sqlite3_result_int(context, 0);
    }

    /// <summary>
    /// <c>has_element(rows, one, text of one, other, text of other, items)</c>: whether some element has a value of the
    /// one parameter and of the other.
    /// </summary>
    static void HasElement(sqlite3_context context, object data, sqlite3_value[] arguments)
    {
        var items = Integer(arguments[5]);
        var (ones, others) = (new HashSet<long>(), new HashSet<long>());
        for (var rows = raw.sqlite3_value_blob(arguments[0]); !rows.IsEmpty;)
        {
            var row = IndexRows.Next(rows);
            rows = rows[row.Length..];
            if (row[0] is IndexTable.Compartment or IndexTable.Live or IndexTable.Contained)
            {
                continue;
            }

            var rest = row[1..];
            var parameter = RowEncoder.ReadInteger(ref rest);
            var found = parameter == Integer(arguments[1]) || parameter == Integer(arguments[2]) ? ones
                : parameter == Integer(arguments[3]) || parameter == Integer(arguments[4]) ? others
                : null;
            if (found is not null && IsOf(row, items))
            {
                found.Add(IndexTable.ItemOf(row));
            }
        }

        raw.sqlite3_result_int(context, ones.Overlaps(others) ? 1 : 0);
    }

    static bool IsOf(ReadOnlySpan<byte> row, long items) =>
        items == ParameterRows.AllItems || ParameterRows.Has(items, IndexTable.ItemOf(row));

    /// <summary><c>contained_rows(rows, rid)</c>: those of one contained resource among all of its container.</summary>
    static void Contained(sqlite3_context context, object data, sqlite3_value[] arguments) =>
        raw.sqlite3_result_blob(
            context, ContainedRows.Of(raw.sqlite3_value_blob(arguments[0]), Integer(arguments[1])));

    /// <summary>
    /// <c>has_system(rows, parameter, system, items)</c>: whether a token of the parameter has the system.
    /// </summary>
    static void HasSystem(sqlite3_context context, object data, sqlite3_value[] arguments)
    {
        var (wanted, system) = (Integer(arguments[1]), Integer(arguments[2]));
        for (var rows = raw.sqlite3_value_blob(arguments[0]); !rows.IsEmpty;)
        {
            var row = IndexRows.Next(rows);
            rows = rows[row.Length..];
            if (row[0] != IndexTable.Token)
            {
                continue;
            }

            var rest = row[1..];
            if (RowEncoder.ReadInteger(ref rest) == wanted)
            {
                rest = rest[(int)RowEncoder.ReadInteger(ref rest)..];
                if (RowEncoder.ReadInteger(ref rest) == system && IsOf(row, Integer(arguments[3])))
                {
                    raw.sqlite3_result_int(context, 1);
                    return;
                }
            }
        }

        raw.sqlite3_result_int(context, 0);
    }

    /// <summary>
    /// <c>has_other_token(rows, parameter, items, code, system)</c>: whether a token of the parameter has another code
    /// or another system; null for a code or system that may be any.
    /// </summary>
    static void HasOtherToken(sqlite3_context context, object data, sqlite3_value[] arguments)
    {
        var wanted = Integer(arguments[1]);
        var isOfAnyCode = raw.sqlite3_value_type(arguments[3]) == raw.SQLITE_NULL;
        var isOfAnySystem = raw.sqlite3_value_type(arguments[4]) == raw.SQLITE_NULL;
        var code = isOfAnyCode ? [] : Encoding.UTF8.GetBytes(raw.sqlite3_value_text(arguments[3]).utf8_to_string());
        var system = Integer(arguments[4]);
        for (var rows = raw.sqlite3_value_blob(arguments[0]); !rows.IsEmpty;)
        {
            var row = IndexRows.Next(rows);
            rows = rows[row.Length..];
            if (row[0] != IndexTable.Token)
            {
                continue;
            }

            var rest = row[1..];
            if (RowEncoder.ReadInteger(ref rest) == wanted && IsOf(row, Integer(arguments[2])))
            {
                var own = Text(ref rest);
                if ((!isOfAnyCode && !own.SequenceEqual(code))
                    || (!isOfAnySystem && RowEncoder.ReadInteger(ref rest) != system))
                {
                    raw.sqlite3_result_int(context, 1);
                    return;
                }
            }
        }

        raw.sqlite3_result_int(context, 0);
    }

    /// <summary>
    /// <c>has_token_in(rows, parameter, items, set)</c>: whether a token of the parameter is in a sorted set.
    /// </summary>
    static void HasTokenIn(sqlite3_context context, object data, sqlite3_value[] arguments)
    {
        var wanted = Integer(arguments[1]);
        for (var rows = raw.sqlite3_value_blob(arguments[0]); !rows.IsEmpty;)
        {
            var row = IndexRows.Next(rows);
            rows = rows[row.Length..];
            if (row[0] != IndexTable.Token)
            {
                continue;
            }

            var rest = row[1..];
            if (RowEncoder.ReadInteger(ref rest) == wanted && IsOf(row, Integer(arguments[2])))
            {
                var code = Text(ref rest);
                if (TokenSet.Has(raw.sqlite3_value_blob(arguments[3]), code, RowEncoder.ReadInteger(ref rest)))
                {
                    raw.sqlite3_result_int(context, 1);
                    return;
                }
            }
        }

        raw.sqlite3_result_int(context, 0);
    }

    /// <summary>
    /// <c>sort_key(rows, table, parameter, descending, items)</c>: of the parameter's values the one that comes first
    /// in the order, null when there is none.
    /// </summary>
    static void SortKey(sqlite3_context context, object data, sqlite3_value[] arguments)
    {
        var table = (byte)Integer(arguments[1]);
        var (wanted, isDescending) = (Integer(arguments[2]), Integer(arguments[3]) != 0);
        ReadOnlySpan<byte> best = default;
        for (var rows = raw.sqlite3_value_blob(arguments[0]); !rows.IsEmpty;)
        {
            var row = IndexRows.Next(rows);
            rows = rows[row.Length..];
            var rest = row[1..];
            if (row[0] == table && RowEncoder.ReadInteger(ref rest) == wanted && IsOf(row, Integer(arguments[4]))
                && (table != IndexTable.String || !IsDerived(rest))
                && (best.IsEmpty || IsBefore(table, rest, best, isDescending)))
            {
                best = rest;
            }
        }

        if (best.IsEmpty)
        {
            raw.sqlite3_result_null(context);
        }
        else if (table == IndexTable.Date)
        {
            raw.sqlite3_result_int64(context, RowEncoder.ReadInteger(ref best));
        }
        else if (table is IndexTable.Number or IndexTable.Quantity)
        {
            raw.sqlite3_result_double(context, Amount(best).Low);
        }
        else
        {
            raw.sqlite3_result_text(context, Text(best));
        }
    }

    /// <summary><c>distance(latitude, longitude, latitude, longitude)</c> in kilometres along the globe.</summary>
    static void Distance(sqlite3_context context, object data, sqlite3_value[] arguments)
    {
        var (north, east) = (Radians(arguments[0]), Radians(arguments[1]));
        var (otherNorth, otherEast) = (Radians(arguments[2]), Radians(arguments[3]));
        var up = Math.Sin((otherNorth - north) / 2);
        var across = Math.Sin((otherEast - east) / 2);
        var chord = (up * up) + (Math.Cos(north) * Math.Cos(otherNorth) * across * across);
        raw.sqlite3_result_double(context, 2 * EarthKilometres * Math.Asin(Math.Min(1, Math.Sqrt(chord))));
    }

    /// <summary><c>has_words(content, narrative, expression)</c>: whether words not indexed yet fulfil it.</summary>
    static void HasWords(sqlite3_context context, object data, sqlite3_value[] arguments) =>
        raw.sqlite3_result_int(context, FullTextMatch.Is(
            raw.sqlite3_value_blob(arguments[2]),
            raw.sqlite3_value_blob(arguments[0]),
            raw.sqlite3_value_blob(arguments[1])) ? 1 : 0);

    /// <summary>Whether a string was put together for searches; an order goes by what stands in the resource.</summary>
    static bool IsDerived(ReadOnlySpan<byte> row)
    {
        var length = (int)RowEncoder.ReadInteger(ref row);
        row = row[length..];
        return Text(row).SequenceEqual(IndexRowMaker.NotWritten);
    }

    /// <summary>Whether a resource is sorted by that row and not by another.</summary>
    static bool IsBefore(byte table, ReadOnlySpan<byte> row, ReadOnlySpan<byte> other, bool isDescending)
    {
        // An amount in base units stands for the same amount as stated: it is the one that can be compared.
        if (table == IndexTable.Quantity && (Amount(row).Form / 2, Amount(other).Form / 2) is var (form, others)
            && form != others)
        {
            return form > others;
        }

        return (Compare(table, row, other) < 0) != isDescending;
    }

    /// <summary>The order of two rows' values, which stand first behind the parameter.</summary>
    static int Compare(byte table, ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        switch (table)
        {
            case IndexTable.Date:
                return RowEncoder.ReadInteger(ref left).CompareTo(RowEncoder.ReadInteger(ref right));
            case IndexTable.Number or IndexTable.Quantity:
                return Amount(left).Low.CompareTo(Amount(right).Low);
            default:
                return Text(left).SequenceCompareTo(Text(right));
        }
    }

    static (long Form, double Low) Amount(ReadOnlySpan<byte> row)
    {
        var form = RowEncoder.ReadInteger(ref row);
        return (form, BinaryPrimitives.ReadDoubleBigEndian(row));
    }

    static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> row)
    {
        var length = (int)RowEncoder.ReadInteger(ref row);
        return row[..length];
    }

    static ReadOnlySpan<byte> Text(ref ReadOnlySpan<byte> rest)
    {
        var length = (int)RowEncoder.ReadInteger(ref rest);
        var text = rest[..length];
        rest = rest[length..];
        return text;
    }

    static long Integer(sqlite3_value value) => raw.sqlite3_value_int64(value);

    static double Radians(sqlite3_value value) => raw.sqlite3_value_double(value) * Math.PI / 180;
}
