namespace FhirHub.Fhir.Documents;

/// <summary>
/// The issue codes a parse can give, by the names of https://hl7.org/fhir/R4/valueset-issue-type.html
/// </summary>
public enum IssueType : byte
{
    /// <summary>The content is not well-formed or not shaped as the definitions say (<c>structure</c>).</summary>
    Structure,

    /// <summary>A required element is missing (<c>required</c>).</summary>
    Required,

    /// <summary>A value is not of its type's format (<c>value</c>).</summary>
    Value,

    /// <summary>A content rule is broken, such as one of narrative (<c>invariant</c>).</summary>
    Invariant,

    /// <summary>A value or the whole content is too long or too deep (<c>too-long</c>).</summary>
    TooLong,

    /// <summary>Well-formed, and yet not what was asked for (<c>invalid</c>).</summary>
    Invalid,
}
