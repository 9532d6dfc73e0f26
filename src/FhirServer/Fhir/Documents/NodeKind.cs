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
