using System.Globalization;

namespace FhirHub.Fhir.FhirPath;

/// <summary>A number with a unit: of UCUM (<c>4 'mg'</c>) or of the calendar (<c>4 days</c>).</summary>
public readonly struct Quantity(decimal value, string unit, bool isCalendar = false)
{
    /// <summary>The unit of a quantity that only counts.</summary>
    internal const string Unity = "1";

    public decimal Value { get; } = value;

    /// <summary>The UCUM code, or the calendar word as written.</summary>
    public string Unit { get; } = unit;

    public bool IsCalendar { get; } = isCalendar;

    /// <summary>Reads the text forms: <c>4</c>, <c>4 days</c>, <c>4 'mg'</c>.</summary>
    public static bool TryParse(string text, out Quantity quantity)
    {
        quantity = default;
        var trimmed = text.AsSpan().Trim();
        var numberEnd = trimmed.IndexOf(' ') is var space and >= 0 ? space : trimmed.IndexOf('\'');
        var number = numberEnd < 0 ? trimmed : trimmed[..numberEnd];
        if (!Numbers.TryParseDecimal(number, out var value))
        {
            return false;
        }

        var unit = numberEnd < 0 ? "" : trimmed[numberEnd..].Trim();
        if (unit.IsEmpty)
        {
            quantity = new Quantity(value, Unity);
            return true;
        }

        if (unit.Length > 2 && unit[0] == '\'' && unit[^1] == '\'')
        {
            quantity = new Quantity(value, unit[1..^1].ToString());
            return true;
        }

        quantity = new Quantity(value, unit.ToString(), isCalendar: true);
        return CalendarUnits.TryGet(quantity.Unit, out _);
    }

    public override string ToString()
    {
        var number = Value.ToString(CultureInfo.InvariantCulture);
        return IsCalendar ? $"{number} {Unit}" : $"{number} '{Unit}'";
    }
}
