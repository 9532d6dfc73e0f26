namespace FhirHub.Fhir.Documents;

/// <summary>One problem found in content, with the place to mend it.</summary>
/// <param name="Severity">Error, or warning where a lenient parse dropped something and went on.</param>
/// <param name="Code">The issue type of the OperationOutcome.</param>
/// <param name="Text">What is wrong and what would be right, without the offending value where it could be
/// personal.</param>
/// <param name="Expression">The FHIRPath of the element, such as <c>Patient.name[0].given[1]</c>; null for bad
/// syntax.</param>
/// <param name="Line">The line in the source, from 1.</param>
/// <param name="Column">The column in that line, in characters, from 1.</param>
public sealed record FhirIssue(
    IssueSeverity Severity, IssueType Code, string Text, string? Expression, int Line, int Column);
