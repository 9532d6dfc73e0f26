using FhirHub.Fhir.Documents;

namespace FhirHub.Generators;

/// <summary>
/// The documents that are mutated: generated ones and given examples, all of them small, and both as XML.
/// </summary>
sealed class FuzzCorpus
{
    const int BytesMax = 3_000;
    const int SeedsPerType = 3;

    FuzzCorpus(byte[][] json, byte[][] xml)
    {
        Json = json;
        Xml = xml;
    }

    internal byte[][] Json { get; }

    internal byte[][] Xml { get; }

    internal static FuzzCorpus From(IEnumerable<byte[]> examples)
    {
        var generated = Enumerable.Range(0, SeedsPerType)
            .SelectMany(seed => RandomDocuments.Types.Select(type => RandomDocuments.Json(type, seed)));
        byte[][] json = [.. examples.Concat(generated).Where(bytes => bytes.Length <= BytesMax)];
        var xml = json
            .Select(bytes => FhirDocument.ParseJson(bytes, ParseOptions.Strict).Document?.ToXml())
            .OfType<byte[]>();
        return new FuzzCorpus(json, [.. xml]);
    }
}
