using System.Text;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Json;

namespace FhirHub.Fhir.Documents;

/// <summary>
/// One element of a document: a resource, a data type or a primitive with its id and extensions. The default value
/// is "no such element": it has no value and no children, so that paths can be followed without a check at each step.
/// </summary>
public readonly struct FhirNode : IEquatable<FhirNode>
{
    readonly FhirDocument? _document;
    readonly int _index;

    internal FhirNode(FhirDocument document, int index)
    {
        _document = document;
        _index = index;
    }

    public bool Exists => _document is not null;

    /// <summary>The document the node is part of; asking a missing node for it is a mistake.</summary>
    public FhirDocument Document => _document ?? throw new InvalidOperationException("The element does not exist.");

    internal int Index => _index;

    /// <summary>The element this node is an occurrence of; null for the root of a document.</summary>
    public ElementSchema? Element => _document?.PropertyOf(_index)?.Element;

    /// <summary>The property the node stands under in JSON, such as <c>valueQuantity</c>; null for the root.</summary>
    public PropertySchema? Property => _document?.PropertyOf(_index);

    /// <summary>The actual type: for a choice the one chosen, for a contained resource its own.</summary>
    public TypeSchema Type => Document.TypeOf(_index);

    /// <summary>
    /// The element name FHIRPath uses (<c>value</c>, not <c>valueQuantity</c>), or the type name of a root.
    /// </summary>
    public string Name => Element?.Name ?? Type.Name;

    public bool IsPrimitive => _document is not null && Type.IsPrimitive;

    /// <summary>True for a primitive with a value of its own, not only an id or extensions.</summary>
    public bool HasValue => _document is not null
        && _document.Records[_index].Kind is >= NodeKind.String and <= NodeKind.Boolean;

    /// <summary>All children in document order, the id and extensions of a primitive among them.</summary>
    public FhirNodes Children =>
        _document is null ? default : new FhirNodes(_document, _document.ChildRange(_index), null);

    /// <summary>
    /// The children that are occurrences of one element: <c>name</c>, or <c>value</c> for any type of a choice.
    /// </summary>
    public FhirNodes this[string element] => Of(element);

    /// <summary>The JSON of the node as it stands in the document (a string with its quotes).</summary>
    public ReadOnlySpan<byte> Json
    {
        get
        {
            if (_document is null)
            {
                return default;
            }

            ref readonly var record = ref _document.Records[_index];
            return record.Kind switch
            {
                NodeKind.String or NodeKind.EscapedString => _document.Bytes.Slice(record.Start - 1, record.Length + 2),
                NodeKind.NoValue or NodeKind.Extras => default,
                _ => _document.Bytes.Slice(record.Start, record.Length),
            };
        }
    }

    /// <summary>
    /// The bytes of a primitive's value: a number or boolean as written, a string without its quotes. Strings that hold
    /// backslash escapes are not what they seem: see <see cref="IsEscaped"/>.
    /// </summary>
    public ReadOnlySpan<byte> RawValue
    {
        get
        {
            if (!HasValue)
            {
                return default;
            }

            ref readonly var record = ref _document!.Records[_index]; // HasValue is false without a document
            return _document.Bytes.Slice(record.Start, record.Length);
        }
    }

    /// <summary>True when <see cref="RawValue"/> still holds JSON escapes.</summary>
    public bool IsEscaped => _document is not null && _document.Records[_index].Kind == NodeKind.EscapedString;

    /// <summary>
    /// A primitive's value as text, exactly as written (<c>1.50</c> stays <c>1.50</c>); null when it has none.
    /// </summary>
    public string? Text =>
        !HasValue ? null : IsEscaped ? JsonText.Unescape(RawValue) : Encoding.UTF8.GetString(RawValue);

    public bool ValueEquals(ReadOnlySpan<byte> utf8) =>
        HasValue && (IsEscaped ? JsonText.UnescapedEquals(RawValue, utf8) : RawValue.SequenceEqual(utf8));

    /// <summary>The first child of that element, or a missing node.</summary>
    public FhirNode First(string element) => Of(element).First;

    /// <summary>
    /// The first node at a path below this one, such as <c>name.family</c>; missing where any step is. The path is
    /// checked against the definitions: a step that the type does not have throws <see cref="ArgumentException"/>.
    /// Below a missing node everything is missing, and no type is known to check a path against.
    /// </summary>
    public FhirNode At(string path) => _document is null ? default : ElementPath.For(Type, path).First(this);

    /// <summary>All nodes at a path below this one, checked like <see cref="At"/>.</summary>
    public IEnumerable<FhirNode> All(string path) => _document is null ? [] : ElementPath.For(Type, path).All(this);

    public bool Equals(FhirNode other) => ReferenceEquals(_document, other._document) && _index == other._index;

    public override bool Equals(object? obj) => obj is FhirNode other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(_document, _index);

    public static bool operator ==(FhirNode left, FhirNode right) => left.Equals(right);

    public static bool operator !=(FhirNode left, FhirNode right) => !left.Equals(right);

    public override string ToString() => _document is null ? "(missing)" : $"{Name}: {Type.Name}";

    internal FhirNodes Of(ElementSchema element) =>
        _document is null ? default : new FhirNodes(_document, _document.ChildRange(_index), element);

    FhirNodes Of(string name)
    {
        if (_document is null)
        {
            return default;
        }

        return Type.TryGetElement(name, out var element) ? Of(element) : throw ElementPath.NoSuchElement(Type, name);
    }
}
