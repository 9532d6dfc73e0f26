using System.Globalization;
using FhirHub.Fhir.Documents;

namespace FhirHub.Core.Validation;

/// <summary>
/// The OperationOutcome of a validation: English in <c>diagnostics</c>, Chinese as the text of <c>details</c>, and
/// the id of the rule as its code.
/// </summary>
public static class ReportOutcome
{
    /// <summary>The code system of the ids of rules.</summary>
    public const string Rules = "urn:fhirhub:CodeSystem:validation-message";

    const string LineUrl = "http://hl7.org/fhir/StructureDefinition/operationoutcome-issue-line";
    const string ColumnUrl = "http://hl7.org/fhir/StructureDefinition/operationoutcome-issue-col";

    /// <summary>The outcome of at least one issue.</summary>
    public static FhirDocument Of(IReadOnlyList<ValidationIssue> issues)
    {
        ArgumentNullException.ThrowIfNull(issues);
        var outcome = FhirBuilder.Create("OperationOutcome");
        foreach (var issue in issues)
        {
            outcome.Add("issue", i => Write(issue, i));
        }

        return outcome.Build();
    }

    static void Write(ValidationIssue issue, FhirBuilder builder)
    {
        if (issue.Line > 0)
        {
            builder
                .Add("extension", e => e.Set("url", LineUrl).Set("valueInteger", issue.Line))
                .Add("extension", e => e.Set("url", ColumnUrl).Set("valueInteger", issue.Column));
        }

        builder
            .Set("severity", Code(issue.Severity))
            .Set("code", issue.Code)
            .Add("details.coding", c => c.Set("system", Rules).Set("code", issue.MessageId))
            .Set("details.text", issue.ChineseText)
            .Set("diagnostics", issue.Profile is null ? issue.Text : $"{issue.Text} ({issue.Profile})");
        if (issue.Line > 0)
        {
            builder.Add(
                "location",
                string.Create(CultureInfo.InvariantCulture, $"line {issue.Line}, column {issue.Column}"));
        }

        builder.Add("expression", issue.Expression);
    }

    static string Code(IssueSeverity severity) => severity switch
    {
        IssueSeverity.Fatal => "fatal",
        IssueSeverity.Error => "error",
        IssueSeverity.Warning => "warning",
        _ => "information",
    };
}
