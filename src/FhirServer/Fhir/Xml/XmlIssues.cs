using FhirHub.Fhir.Documents;
using FhirHub.Fhir.Json;

namespace FhirHub.Fhir.Xml;

/// <summary>The problems found while XML is rewritten, by their offsets in the UTF-8 source.</summary>
sealed class XmlIssues(ParseOptions options)
{
    readonly List<(int Offset, IssueSeverity Severity, IssueType Code, string Text, string? Expression)> _issues = [];

    bool _hasMore;

    internal bool IsEmpty => _issues.Count == 0;

    /// <summary>No more issues are listed, so nothing need be found out about the next.</summary>
    internal bool IsFull => _issues.Count >= options.IssuesMax;

    IssueSeverity Severity => options.IsLenient ? IssueSeverity.Warning : IssueSeverity.Error;

    internal void Add(int offset, IssueType code, string text, string? expression)
    {
        if (IsFull)
        {
            _hasMore = true;
            return;
        }

        _issues.Add((offset, Severity, code, text, expression));
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

        var told = all.Select(i => i.Expression).OfType<string>().ToList();
        all.AddRange(found.Where(i => !EndsList(i) && !IsConsequence(i, told)));
        var sorted = all.OrderBy(i => (i.Line, i.Column)).ToLookup(i => i.Severity == IssueSeverity.Fatal);
        var listed = sorted[false].Take(options.IssuesMax).ToList();
        if (_hasMore || found.Any(EndsList) || sorted[false].Skip(options.IssuesMax).Any())
        {
            var (line, column) = listed.Count == 0 ? (1, 1) : (listed[^1].Line, listed[^1].Column);
            listed.Add(new FhirIssue(Severity, IssueType.TooLong, options.ListEnds, null, line, column));
        }

        // What is not XML from some place on is always said.
        return [.. listed, .. sorted[true]];
    }

    static bool EndsList(FhirIssue issue) =>
        issue is { Code: IssueType.TooLong, Severity: not IssueSeverity.Fatal };

    /// <summary>
    /// What was left out here may look missing or empty there, and one problem is told once. Values are judged only
    /// there.
    /// </summary>
    static bool IsConsequence(FhirIssue issue, List<string> told) => issue switch
    {
        { Expression: null } => false,
        { Text: JsonParser.EmptyObject, Expression: var at } => told.Exists(t => t == at || IsBelow(at, t)),
        { Code: IssueType.Required or IssueType.Structure, Expression: var at } => told.Contains(at),
        _ => false,
    };

    static bool IsBelow(string outer, string inner) =>
        inner.StartsWith(outer, StringComparison.Ordinal) && inner.Length > outer.Length && inner[outer.Length] == '.';
}
