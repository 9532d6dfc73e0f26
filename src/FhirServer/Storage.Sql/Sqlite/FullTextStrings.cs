using FhirHub.Core.Search;

namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>The strings among a resource's encoded index rows, and the parts they are found by.</summary>
sealed class FullTextStrings(Database database)
{
    readonly Dictionary<long, bool> _isNoString = [];
    readonly TextParts _parts = new();

    /// <summary>Numbers of parameters may have been given in vain and are given again.</summary>
    internal void Forget() => _isNoString.Clear();

    /// <summary>The rows of strings, which stand together.</summary>
    internal static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> rows)
    {
        while (!rows.IsEmpty && rows[0] < IndexTable.String)
        {
            _ = RowDecoder.TakeRow(ref rows);
        }

        var rest = rows;
        while (!rest.IsEmpty && rest[0] == IndexTable.String)
        {
            _ = RowDecoder.TakeRow(ref rest);
        }

        return rows[..(rows.Length - rest.Length)];
    }

    internal byte[] Parts(ReadOnlySpan<byte> rows)
    {
        for (rows = Of(rows); !rows.IsEmpty;)
        {
            var rest = RowDecoder.TakeRow(ref rows)[1..];
            if (!IsNoString(RowDecoder.TakeInteger(ref rest)))
            {
                _parts.Add(RowDecoder.TakeText(ref rest));
            }
        }

        return _parts.IsEmpty ? [] : _parts.Take();
    }

    bool IsNoString(long parameter)
    {
        if (!_isNoString.TryGetValue(parameter, out var isNone))
        {
            using var find = database.Constant("SELECT url FROM parameter WHERE id = ?");
            isNone = find.Bind(1, parameter).Step() && DerivedParameter.IsNoString(find.Text(0));
            _isNoString[parameter] = isNone;
        }

        return isNone;
    }
}
