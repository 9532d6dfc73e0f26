using System.Globalization;

namespace FhirHub.Fhir.FhirPath;

/// <summary>Reading, rounding and bounding decimals.</summary>
static class Numbers
{
    /// <summary>The least number of decimal places the specification asks an engine to handle.</summary>
    internal const int PlacesDefault = 8;

    /// <summary>The most decimal places a decimal here can hold.</summary>
    internal const int PlacesMax = 28;

    /// <summary>
    /// Reads what the specification lets toDecimal() read: an optional sign, digits, optional places.
    /// </summary>
    internal static bool TryParseDecimal(ReadOnlySpan<char> text, out decimal value)
    {
        value = 0;
        return text.Length > 0
            && text[^1] != '.'
            && text.TrimStart("+-") is [>= '0' and <= '9', ..]
            && decimal.TryParse(
                text,
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out value);
    }

    internal static bool TryParseInteger(ReadOnlySpan<char> text, out int value) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    /// <summary>
    /// Rounds to the places of the less precise of two numbers, trailing zeros not counted, and compares.
    /// </summary>
    internal static bool AreEquivalent(decimal left, decimal right)
    {
        var places = Math.Min(SignificantPlaces(left), SignificantPlaces(right));
        return decimal.Round(left, places, MidpointRounding.AwayFromZero)
            == decimal.Round(right, places, MidpointRounding.AwayFromZero);
    }

    internal static decimal? FromDouble(double value)
    {
        if (!double.IsFinite(value) || Math.Abs(value) >= (double)decimal.MaxValue)
        {
            return null;
        }

        return (decimal)value;
    }

    /// <summary>
    /// The least or greatest value that rounds to the number as written, stated with that many places.
    /// </summary>
    internal static decimal? Boundary(decimal value, bool isHigh, int places)
    {
        if (places is < 0 or > PlacesMax || value.Scale >= PlacesMax)
        {
            return null;
        }

        var half = new decimal(5, 0, 0, isNegative: false, (byte)(value.Scale + 1));
        var isNegative = value < 0;
        var isOutward = isHigh != isNegative;
        var magnitude = Math.Abs(value) + (isOutward ? half : -half);

        // The published examples round a boundary that lies outward and cut one that lies towards zero.
        var rounding = isOutward ? MidpointRounding.AwayFromZero : MidpointRounding.ToZero;
        var stated = WithPlaces(decimal.Round(magnitude, places, rounding), places);
        return isNegative ? -stated : stated;
    }

    static decimal? WithPlaces(decimal value, int places)
    {
        // Adding a zero of that scale pads; digits that no longer fit mean the boundary cannot be stated.
        var padded = value + new decimal(0, 0, 0, isNegative: false, (byte)places);
        return padded.Scale == places ? padded : null;
    }

    static int SignificantPlaces(decimal value)
    {
        var places = (int)value.Scale;
        while (places > 0 && decimal.Round(value, places - 1) == value)
        {
            places--;
        }

        return places;
    }
}
