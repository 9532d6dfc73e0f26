namespace FhirHub.Fhir.Definitions;

/// <summary>The R4 primitive types, by the lexical rules their values follow.</summary>
public enum PrimitiveKind : byte
{
    /// <summary>Not a primitive type.</summary>
    None,
    Boolean,
    Integer,
    UnsignedInt,
    PositiveInt,
    Decimal,
    String,
    Markdown,
    Code,
    Id,
    Uri,
    Url,
    Canonical,
    Oid,
    Uuid,
    Base64Binary,
    Instant,
    DateTime,
    Date,
    Time,
    Xhtml,
}
