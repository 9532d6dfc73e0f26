using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;
using FhirHub.Fhir.Json;

namespace FhirHub.Fhir.Xml;

/// <summary>
/// Parses FHIR XML by rewriting it as JSON, which the JSON parser then checks. Positions are not tracked at first; when
/// there is a problem to place, the work is done again with a map back to the XML.
/// </summary>
static class XmlParser
{
    // A primitive is an element in XML and only a property in JSON, and narrative is elements in XML only.
    const int ExtraDepth = 1 + NarrativeChecker.DepthMax;

    internal static ParseResult Parse(ReadOnlyMemory<byte> content, FhirSchema schema, ParseOptions options)
    {
        if (content.Length > options.BytesMax)
        {
            var text = $"The content has {content.Length} bytes; at most {options.BytesMax} are accepted.";
            return Refused(content, 0, IssueType.TooLong, text);
        }

        // 1. UTF-8, whatever it came as.
        var source = XmlProlog.ToUtf8(content, out var wasUtf16, out var problem);
        if (problem is not null)
        {
            return Refused(source, 0, IssueType.Structure, problem);
        }

        // 2. No characters that XML cannot have.
        if (XmlText.FindForbidden(source.Span) is var forbidden and >= 0)
        {
            const string NotText = "The content is not UTF-8 here, or has a character that XML does not allow.";
            return Refused(source, forbidden, IssueType.Structure, NotText);
        }

        // 3. The XML declaration.
        var start = XmlProlog.Read(source.Span, wasUtf16, out problem);
        if (problem is not null)
        {
            return Refused(source, 0, IssueType.Structure, problem);
        }

        // 4. The document, and again with positions if it is not good.
        var result = Parse(source, start, schema, options, withPositions: false);
        return result.Issues.Count == 0 ? result : Parse(source, start, schema, options, withPositions: true);
    }

    static ParseResult Parse(
        ReadOnlyMemory<byte> source, int start, FhirSchema schema, ParseOptions options, bool withPositions)
    {
        var issues = new XmlIssues(options);
        var depthMax = Math.Min(options.DepthMax, int.MaxValue - ExtraDepth) + ExtraDepth;
        var map = withPositions ? new SourceMap(source) : null;
        byte[] json;
        using (var rewriting = new XmlToJson(source.Span, start, schema, issues, withPositions, depthMax))
        {
            if (!rewriting.Run())
            {
                return new ParseResult(null, issues.With([], source));
            }

            json = rewriting.Json.ToArray();
            foreach (var (at, from) in rewriting.Marks)
            {
                map?.Add(at, from);
            }
        }

        var parsed = JsonParser.Parse(json, schema, options, map);
        if (issues.IsEmpty && parsed.Issues.Count == 0)
        {
            return parsed;
        }

        var document = options.IsLenient || issues.IsEmpty ? parsed.Document : null;
        return new ParseResult(document, issues.With(parsed.Issues, source));
    }

    static ParseResult Refused(ReadOnlyMemory<byte> source, int offset, IssueType code, string text)
    {
        var (line, column) = new SourcePositions(source).At(offset);
        return new ParseResult(null, [new FhirIssue(IssueSeverity.Fatal, code, text, null, line, column)]);
    }
}
