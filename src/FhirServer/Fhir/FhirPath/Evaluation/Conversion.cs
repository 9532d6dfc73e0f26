namespace FhirHub.Fhir.FhirPath;

/// <summary>Turning values of one System type into another: https://hl7.org/fhirpath/N1/#conversion</summary>
static class Conversion
{
    static readonly string[] Trues = ["true", "t", "yes", "y", "1", "1.0"];
    static readonly string[] Falses = ["false", "f", "no", "n", "0", "0.0"];

    /// <summary>Both as quantities, when at least one is and the other is that or a plain number.</summary>
    internal static bool TryQuantities(in FhirPathValue a, in FhirPathValue b, out Quantity left, out Quantity right)
    {
        left = right = default;
        return (a.Kind == FhirPathKind.Quantity || b.Kind == FhirPathKind.Quantity)
            && TryWiden(a, out left)
            && TryWiden(b, out right);
    }

    internal static FhirPathValue? To(FhirPathKind kind, in FhirPathValue value) => kind switch
    {
        FhirPathKind.Boolean => ToBoolean(value),
        FhirPathKind.Integer => ToInteger(value),
        FhirPathKind.Decimal => ToDecimal(value),
        FhirPathKind.String => ToText(value),
        FhirPathKind.Quantity => ToQuantity(value),
        FhirPathKind.Date => ToDate(value),
        FhirPathKind.DateTime => ToDateTime(value),
        _ => ToTime(value),
    };

    static bool TryWiden(in FhirPathValue value, out Quantity quantity)
    {
        quantity = value.Kind == FhirPathKind.Quantity ? value.Quantity
            : value.IsNumber ? new Quantity(value.Decimal, Quantity.Unity)
            : default;
        return value.IsNumber || value.Kind == FhirPathKind.Quantity;
    }

    static FhirPathValue? ToBoolean(in FhirPathValue value) => value.Kind switch
    {
        FhirPathKind.Boolean => value,
        FhirPathKind.Integer or FhirPathKind.Decimal when value.Decimal == 1 => FhirPathValue.Of(true),
        FhirPathKind.Integer or FhirPathKind.Decimal when value.Decimal == 0 => FhirPathValue.Of(false),
        FhirPathKind.String when IsOneOf(Trues, value.String) => FhirPathValue.Of(true),
        FhirPathKind.String when IsOneOf(Falses, value.String) => FhirPathValue.Of(false),
        _ => null,
    };

    static bool IsOneOf(string[] words, string text) => words.Contains(text, StringComparer.OrdinalIgnoreCase);

    static FhirPathValue? ToInteger(in FhirPathValue value) => value.Kind switch
    {
        FhirPathKind.Integer => value,
        FhirPathKind.Boolean => FhirPathValue.Of(value.Boolean ? 1 : 0),
        FhirPathKind.String when Numbers.TryParseInteger(value.String, out var number) => FhirPathValue.Of(number),
        _ => null,
    };

    static FhirPathValue? ToDecimal(in FhirPathValue value) => value.Kind switch
    {
        FhirPathKind.Integer or FhirPathKind.Decimal => FhirPathValue.Of(value.Decimal),
        FhirPathKind.Boolean => FhirPathValue.Of(value.Boolean ? 1.0m : 0.0m),
        FhirPathKind.String when Numbers.TryParseDecimal(value.String, out var number) => FhirPathValue.Of(number),
        _ => null,
    };

    static FhirPathValue? ToText(in FhirPathValue value) =>
        value.Kind is FhirPathKind.Node or FhirPathKind.Type or FhirPathKind.None
            ? null
            : FhirPathValue.Of(value.ToString());

    static FhirPathValue? ToQuantity(in FhirPathValue value) => value.Kind switch
    {
        FhirPathKind.Quantity => value,
        FhirPathKind.Integer or FhirPathKind.Decimal => FhirPathValue.Of(new Quantity(value.Decimal, Quantity.Unity)),
        FhirPathKind.Boolean => FhirPathValue.Of(new Quantity(value.Boolean ? 1.0m : 0.0m, Quantity.Unity)),
        FhirPathKind.String when Quantity.TryParse(value.String, out var quantity) => FhirPathValue.Of(quantity),
        _ => null,
    };

    static FhirPathValue? ToDate(in FhirPathValue value) => value.Kind switch
    {
        FhirPathKind.Date => value,
        FhirPathKind.DateTime => FhirPathValue.Of(value.Temporal.AsDate()),
        FhirPathKind.String when Temporal.TryParseDate(value.String, out var date) => FhirPathValue.Of(date),
        FhirPathKind.String when Temporal.TryParseDateTime(value.String, out var moment) =>
            FhirPathValue.Of(moment.AsDate()),
        _ => null,
    };

    static FhirPathValue? ToDateTime(in FhirPathValue value) => value.Kind switch
    {
        FhirPathKind.DateTime => value,
        FhirPathKind.Date => FhirPathValue.Of(value.Temporal.AsDateTime()),
        FhirPathKind.String when Temporal.TryParseDateTime(value.String, out var moment) => FhirPathValue.Of(moment),
        _ => null,
    };

    static FhirPathValue? ToTime(in FhirPathValue value) => value.Kind switch
    {
        FhirPathKind.Time => value,
        FhirPathKind.String when Temporal.TryParseTime(value.String, out var time) => FhirPathValue.Of(time),
        _ => null,
    };
}
