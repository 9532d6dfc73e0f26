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
        var found = false;
        for (var rows = raw.sqlite3_value_blob(arguments[0]); !found && !rows.IsEmpty;)
        {
            var row = RowDecoder.TakeRow(ref rows);
            found = RowDecoder.ParameterOf(row) is { } parameter
                && (parameter == one || parameter == two || parameter == three) && IsOf(row, items);
        }

        Answer(context, found);
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
            var row = RowDecoder.TakeRow(ref rows);
            var parameter = RowDecoder.ParameterOf(row);
            var found = parameter == Integer(arguments[1]) || parameter == Integer(arguments[2]) ? ones
                : parameter == Integer(arguments[3]) || parameter == Integer(arguments[4]) ? others
                : null;
            if (found is not null && IsOf(row, items))
            {
                found.Add(RowDecoder.ItemOf(row));
            }
        }

        Answer(context, ones.Overlaps(others));
    }

    static bool IsOf(ReadOnlySpan<byte> row, long items) =>
        items == ParameterRows.AllItems || ParameterRows.Has(items, RowDecoder.ItemOf(row));

    /// <summary><c>contained_rows(rows, rid)</c>: those of one contained resource among all of its container.</summary>
    static void Contained(sqlite3_context context, object data, sqlite3_value[] arguments)
    {
        var wanted = SqlContained.PlaceOf(Integer(arguments[1]));
        var found = new List<byte>();
        for (var rows = raw.sqlite3_value_blob(arguments[0]); !rows.IsEmpty;)
        {
            var row = RowDecoder.TakeRow(ref rows);
            if (RowDecoder.TryTakePlace(ref row, out var place) && place == wanted)
            {
                found.AddRange(row);
            }
        }

        raw.sqlite3_result_blob(context, [.. found]);
    }

    /// <summary>
    /// <c>has_system(rows, parameter, system, items)</c>: whether a token of the parameter has the system.
    /// </summary>
    static void HasSystem(sqlite3_context context, object data, sqlite3_value[] arguments)
    {
        var (wanted, system, items) = (Integer(arguments[1]), Integer(arguments[2]), Integer(arguments[3]));
        var rows = raw.sqlite3_value_blob(arguments[0]);
        var found = false;
        while (!found && TryTakeToken(ref rows, wanted, items, out _, out var own))
        {
            found = own == system;
        }

        Answer(context, found);
    }

    /// <summary>
    /// <c>has_other_token(rows, parameter, items, code, system)</c>: whether a token of the parameter has another code
    /// or another system; null for a code or system that may be any.
    /// </summary>
    static void HasOtherToken(sqlite3_context context, object data, sqlite3_value[] arguments)
    {
        var (wanted, items, system) = (Integer(arguments[1]), Integer(arguments[2]), Integer(arguments[4]));
        var isOfAnyCode = raw.sqlite3_value_type(arguments[3]) == raw.SQLITE_NULL;
        var isOfAnySystem = raw.sqlite3_value_type(arguments[4]) == raw.SQLITE_NULL;
        var code = isOfAnyCode ? [] : Encoding.UTF8.GetBytes(raw.sqlite3_value_text(arguments[3]).utf8_to_string());
        var rows = raw.sqlite3_value_blob(arguments[0]);
        var found = false;
        while (!found && TryTakeToken(ref rows, wanted, items, out var ownCode, out var ownSystem))
        {
            found = (!isOfAnyCode && !ownCode.SequenceEqual(code)) || (!isOfAnySystem && ownSystem != system);
        }

        Answer(context, found);
    }

    /// <summary>
    /// <c>has_token_in(rows, parameter, items, set)</c>: whether a token of the parameter is in a sorted set.
    /// </summary>
    static void HasTokenIn(sqlite3_context context, object data, sqlite3_value[] arguments)
    {
        var (wanted, items) = (Integer(arguments[1]), Integer(arguments[2]));
        var set = raw.sqlite3_value_blob(arguments[3]);
        var rows = raw.sqlite3_value_blob(arguments[0]);
        var found = false;
        while (!found && TryTakeToken(ref rows, wanted, items, out var code, out var system))
        {
            found = TokenSet.Has(set, code, system);
        }

        Answer(context, found);
    }

    /// <summary>Goes to the next row that is a token of the parameter; false when there is none behind.</summary>
    static bool TryTakeToken(
        scoped ref ReadOnlySpan<byte> rows, long parameter, long items, out ReadOnlySpan<byte> code, out long system)
    {
        while (!rows.IsEmpty)
        {
            var row = RowDecoder.TakeRow(ref rows);
            if (row[0] != IndexTable.Token)
            {
                continue;
            }

            var rest = row[1..];
            if (RowDecoder.TakeInteger(ref rest) == parameter && IsOf(row, items))
            {
                code = RowDecoder.TakeText(ref rest);
                system = RowDecoder.TakeInteger(ref rest);
                return true;
            }
        }

        code = default;
        system = 0;
        return false;
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
            var row = RowDecoder.TakeRow(ref rows);
            var rest = row[1..];
            if (row[0] == table && RowDecoder.TakeInteger(ref rest) == wanted && IsOf(row, Integer(arguments[4]))
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
            raw.sqlite3_result_int64(context, RowDecoder.TakeInteger(ref best));
        }
        else if (table is IndexTable.Number or IndexTable.Quantity)
        {
            raw.sqlite3_result_double(context, Amount(best).Low);
        }
        else
        {
            raw.sqlite3_result_text(context, RowDecoder.TakeText(ref best));
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
        Answer(context, FullTextMatch.Is(
            raw.sqlite3_value_blob(arguments[2]),
            raw.sqlite3_value_blob(arguments[0]),
            raw.sqlite3_value_blob(arguments[1])));

    /// <summary>Whether a string was put together for searches; an order goes by what stands in the resource.</summary>
    static bool IsDerived(ReadOnlySpan<byte> row)
    {
        _ = RowDecoder.TakeText(ref row);
        return RowDecoder.TakeText(ref row).SequenceEqual(IndexRowMaker.NotWritten);
    }

    /// <summary>Whether a resource is sorted by that row and not by another.</summary>
    static bool IsBefore(byte table, ReadOnlySpan<byte> row, ReadOnlySpan<byte> other, bool isDescending)
    {
        if (table == IndexTable.Quantity && (Comparable(row), Comparable(other)) is var (how, others) && how != others)
        {
            return how > others;
        }

        return (Compare(table, row, other) < 0) != isDescending;
    }

    /// <summary>
    /// How well an amount is compared with others. That in base units stands for the same amount as stated, and is the
    /// better one. But the more pH, the less of its base unit, and pH is compared with nothing but pH.
    /// </summary>
    static int Comparable(ReadOnlySpan<byte> row)
    {
        var isBase = RowDecoder.TakeInteger(ref row) / 2 == 1;
        _ = (RowDecoder.TakeReal(ref row), RowDecoder.TakeReal(ref row), RowDecoder.TakeInteger(ref row));
        return isBase ? 1 : RowDecoder.TakeText(ref row).SequenceEqual("[pH]"u8) ? 2 : 0;
    }

    /// <summary>The order of two rows' values, which stand first behind the parameter.</summary>
    static int Compare(byte table, ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        switch (table)
        {
            case IndexTable.Date:
                return RowDecoder.TakeInteger(ref left).CompareTo(RowDecoder.TakeInteger(ref right));
            case IndexTable.Number or IndexTable.Quantity:
                return Amount(left).Low.CompareTo(Amount(right).Low);
            default:
                return RowDecoder.TakeText(ref left).SequenceCompareTo(RowDecoder.TakeText(ref right));
        }
    }

    static (long Form, double Low) Amount(ReadOnlySpan<byte> row)
    {
        var form = RowDecoder.TakeInteger(ref row);
        return (form, RowDecoder.TakeReal(ref row));
    }

    static void Answer(sqlite3_context context, bool isSo) => raw.sqlite3_result_int(context, isSo ? 1 : 0);

    static long Integer(sqlite3_value value) => raw.sqlite3_value_int64(value);

    static double Radians(sqlite3_value value) => raw.sqlite3_value_double(value) * Math.PI / 180;
}
