using FhirHub.Fhir.Documents;

namespace FhirHub.Core.Validation;

/// <summary>One thing a validation has to say.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="Code">The issue type: https://hl7.org/fhir/R4/valueset-issue-type.html</param>
/// <param name="MessageId">The stable id of the rule that speaks.</param>
/// <param name="Text">What is wrong, in English, without any value that could be personal.</param>
/// <param name="ChineseText">The same in Chinese.</param>
/// <param name="Expression">The FHIRPath of the element, from the validated resource on.</param>
public sealed record ValidationIssue(
    IssueSeverity Severity, string Code, string MessageId, string Text, string ChineseText, string Expression)
{
    /// <summary>The profile that asks for it; null for what R4 itself asks for.</summary>
    public string? Profile { get; init; }

    /// <summary>The line in the source, from 1; zero when there is no source.</summary>
    public int Line { get; init; }

    /// <summary>The column in that line, from 1; zero when there is no source.</summary>
    public int Column { get; init; }

    public bool IsError => Severity is IssueSeverity.Error or IssueSeverity.Fatal;
}
