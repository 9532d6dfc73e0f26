namespace FhirHub.Fhir.FhirPath;

/// <summary>
/// What a <see cref="FhirPathValue"/> holds: a node of a document, or a value of one of the System types.
/// </summary>
public enum FhirPathKind : byte
{
    /// <summary>No value: only the default of the struct is this.</summary>
    None,
    Node,
    Boolean,
    Integer,
    Decimal,
    String,
    Date,
    DateTime,
    Time,
    Quantity,

    /// <summary>What <c>type()</c> tells of a value: a namespace and a name.</summary>
    Type,
}
