using FhirHub.Core.Validation;
using FhirHub.Fhir.Documents;

namespace FhirHub.Profiles.Running;

/// <summary>Turns what a run found into issues, each once: errors first, and then as the document has them.</summary>
static class ReportWriter
{
    internal static ValidationReport Write(ValidationRun run, bool hasSource)
    {
        if (run.IsFull || !run.Needs.IsEmpty)
        {
            run.ReportIncomplete();
        }

        if (run.Findings.Count == 0)
        {
            return ValidationReport.Empty;
        }

        var kept = new List<Finding>();
        foreach (var finding in run.Findings.OrderBy(f => f.Node.Index))
        {
            var isKnown = false;
            for (var i = kept.Count - 1; i >= 0 && kept[i].Node == finding.Node && !isKnown; i--)
            {
                isKnown = kept[i].IsSameAs(finding);
            }

            if (!isKnown)
            {
                kept.Add(finding);
            }
        }

        var positions = hasSource ? new SourcePositions(run.Root.Document.Json) : null;
        return new ValidationReport(
            [.. kept.Select(finding => Issue(run, finding, positions)).OrderBy(issue => issue.Severity)]);
    }

    static ValidationIssue Issue(ValidationRun run, in Finding finding, SourcePositions? positions)
    {
        var node = finding.Node;
        var isHere = node.Document == run.Root.Document;
        var expression = NodeExpression.Of(run.Root, node);
        var (line, column) = positions is not null && isHere
            ? positions.At(node.Document.Records[node.Index].Start)
            : (0, 0);
        return new ValidationIssue(
            finding.Severity,
            finding.Message.Code,
            finding.Message.Id,
            finding.Message.English(finding.Arguments),
            finding.Message.Chinese(finding.Arguments),
            finding.Element is null ? expression : $"{expression}.{finding.Element}")
        {
            Profile = finding.Profile,
            Line = line,
            Column = column,
        };
    }
}
