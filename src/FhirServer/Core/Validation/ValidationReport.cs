namespace FhirHub.Core.Validation;

/// <summary>Everything a validation has to say: errors first, and then in the order of the document.</summary>
public sealed record ValidationReport(IReadOnlyList<ValidationIssue> Issues)
{
    public static ValidationReport Empty { get; } = new([]);

    public bool IsValid => !Issues.Any(issue => issue.IsError);
}
