using FhirHub.Fhir.Definitions;

namespace FhirHub.Core.Search;

/// <summary>
/// How a node becomes values: decided from the parameter's type and the node's when the plan is made.
/// </summary>
enum ValueKind : byte
{
    /// <summary>The parameter's type says nothing about such a node, as a date parameter about a string.</summary>
    None,
    Coding,
    Concept,
    Identifier,
    Contact,

    /// <summary>A code: a token whose system its binding tells.</summary>
    Code,

    /// <summary>A boolean: a token whose system is implied.</summary>
    ImpliedToken,

    /// <summary>A string, uri or id as a token without a system.</summary>
    PlainToken,
    Text,
    Name,
    Address,
    Instant,

    /// <summary>An instant proper, which has no width.</summary>
    Point,
    Period,
    Timing,
    Decimal,
    Integer,
    Quantity,
    Money,
    Range,
    Sampled,
    Reference,
    CanonicalReference,
    InlineResource,
    Uri,
    CanonicalUri,
    Position,
}

/// <summary>
/// Which data types each type of parameter reads: the tables of https://hl7.org/fhir/R4/search.html#ptypes
/// </summary>
static class ValueKinds
{
    internal static ValueKind For(SearchParameterType parameter, TypeSchema type) => parameter switch
    {
        SearchParameterType.Token => Token(type),
        SearchParameterType.String => String(type),
        SearchParameterType.Date => Date(type),
        SearchParameterType.Number => Number(type),
        SearchParameterType.Quantity => Quantity(type),
        SearchParameterType.Reference => Reference(type),
        SearchParameterType.Uri => Uri(type),
        SearchParameterType.Special => type.Name == "Location.position" ? ValueKind.Position : ValueKind.None,
        _ => ValueKind.None,
    };

    /// <summary>Reads a node as that kind; what it has to say goes to the sink.</summary>
    internal static void Read(ValueKind kind, in Tape tape, int node, EntrySink sink)
    {
        switch (kind)
        {
            case ValueKind.Coding:
                TokenValues.Coding(tape, node, sink);
                break;
            case ValueKind.Concept:
                TokenValues.Concept(tape, node, sink);
                break;
            case ValueKind.Identifier:
                TokenValues.Identifier(tape, node, sink);
                break;
            case ValueKind.Contact:
                TokenValues.Contact(tape, node, sink);
                break;
            case ValueKind.Code:
                TokenValues.Code(tape, node, sink);
                break;
            case ValueKind.ImpliedToken:
                TokenValues.Plain(tape, node, TokenSystem.Implied, sink);
                break;
            case ValueKind.PlainToken:
                TokenValues.Plain(tape, node, TokenSystem.Absent, sink);
                break;
            case ValueKind.Text:
                StringValues.Text(tape, node, sink);
                break;
            case ValueKind.Name:
                StringValues.Name(tape, node, sink);
                break;
            case ValueKind.Address:
                StringValues.Address(tape, node, sink);
                break;
            case ValueKind.Reference:
                ReferenceValues.Reference(tape, node, sink);
                break;
            case ValueKind.CanonicalReference:
                ReferenceValues.Canonical(tape, node, sink);
                break;
            case ValueKind.InlineResource:
                ReferenceValues.Resource(tape, node, sink);
                break;
            case ValueKind.Uri:
                ReferenceValues.Uri(tape, node, sink);
                break;
            case ValueKind.CanonicalUri:
                ReferenceValues.CanonicalUri(tape, node, sink);
                break;
            default:
                ReadMeasure(kind, tape, node, sink);
                break;
        }
    }

    static void ReadMeasure(ValueKind kind, in Tape tape, int node, EntrySink sink)
    {
        switch (kind)
        {
            case ValueKind.Instant:
                DateValues.Instant(tape, node, sink);
                break;
            case ValueKind.Point:
                DateValues.Point(tape, node, sink);
                break;
            case ValueKind.Period:
                DateValues.Period(tape, node, sink);
                break;
            case ValueKind.Timing:
                DateValues.Timing(tape, node, sink);
                break;
            case ValueKind.Decimal:
                NumberValues.Decimal(tape, node, sink);
                break;
            case ValueKind.Integer:
                NumberValues.Integer(tape, node, sink);
                break;
            case ValueKind.Quantity:
                QuantityValues.Quantity(tape, node, sink);
                break;
            case ValueKind.Money:
                QuantityValues.Money(tape, node, sink);
                break;
            case ValueKind.Range:
                QuantityValues.Range(tape, node, sink);
                break;
            case ValueKind.Sampled:
                QuantityValues.Sampled(tape, node, sink);
                break;
            case ValueKind.Position:
                NumberValues.Position(tape, node, sink);
                break;
        }
    }

    static ValueKind Token(TypeSchema type) => type.Name switch
    {
        "Coding" => ValueKind.Coding,
        "CodeableConcept" => ValueKind.Concept,
        "Identifier" => ValueKind.Identifier,
        "ContactPoint" => ValueKind.Contact,
        "code" => ValueKind.Code,
        "boolean" => ValueKind.ImpliedToken,
        _ => IsText(type) ? ValueKind.PlainToken : ValueKind.None,
    };

    static ValueKind String(TypeSchema type) => type.Name switch
    {
        "HumanName" => ValueKind.Name,
        "Address" => ValueKind.Address,
        _ => IsText(type) ? ValueKind.Text : ValueKind.None,
    };

    static ValueKind Date(TypeSchema type) => type.Name switch
    {
        "date" or "dateTime" => ValueKind.Instant,
        "instant" => ValueKind.Point,
        "Period" => ValueKind.Period,
        "Timing" => ValueKind.Timing,
        _ => ValueKind.None,
    };

    static ValueKind Number(TypeSchema type) => type.Primitive switch
    {
        PrimitiveKind.Decimal => ValueKind.Decimal,
        PrimitiveKind.Integer or PrimitiveKind.UnsignedInt or PrimitiveKind.PositiveInt => ValueKind.Integer,
        _ => ValueKind.None,
    };

    static ValueKind Quantity(TypeSchema type) => type.Name switch
    {
        "Money" => ValueKind.Money,
        "Range" => ValueKind.Range,
        "SampledData" => ValueKind.Sampled,
        _ => type.IsA(FhirSchema.R4["Quantity"]) ? ValueKind.Quantity : ValueKind.None,
    };

    static ValueKind Reference(TypeSchema type) =>
        type.Name == "Reference" ? ValueKind.Reference
        : IsUri(type) ? ValueKind.CanonicalReference
        : type.IsResource ? ValueKind.InlineResource
        : ValueKind.None;

    static ValueKind Uri(TypeSchema type) =>
        type.Primitive == PrimitiveKind.Canonical ? ValueKind.CanonicalUri
        : IsUri(type) ? ValueKind.Uri
        : ValueKind.None;

    static bool IsText(TypeSchema type) =>
        IsUri(type)
        || type.Primitive is PrimitiveKind.String or PrimitiveKind.Markdown or PrimitiveKind.Code or PrimitiveKind.Id;

    static bool IsUri(TypeSchema type) => type.Primitive is PrimitiveKind.Uri or PrimitiveKind.Url
        or PrimitiveKind.Canonical or PrimitiveKind.Oid or PrimitiveKind.Uuid;
}
