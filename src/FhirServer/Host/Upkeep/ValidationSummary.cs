using System.Globalization;
using FhirHub.Core.Validation;
using FhirHub.Fhir.Documents;

namespace FhirHub.Host.Upkeep;

/// <summary>Prints what a validation of files has to say, and at the end how much of what there was.</summary>
sealed class ValidationSummary(TextWriter output, bool isChinese, bool isQuiet)
{
    const int RulesMax = 20;
    readonly Dictionary<(IssueSeverity Severity, string Rule), int> _rules = [];
    int _resources;
    int _invalid;

    internal int ErrorCount { get; private set; }

    /// <summary>A resource that could not be read.</summary>
    internal void Add(string place, IReadOnlyList<FhirIssue> issues)
    {
        _resources++;
        _invalid++;
        foreach (var issue in issues)
        {
            Add(issue.Severity, "structure");
            Line(place, issue.Line, issue.Column, issue.Severity, "structure", issue.Expression, issue.Text);
        }
    }

    internal void Add(string place, ValidationReport report)
    {
        _resources++;
        _invalid += report.IsValid ? 0 : 1;
        foreach (var issue in report.Issues)
        {
            Add(issue.Severity, issue.MessageId);
            Line(
                place, issue.Line, issue.Column, issue.Severity, issue.MessageId, issue.Expression,
                isChinese ? issue.ChineseText : issue.Text);
        }
    }

    internal void Write()
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{_resources} resources, {_resources - _invalid} valid, {_invalid} not; {ErrorCount} errors"));
        foreach (var ((severity, rule), count) in _rules
            .OrderBy(pair => pair.Key.Severity).ThenByDescending(pair => pair.Value).Take(RulesMax))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {count,8} {severity,-11} {rule}"));
        }
    }

    void Add(IssueSeverity severity, string rule)
    {
        ErrorCount += severity is IssueSeverity.Error or IssueSeverity.Fatal ? 1 : 0;
        _rules[(severity, rule)] = _rules.GetValueOrDefault((severity, rule)) + 1;
    }

    void Line(
        string place, int line, int column, IssueSeverity severity, string rule, string? expression, string text)
    {
        if (isQuiet && severity > IssueSeverity.Error)
        {
            return;
        }

        var where = line > 0 ? string.Create(CultureInfo.InvariantCulture, $"{place}:{line}:{column}") : place;
        output.WriteLine($"{where}: {severity} {rule} {expression}: {text}");
    }
}
