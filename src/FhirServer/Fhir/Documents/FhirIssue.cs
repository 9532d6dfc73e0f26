namespace FhirHub.Fhir.Documents;

/// <summary>How bad an issue is: https://hl7.org/fhir/R4/valueset-issue-severity.html</summary>
public enum IssueSeverity : byte
{
    Fatal,
    Error,
    Warning,
    Information,
}

/// <summary>The issue codes a parse can give, by the names of https://hl7.org/fhir/R4/valueset-issue-type.html</summary>
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

    /// <summary>Content the definitions do not know (<c>not-supported</c> is for operations; this is <c>structure</c>'s sibling <c>invalid</c>).</summary>
    Invalid,
}

/// <summary>One problem found in content, with the place to mend it.</summary>
/// <param name="Severity">Error, or warning where a lenient parse dropped something and went on.</param>
/// <param name="Code">The issue type of the OperationOutcome.</param>
/// <param name="Text">What is wrong and what would be right, without the offending value where it could be personal.</param>
/// <param name="Expression">The FHIRPath of the element, such as <c>Patient.name[0].given[1]</c>; null for bad syntax.</param>
/// <param name="Line">The line in the source, from 1.</param>
/// <param name="Column">The column in bytes of that line, from 1.</param>
public sealed record FhirIssue(
    IssueSeverity Severity, IssueType Code, string Text, string? Expression, int Line, int Column);

/// <summary>Content that is not FHIR, with everything that is wrong with it.</summary>
public sealed class FhirFormatException(IReadOnlyList<FhirIssue> issues)
    : FormatException(issues.Count == 0 ? "The content is not valid FHIR." : issues[0].Text)
{
    public IReadOnlyList<FhirIssue> Issues { get; } = issues;
}
