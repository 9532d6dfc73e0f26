using System.Text;
using FhirHub.Fhir.Documents;

namespace FhirHub.Generators;

/// <summary>
/// What must hold of every valid document: it is accepted, and writing and reading it changes nothing.
/// </summary>
static class RoundTrip
{
    /// <summary>The first thing that does not hold, or null.</summary>
    internal static string? Problem(byte[] json)
    {
        var parsed = FhirDocument.ParseJson(json, ParseOptions.Strict);
        return parsed.Issues.Count > 0 || parsed.Document is not { } document
            ? string.Join('\n', parsed.Issues)
            : ThroughJson(document) ?? ThroughXml(document);
    }

    static string? ThroughJson(FhirDocument document)
    {
        var written = document.ToJson();
        var again = FhirDocument.ParseJson(written, ParseOptions.Strict);
        if (again.Document is null)
        {
            return "the JSON written is refused: " + again.Issues[0];
        }

        if (DocumentComparison.Difference(document, again.Document) is { } difference)
        {
            return "through JSON: " + difference;
        }

        var indented = FhirDocument.ParseJson(document.ToJson(indented: true));
        return !written.AsSpan().SequenceEqual(again.Document.ToJson()) ? "JSON written twice differs"
            : !written.AsSpan().SequenceEqual(indented.ToJson()) ? "JSON written with and without indents differs"
            : null;
    }

    static string? ThroughXml(FhirDocument document)
    {
        var xml = document.ToXml();
        var read = FhirDocument.ParseXml(xml, ParseOptions.Strict);
        if (read.Document is null || read.Issues.Count > 0)
        {
            return "the XML written is refused: " + read.Issues[0] + "\n" + Encoding.UTF8.GetString(xml);
        }

        return DocumentComparison.Difference(document, read.Document) is { } difference ? "through XML: " + difference
            : !xml.AsSpan().SequenceEqual(read.Document.ToXml()) ? "XML written twice differs"
            : null;
    }
}
