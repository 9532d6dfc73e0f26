using FhirHub.Fhir.Documents;

namespace FhirHub.Fhir.Xml;

/// <summary>The problems found while XML is rewritten, by their offsets in the UTF-8 source.</summary>
sealed class XmlIssues(ParseOptions options)
{
    readonly List<(int Offset, IssueSeverity Severity, IssueType Code, string Text, string? Expression)> _issues = [];

    internal bool IsEmpty => _issues.Count == 0;

    internal void Add(int offset, IssueType code, string text, string? expression)
    {
        if (_issues.Count < options.IssuesMax)
        {
            var severity = options.IsLenient ? IssueSeverity.Warning : IssueSeverity.Error;
            _issues.Add((offset, severity, code, text, expression));
        }
    }

    internal void AddFatal(int offset, IssueType code, string text) =>
        _issues.Add((offset, IssueSeverity.Fatal, code, text, null));

    /// <summary>
    /// All of them with lines and columns, and with those the JSON parser found and that are not told yet.
    /// </summary>
    internal List<FhirIssue> With(IReadOnlyList<FhirIssue> found, ReadOnlyMemory<byte> source)
    {
        var positions = new SourcePositions(source);
        var all = new List<FhirIssue>();
        foreach (var (offset, severity, code, text, expression) in _issues)
        {
            var (line, column) = positions.At(offset);
            all.Add(new FhirIssue(severity, code, text, expression, line, column));
        }

        // What was left out here may look missing there; one problem is told once.
        var told = all.Select(i => i.Expression).ToHashSet(StringComparer.Ordinal);
        all.AddRange(found.Where(i => i.Expression is null || !told.Contains(i.Expression)));
        return [.. all.OrderBy(i => (i.Line, i.Column)).Take(options.IssuesMax)];
    }
}
