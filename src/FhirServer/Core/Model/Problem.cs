namespace FhirHub.Core.Model;

/// <summary>Why something could not be done, told to the person who can mend it.</summary>
/// <param name="Kind">What sort of failure this is.</param>
/// <param name="IssueCode">The OperationOutcome code: https://hl7.org/fhir/R4/valueset-issue-type.html</param>
/// <param name="Text">What is wrong and what would be right; never a value that could be personal.</param>
/// <param name="Expression">The FHIRPath of the element, where there is one.</param>
public sealed record Problem(ProblemKind Kind, string IssueCode, string Text, string? Expression = null)
{
    /// <summary>What else is wrong in the same way, each with an element of its own.</summary>
    public IReadOnlyList<Problem> More { get; init; } = [];

    /// <summary>Whether validation found it, rather than the server when it did what was asked.</summary>
    public bool IsFinding { get; init; }
}
