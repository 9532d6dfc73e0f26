using FhirHub.Fhir.Documents;
using FhirHub.Generators;

namespace FhirHub.Conformance;

/// <summary>The documents that are mutated: small examples, generated ones, and both as XML.</summary>
sealed class FuzzCorpus
{
    const int BytesMax = 3_000;
    const int SeedsPerType = 3;
    const int EveryNthExample = 5;

    FuzzCorpus(byte[][] json, byte[][] xml)
    {
        Json = json;
        Xml = xml;
    }

    internal byte[][] Json { get; }

    internal byte[][] Xml { get; }

    internal static FuzzCorpus Load(string tarball)
    {
        var examples = ExamplePackage.Read(tarball).Select(file => file.Json).Where(IsSmall).ToArray();
        var generated = Enumerable.Range(0, SeedsPerType)
            .SelectMany(seed => RandomDocuments.Types.Select(type => RandomDocuments.Json(type, seed)))
            .Where(IsSmall);
        byte[][] json = [.. examples.Where((_, i) => i % EveryNthExample == 0), .. generated];
        var xml = json
            .Select(bytes => FhirDocument.ParseJson(bytes, ParseOptions.Strict).Document?.ToXml())
            .OfType<byte[]>();
        return new FuzzCorpus(json, [.. xml]);
    }

    static bool IsSmall(byte[] bytes) => bytes.Length <= BytesMax;
}
