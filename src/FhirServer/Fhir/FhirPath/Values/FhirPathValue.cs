using System.Globalization;
using System.Runtime.CompilerServices;
using FhirHub.Fhir.Documents;

namespace FhirHub.Fhir.FhirPath;

/// <summary>
/// One item of a FHIRPath collection, small enough to keep in arrays: a node, or a value of a System type.
/// </summary>
public readonly struct FhirPathValue
{
    // A reference cannot share its place with numbers, so there is one of each; which is meant, the kind says.
    readonly object? _reference;
    readonly Bits _bits;
    readonly FhirPathKind _kind;
    readonly bool _isCalendar;

    FhirPathValue(FhirPathKind kind, object? reference, Bits bits, bool isCalendar = false)
    {
        _kind = kind;
        _reference = reference;
        _bits = bits;
        _isCalendar = isCalendar;
    }

    public FhirPathKind Kind => _kind;

    public bool IsNode => _kind == FhirPathKind.Node;

    /// <summary>The node; a missing one when the value is of a System type.</summary>
    public FhirNode Node => _kind == FhirPathKind.Node ? new((FhirDocument)_reference!, (int)_bits.Low) : default;

    /// <summary>The type's name with its namespace: <c>FHIR.Patient</c>, <c>System.String</c>.</summary>
    public TypeName Type =>
        _kind == FhirPathKind.Node ? new TypeName("FHIR", Node.Type.Name) : SystemTypes.NameOf(_kind);

    /// <summary>
    /// The value as a System type, where it is a primitive or a quantity of FHIR that has a value; otherwise itself:
    /// https://hl7.org/fhir/R4/fhirpath.html#types
    /// </summary>
    public FhirPathValue System => _kind == FhirPathKind.Node ? NodeConversion.ToSystem(this) : this;

    public bool Boolean => _bits.Low != 0;

    public int Integer => (int)_bits.Low;

    /// <summary>The number of a decimal or an integer.</summary>
    public decimal Decimal =>
        _kind == FhirPathKind.Integer ? Integer : Unsafe.BitCast<Bits, decimal>(_bits);

    /// <summary>The characters of a string value.</summary>
    public string String => (string)_reference!; // a string value always has one

    /// <summary>The date, date and time, or time.</summary>
    public Temporal Temporal => Unsafe.BitCast<Bits, Temporal>(_bits);

    public Quantity Quantity => new(Unsafe.BitCast<Bits, decimal>(_bits), (string)_reference!, _isCalendar);

    internal TypeName Reflected => (TypeName)_reference!; // a type value always has one

    internal FhirDocument Document => (FhirDocument)_reference!; // asked of nodes only

    internal int NodeIndex => (int)_bits.Low;

    /// <summary>A primitive with an id or extensions and no value: there is nothing to compute with.</summary>
    internal bool IsBarePrimitive => _kind == FhirPathKind.Node && Node is { IsPrimitive: true, HasValue: false };

    internal bool IsTemporal => _kind is FhirPathKind.Date or FhirPathKind.DateTime or FhirPathKind.Time;

    internal bool IsNumber => _kind is FhirPathKind.Integer or FhirPathKind.Decimal;

    public static FhirPathValue Of(FhirNode node) =>
        new(FhirPathKind.Node, node.Document, new Bits(node.Index, 0));

    public static FhirPathValue Of(bool value) => new(FhirPathKind.Boolean, null, new Bits(value ? 1 : 0, 0));

    public static FhirPathValue Of(int value) => new(FhirPathKind.Integer, null, new Bits(value, 0));

    public static FhirPathValue Of(decimal value) =>
        new(FhirPathKind.Decimal, null, Unsafe.BitCast<decimal, Bits>(value));

    public static FhirPathValue Of(string value) => new(FhirPathKind.String, value, default);

    public static FhirPathValue Of(Temporal value) => new(
        value.Kind switch
        {
            TemporalKind.Date => FhirPathKind.Date,
            TemporalKind.DateTime => FhirPathKind.DateTime,
            _ => FhirPathKind.Time,
        },
        null,
        Unsafe.BitCast<Temporal, Bits>(value));

    public static FhirPathValue Of(Quantity value) => new(
        FhirPathKind.Quantity, value.Unit, Unsafe.BitCast<decimal, Bits>(value.Value), value.IsCalendar);

    internal static FhirPathValue Of(TypeName type) => new(FhirPathKind.Type, type, default);

    internal static FhirPathValue Of(FhirDocument document, int node) =>
        new(FhirPathKind.Node, document, new Bits(node, 0));

    /// <summary>The text that <c>toString()</c> gives; for a complex node its JSON.</summary>
    public override string ToString() => _kind switch
    {
        FhirPathKind.None => "",
        FhirPathKind.Node => Node.Text ?? global::System.Text.Encoding.UTF8.GetString(Node.Json),
        FhirPathKind.Boolean => Boolean ? "true" : "false",
        FhirPathKind.Integer => Integer.ToString(CultureInfo.InvariantCulture),
        FhirPathKind.Decimal => Decimal.ToString(CultureInfo.InvariantCulture),
        FhirPathKind.String => String,
        FhirPathKind.Quantity => Quantity.ToString(),
        FhirPathKind.Type => Reflected.ToString(),
        _ => Temporal.ToString(),
    };

    /// <summary>Sixteen bytes that are a number, a moment or a place in a document.</summary>
    readonly record struct Bits(long Low, long High);
}
