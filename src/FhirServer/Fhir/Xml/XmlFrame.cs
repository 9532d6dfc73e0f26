using FhirHub.Fhir.Definitions;

namespace FhirHub.Fhir.Xml;

/// <summary>An open element of the XML, with what is known of its children so far.</summary>
struct XmlFrame
{
    internal XmlFrameKind Kind;

    /// <summary>The type whose properties the children are.</summary>
    internal TypeSchema Type;

    /// <summary>True for a primitive given a value, even a wrong one, and for a resource element with one.</summary>
    internal bool IsFilled;

    /// <summary>True for a primitive whose value was written.</summary>
    internal bool HasValue;

    /// <summary>True once the <c>_name</c> object of a primitive has been begun.</summary>
    internal bool HasExtras;

    /// <summary>One bit for each element (by ordinal) that has occurred among the children.</summary>
    internal ulong Seen;

    /// <summary>The property of the children being written, which is an array when its element repeats.</summary>
    internal PropertySchema? Run;

    /// <summary>How many children the run has.</summary>
    internal int RunCount;

    /// <summary>Where the run began in the JSON.</summary>
    internal int RunStart;

    /// <summary>For primitives: true when one of the run has a value.</summary>
    internal bool RunHasValues;

    /// <summary>For primitives: how many entries the array of extras has.</summary>
    internal int ExtrasCount;
}

/// <summary>What an open XML element becomes in JSON.</summary>
enum XmlFrameKind : byte
{
    /// <summary>An object: a resource or a data type.</summary>
    Object,

    /// <summary>A primitive, whose object, if it needs one, is the <c>_name</c> beside it.</summary>
    Primitive,

    /// <summary>An element such as <c>contained</c> that has a resource for its only content.</summary>
    Resource,
}
