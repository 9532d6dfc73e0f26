namespace FhirHub.Fhir.Documents;

/// <summary>Content that is not FHIR, with everything that is wrong with it.</summary>
public sealed class FhirFormatException(IReadOnlyList<FhirIssue> issues) : FormatException(Summary(issues))
{
    public IReadOnlyList<FhirIssue> Issues { get; } = issues;

    // A log often holds nothing but the message, so it says where, and that there is more.
    static string Summary(IReadOnlyList<FhirIssue> issues)
    {
        if (issues.Count == 0)
        {
            return "The content is not valid FHIR.";
        }

        var first = issues[0];
        var more = issues.Count switch
        {
            1 => "",
            2 => " There is 1 more issue.",
            _ => $" There are {issues.Count - 1} more issues.",
        };
        return $"{first.Expression ?? "The content"} (line {first.Line}, column {first.Column}): {first.Text}{more}";
    }
}
