namespace FhirHub.Fhir.Documents;

/// <summary>What a node record stands for.</summary>
enum NodeKind : byte
{
    /// <summary>A complex value: its children follow it up to <see cref="NodeRecord.Next"/>.</summary>
    Object,

    /// <summary>A string whose bytes are its characters.</summary>
    String,

    /// <summary>A string with backslash escapes to undo.</summary>
    EscapedString,
    Number,
    Boolean,

    /// <summary>A <c>null</c> that pads an array of primitives; its id and extensions are its only content.</summary>
    NoValue,

    /// <summary>The id and extensions of a primitive that has no record of its own.</summary>
    Extras,

    /// <summary>The id and extensions of a primitive whose record points here; not a node by itself.</summary>
    LinkedExtras,

    /// <summary>A <c>null</c> that pads the array of extras; never a node.</summary>
    ExtrasGap,
}

/// <summary>
/// One node of a document in 16 bytes: where its value stands in the JSON, what it is, and where the next one is.
/// Records stand in document order, a parent directly before its children.
/// </summary>
struct NodeRecord
{
    /// <summary>The offset of the value's first byte: the brace of an object, the first character of a string.</summary>
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
