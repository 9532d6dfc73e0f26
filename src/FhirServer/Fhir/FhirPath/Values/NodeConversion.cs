using System.Buffers;
using System.Globalization;
using System.Text;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;

namespace FhirHub.Fhir.FhirPath;

/// <summary>What FHIR's own types become where FHIRPath computes with them.</summary>
static class NodeConversion
{
    const string UcumSystem = "http://unitsofmeasure.org";
    const int StackChars = 64;

    /// <summary>The System value of a primitive or quantity; the node itself when it has none.</summary>
    internal static FhirPathValue ToSystem(FhirPathValue value)
    {
        var node = value.Node;
        if (!node.HasValue)
        {
            return node.Type.IsPrimitive || !IsQuantity(node.Type) ? value : ToQuantity(value, node);
        }

        switch (node.Type.Primitive)
        {
            case PrimitiveKind.Boolean:
                return FhirPathValue.Of(node.RawValue.SequenceEqual("true"u8));
            case PrimitiveKind.Integer or PrimitiveKind.UnsignedInt or PrimitiveKind.PositiveInt:
                return int.TryParse(node.RawValue, CultureInfo.InvariantCulture, out var integer)
                    ? FhirPathValue.Of(integer)
                    : value;
            case PrimitiveKind.Decimal:
                return decimal.TryParse(
                    node.RawValue, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                    ? FhirPathValue.Of(number)
                    : value;
            case PrimitiveKind.Date or PrimitiveKind.DateTime or PrimitiveKind.Instant or PrimitiveKind.Time:
                return ToTemporal(node, out var temporal) ? FhirPathValue.Of(temporal) : value;
            default:
                return FhirPathValue.Of(node.Text ?? "");
        }
    }

    internal static bool IsQuantity(TypeSchema type)
    {
        for (var current = type; current is not null; current = current.Base)
        {
            if (current.Name == "Quantity")
            {
                return true;
            }
        }

        return false;
    }

    static bool ToTemporal(FhirNode node, out Temporal temporal)
    {
        Span<char> text = stackalloc char[StackChars];
        temporal = default;
        var raw = node.RawValue;
        if (raw.Length > StackChars || Ascii.ToUtf16(raw, text, out var length) != OperationStatus.Done)
        {
            return false;
        }

        text = text[..length];
        return node.Type.Primitive switch
        {
            PrimitiveKind.Date => Temporal.TryParseDate(text, out temporal),
            PrimitiveKind.Time => Temporal.TryParseTime(text, out temporal),
            _ => Temporal.TryParseDateTime(text, out temporal),
        };
    }

    /// <summary>A quantity with a comparator is not a number: https://hl7.org/fhir/R4/fhirpath.html#quantity</summary>
    static FhirPathValue ToQuantity(FhirPathValue value, FhirNode node)
    {
        var number = node.First("value");
        if (!number.HasValue
            || node.First("comparator").Exists
            || FhirPathValue.Of(number).System is not { IsNumber: true } n)
        {
            return value;
        }

        var code = node.First("code").Text;
        var isUcum = node.First("system").ValueEquals(Encoding.UTF8.GetBytes(UcumSystem));
        if (isUcum && code is not null)
        {
            // FHIR has the calendar's years and months in mind where it uses these two codes.
            return FhirPathValue.Of(code switch
            {
                "a" => new Quantity(n.Decimal, "year", isCalendar: true),
                "mo" => new Quantity(n.Decimal, "month", isCalendar: true),
                _ => new Quantity(n.Decimal, code),
            });
        }

        return FhirPathValue.Of(new Quantity(n.Decimal, node.First("unit").Text ?? Quantity.Unity));
    }
}
