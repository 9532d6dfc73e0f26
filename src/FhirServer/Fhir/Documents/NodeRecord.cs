namespace FhirHub.Fhir.Documents;

/// <summary>
/// One node of a document in 16 bytes: where its value stands in the JSON, what it is, and where the next one is.
/// Records stand in document order, a parent directly before its children.
/// </summary>
struct NodeRecord
{
    /// <summary>
    /// The offset of the value's first byte: the brace of an object, the first character of a string.
    /// </summary>
    internal int Start;

    /// <summary>The length of the value in bytes, without the quotes of a string.</summary>
    internal int Length;

    /// <summary>
    /// For an object or extras: the index after its last descendant.
    /// For a primitive: the index of its linked extras, or zero.
    /// </summary>
    internal int Next;

    /// <summary>The <see cref="Definitions.PropertySchema.Id"/> the node stands under; zero for the root.</summary>
    internal ushort Property;

    readonly ushort _typeAndKind;

    internal NodeRecord(int start, int length, int next, ushort property, NodeKind kind, ushort type)
    {
        Start = start;
        Length = length;
        Next = next;
        Property = property;
        _typeAndKind = (ushort)((type << 4) | (int)kind);
    }

    internal readonly NodeKind Kind => (NodeKind)(_typeAndKind & 0xF);

    /// <summary>The <see cref="Definitions.TypeSchema.Index"/> of the node's actual type.</summary>
    internal readonly int Type => _typeAndKind >> 4;

    internal readonly bool HasSubtree => Kind is NodeKind.Object or NodeKind.Extras or NodeKind.LinkedExtras;

    internal readonly bool IsNode => Kind < NodeKind.LinkedExtras;

    internal readonly NodeRecord As(NodeKind kind, int next) => new(Start, Length, next, Property, kind, (ushort)Type);
}
