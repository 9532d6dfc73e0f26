using System.Text;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;
using FhirHub.Generators;

namespace FhirHub.Unit.Documents;

// Properties that hold for every valid document, tried on a few random ones of each resource type.
[TestClass]
public sealed class RandomDocumentTests
{
    const int SeedsPerType = 5;

    static IEnumerable<object[]> Types => RandomDocuments.Types.Select(type => new object[] { type.Name });

    [TestMethod]
    [DynamicData(nameof(Types))]
    public void What_the_definitions_allow_is_accepted_and_survives_JSON_and_XML(string type)
    {
        for (var seed = 0; seed < SeedsPerType; seed++)
        {
            var json = RandomDocuments.Json(FhirSchema.R4[type], seed);
            var problem = Problem(json);
            Assert.IsNull(problem, $"{type}, seed {seed}: {problem}\n{Encoding.UTF8.GetString(json)}");
        }
    }

    [TestMethod]
    public void Every_element_is_reached()
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        for (var seed = 0; seed < 60; seed++)
        {
            foreach (var type in RandomDocuments.Types)
            {
                Reach(FhirDocument.ParseJson(RandomDocuments.Json(type, seed)).Root, reached);
            }
        }

        var all = RandomDocuments.Types.SelectMany(type => type.Elements).Select(element => element.Path).ToHashSet();
        all.ExceptWith(reached);
        Assert.IsEmpty(all, string.Join(' ', all));
    }

    static void Reach(FhirNode node, HashSet<string> reached)
    {
        foreach (var child in node.Children)
        {
            reached.Add(child.Element?.Path ?? "");
            Reach(child, reached);
        }
    }

    static string? Problem(byte[] json)
    {
        var parsed = FhirDocument.ParseJson(json, ParseOptions.Strict);
        if (parsed.Issues.Count > 0 || parsed.Document is not { } document)
        {
            return string.Join('\n', parsed.Issues);
        }

        var written = document.ToJson();
        var again = FhirDocument.ParseJson(written, ParseOptions.Strict);
        return again.Document is null
            ? "what was written is refused: " + again.Issues[0]
            : DocumentComparison.Difference(document, again.Document)
                ?? (written.AsSpan().SequenceEqual(again.Document.ToJson()) ? null : "written twice, it differs")
                ?? (FhirDocument.ParseJson(document.ToJson(indented: true)).ToJson().AsSpan().SequenceEqual(written)
                    ? null : "indented, it differs")
                ?? ThroughXml(document);
    }

    static string? ThroughXml(FhirDocument document)
    {
        var xml = document.ToXml();
        var read = FhirDocument.ParseXml(xml, ParseOptions.Strict);
        if (read.Document is null)
        {
            return "the XML is refused: " + read.Issues[0] + "\n" + Encoding.UTF8.GetString(xml);
        }

        return DocumentComparison.Difference(document, read.Document) is { } difference
            ? difference + "\n" + Encoding.UTF8.GetString(xml)
            : xml.AsSpan().SequenceEqual(read.Document.ToXml()) ? null : "the XML written twice differs";
    }
}
