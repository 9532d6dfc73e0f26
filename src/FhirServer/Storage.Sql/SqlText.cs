using System.Text;

namespace FhirHub.Storage.Sql;

/// <summary>A statement that is being put together, with the values of its parameters in their order.</summary>
sealed class SqlText
{
    readonly StringBuilder _text = new();
    readonly List<SqlValue> _values = [];
    readonly List<(string Head, SqlText Body)> _lists = [];

    internal IEnumerable<SqlValue> Values => _lists.SelectMany(list => list.Body._values).Concat(_values);

    /// <summary>Appends text that has a <c>?</c> for each of the values.</summary>
    internal SqlText Add(string text, params ReadOnlySpan<SqlValue> values)
    {
        _text.Append(text);
        _values.AddRange(values);
        return this;
    }

    internal SqlText Add(SqlText other)
    {
        _text.Append(other._text);
        _values.AddRange(other._values);
        _lists.AddRange(other._lists);
        return this;
    }

    /// <summary>
    /// Puts a list of resources before the whole statement, under a name. A parser has no room for what stands inside
    /// something else inside something else, however deep; what stands beside each other has no end.
    /// </summary>
    internal string List(string name, SqlText list, bool isMaterialized = false)
    {
        _lists.AddRange(list._lists);
        _lists.Add(($"{name}(rid) AS {(isMaterialized ? "MATERIALIZED " : "")}", list));
        return name;
    }

    public override string ToString()
    {
        if (_lists.Count == 0)
        {
            return _text.ToString();
        }

        var text = new StringBuilder("WITH ");
        foreach (var (i, (head, body)) in _lists.Index())
        {
            text.Append(i == 0 ? "" : ", ").Append(head).Append('(').Append(body._text).Append(')');
        }

        return text.Append(' ').Append(_text).ToString();
    }
}

/// <summary>A parameter's value: the text, the real number, the bytes, or the integer when there is none.</summary>
readonly record struct SqlValue(long Integer, string? Text, double? Real, byte[]? Bytes = null)
{
    public static implicit operator SqlValue(byte[] bytes) => new(0, null, null, bytes);

    public static implicit operator SqlValue(long integer) => new(integer, null, null);

    public static implicit operator SqlValue(string text) => new(0, text, null);

    public static implicit operator SqlValue(double real) => new(0, null, real);
}
