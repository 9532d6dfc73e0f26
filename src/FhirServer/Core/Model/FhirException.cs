namespace FhirHub.Core.Model;

/// <summary>Carries a problem to the edge where nobody in between has anything to decide about it.</summary>
public sealed class FhirException(Problem problem) : Exception(problem.Text)
{
    public FhirException(ProblemKind kind, string issueCode, string text, string? expression = null)
        : this(new Problem(kind, issueCode, text, expression))
    {
    }

    public Problem Problem { get; } = problem;
}
