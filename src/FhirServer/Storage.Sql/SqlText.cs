using System.Text;

namespace FhirHub.Storage.Sql;

/// <summary>A statement that is being put together, with the values of its parameters in their order.</summary>
sealed class SqlText
{
    readonly StringBuilder _text = new();
    readonly List<SqlValue> _values = [];

    internal IReadOnlyList<SqlValue> Values => _values;

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
        return this;
    }

    public override string ToString() => _text.ToString();
}

/// <summary>A parameter's value: the text, the real number, the bytes, or the integer when there is none.</summary>
readonly record struct SqlValue(long Integer, string? Text, double? Real, byte[]? Bytes = null)
{
    public static implicit operator SqlValue(byte[] bytes) => new(0, null, null, bytes);

    public static implicit operator SqlValue(long integer) => new(integer, null, null);

    public static implicit operator SqlValue(string text) => new(0, text, null);

    public static implicit operator SqlValue(double real) => new(0, null, real);
}
