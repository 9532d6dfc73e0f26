using System.Globalization;
using System.Text;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.FhirPath;

namespace FhirHub.Core.Search;

/// <summary>
/// What the FHIRPath evaluator gives, as values: nodes of the document, or what an expression computed.
/// </summary>
static class ComputedValues
{
    static readonly SearchValue.Token True = new(default, Utf8Text.Of("true"), default, TokenSystem.Implied);
    static readonly SearchValue.Token False = new(default, Utf8Text.Of("false"), default, TokenSystem.Implied);

    internal static SearchValue.Token Boolean(bool value) => value ? True : False;

    internal static void Read(in FhirPathValue item, SearchParameterType type, in Tape tape, EntrySink sink)
    {
        if (!item.IsNode)
        {
            Computed(item, type, sink);
            return;
        }

        var node = item.Node;
        if (!ReferenceEquals(node.Document, tape.Document))
        {
            return; // something resolved: another resource's content is not this one's
        }

        node = node.Type.Name == "Extension" ? node.First("value") : node;
        if (node.Exists)
        {
            ValueKinds.Read(ValueKinds.For(type, node.Type), tape, node.Index, sink);
        }
    }

    static void Computed(in FhirPathValue item, SearchParameterType type, EntrySink sink)
    {
        switch (type)
        {
            case SearchParameterType.Token when item.Kind == FhirPathKind.Boolean:
                sink.Add(Boolean(item.Boolean));
                break;
            case SearchParameterType.Token:
                sink.Add(new SearchValue.Token(default, Utf8Text.Of(item.ToString()), default, TokenSystem.Absent));
                break;
            case SearchParameterType.String:
                sink.Add(new SearchValue.String(Utf8Text.Of(item.ToString())));
                break;
            case SearchParameterType.Uri:
                sink.Add(new SearchValue.Uri(Utf8Text.Of(item.ToString()), default, default));
                break;
            case SearchParameterType.Reference:
                sink.Add(ReferenceText.Read(Utf8Text.Of(item.ToString()), default));
                break;
            case SearchParameterType.Date:
                if (DateRange.TryRead(Encoding.UTF8.GetBytes(item.ToString()), sink.Zone, out var time))
                {
                    sink.Add(new SearchValue.Date(time));
                }

                break;
            case SearchParameterType.Number when item.Kind == FhirPathKind.Integer:
                sink.Add(new SearchValue.Number(item.Integer, NumberRange.Exactly(item.Integer)));
                break;
            case SearchParameterType.Number when item.Kind == FhirPathKind.Decimal:
                sink.Add(new SearchValue.Number(item.Decimal, RangeOf(item.Decimal)));
                break;
            case SearchParameterType.Quantity when item.Kind == FhirPathKind.Quantity:
                var quantity = item.Quantity;
                sink.Add(QuantityValues.Computed(quantity.Value, RangeOf(quantity.Value), quantity.Unit));
                break;
        }
    }

    static NumberRange RangeOf(decimal value) =>
        NumberRange.TryRead(Encoding.UTF8.GetBytes(value.ToString(CultureInfo.InvariantCulture)), out _, out var range)
            ? range
            : NumberRange.Exactly(value);
}
