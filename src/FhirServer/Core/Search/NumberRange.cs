using System.Globalization;

namespace FhirHub.Core.Search;

/// <summary>
/// The numbers from <paramref name="Low"/> to <paramref name="High"/>; the smallest and the largest decimal mean that
/// it is open there. A range that comes from a number's precision does not hold its high end itself.
/// </summary>
public readonly record struct NumberRange(decimal Low, decimal High)
{
    const int LengthMax = 64; // no decimal that fits needs more, sign and exponent included
    const int DecimalPlacesMax = 28;
    const int PlainMax = 20; // so many characters hold fewer digits than a decimal does

    public static NumberRange Open { get; } = new(decimal.MinValue, decimal.MaxValue);

    /// <summary>Just that number, as integers and the ends of a <c>Range</c> are.</summary>
    public static NumberRange Exactly(decimal value) => new(value, value);

    /// <summary>
    /// Reads a number and what its significant digits leave open (https://hl7.org/fhir/R4/search.html#number): 100 is
    /// 99.5 to 100.5, 100.00 is 99.995 to 100.005, 1e2 is 95 to 105. False beyond 28 digits or the size of a decimal.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out decimal value, out NumberRange range)
    {
        range = default;
        if (!TryReadExactly(text, out value))
        {
            return false;
        }

        var half = HalfUnit(text);
        try
        {
            range = new NumberRange(value - half, value + half);
            return true;
        }
        catch (OverflowException)
        {
            return false;
        }
    }

    /// <summary>Reads a number that would lose nothing as a decimal.</summary>
    internal static bool TryReadExactly(ReadOnlySpan<byte> text, out decimal value)
    {
        const NumberStyles Styles =
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        value = 0;
        return text.Length <= LengthMax && decimal.TryParse(text, Styles, CultureInfo.InvariantCulture, out value)
            && ((text.Length <= PlainMax && !text.ContainsAny((byte)'e', (byte)'E')) || IsExact(text, value));
    }

    static bool IsExact(ReadOnlySpan<byte> text, decimal value)
    {
        var end = text.IndexOfAny((byte)'e', (byte)'E');
        var mantissa = end < 0 ? text : text[..end];
        var digits = 0;
        var significant = 0;
        foreach (var c in mantissa)
        {
            if (c is < (byte)'0' or > (byte)'9')
            {
                continue;
            }

            digits += digits > 0 || c != '0' ? 1 : 0;
            significant = c != '0' ? digits : significant;
        }

        return significant <= 28 && (value != 0 || significant == 0);
    }

    /// <summary>Half of the last digit's place.</summary>
    static decimal HalfUnit(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAny((byte)'e', (byte)'E');
        var mantissa = end < 0 ? text : text[..end];
        var point = mantissa.IndexOf((byte)'.');
        var place = point < 0 ? 0 : point + 1 - mantissa.Length;
        if (end >= 0 && int.TryParse(text[(end + 1)..], CultureInfo.InvariantCulture, out var exponent))
        {
            // By its digits 1e2 would be 50 to 150, but the specification's own example says 95 to 105.
            place += point < 0 && exponent > 0 ? exponent - 1 : exponent;
        }

        if (place <= 0)
        {
            return place > -DecimalPlacesMax ? new decimal(5, 0, 0, false, (byte)(1 - place)) : 0;
        }

        var half = 5m;
        for (; place > 1 && half < 1e27m; place--)
        {
            half *= 10;
        }

        return half;
    }
}
