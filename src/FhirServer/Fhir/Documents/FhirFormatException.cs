namespace FhirHub.Fhir.Documents;

/// <summary>Content that is not FHIR, with everything that is wrong with it.</summary>
public sealed class FhirFormatException(IReadOnlyList<FhirIssue> issues)
    : FormatException(issues.Count == 0 ? "The content is not valid FHIR." : issues[0].Text)
{
    public IReadOnlyList<FhirIssue> Issues { get; } = issues;
}
