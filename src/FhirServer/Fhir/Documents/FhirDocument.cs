using System.Buffers;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Json;
using FhirHub.Fhir.Xml;

namespace FhirHub.Fhir.Documents;

/// <summary>
/// An immutable FHIR resource: the JSON bytes it came as, and one small record per element that says what each part of
/// them is. Nothing is copied out of the bytes until somebody asks for a value.
/// </summary>
public sealed class FhirDocument
{
    readonly ReadOnlyMemory<byte> _json;
    ResourcePlace[]? _resources;

    internal FhirDocument(FhirSchema schema, ReadOnlyMemory<byte> json, NodeRecord[] records)
    {
        Schema = schema;
        _json = json;
        Records = records;
    }

    public FhirSchema Schema { get; }

    /// <summary>The document's JSON, byte for byte as it was parsed or written.</summary>
    public ReadOnlyMemory<byte> Json => _json;

    /// <summary>The resource itself.</summary>
    public FhirNode Root => new(this, 0);

    /// <summary>The type of the resource, such as <c>Patient</c>.</summary>
    public TypeSchema Type => TypeOf(0);

    internal NodeRecord[] Records { get; }

    internal ReadOnlySpan<byte> Bytes => _json.Span;

    /// <summary>
    /// Parses JSON that is known to be good; throws <see cref="FhirFormatException"/> where it is not.
    /// </summary>
    public static FhirDocument ParseJson(ReadOnlyMemory<byte> utf8Json) =>
        ParseJson(utf8Json, ParseOptions.Strict).OrThrow();

    /// <summary>Parses and checks JSON; every problem is in the result. The bytes must not change afterwards.</summary>
    public static ParseResult ParseJson(ReadOnlyMemory<byte> utf8Json, ParseOptions options) =>
        JsonParser.Parse(utf8Json, FhirSchema.R4, options);

    /// <summary>
    /// Parses XML that is known to be good; throws <see cref="FhirFormatException"/> where it is not.
    /// </summary>
    public static FhirDocument ParseXml(ReadOnlyMemory<byte> utf8Xml) =>
        ParseXml(utf8Xml, ParseOptions.Strict).OrThrow();

    /// <summary>Parses and checks XML; every problem is in the result, with its place in the XML.</summary>
    public static ParseResult ParseXml(ReadOnlyMemory<byte> utf8Xml, ParseOptions options) =>
        XmlParser.Parse(utf8Xml, FhirSchema.R4, options);

    /// <summary>The document as compact or indented JSON, written anew from its nodes.</summary>
    public byte[] ToJson(bool indented = false) => JsonOutput.Write(this, indented);

    /// <summary>The document as XML; indented only to be read by people.</summary>
    public byte[] ToXml(bool indented = false)
    {
        // XML needs about as many bytes as JSON.
        var writer = new ArrayBufferWriter<byte>(_json.Length + 256);
        WriteXml(writer, indented);
        return writer.WrittenSpan.ToArray();
    }

    /// <summary>
    /// Writes the document as XML; throws <see cref="FhirFormatException"/> for a character XML cannot hold.
    /// </summary>
    public void WriteXml(IBufferWriter<byte> writer, bool indented = false) => XmlOutput.Write(this, writer, indented);

    /// <summary>The document's bytes with id, version and time put in, everything else as it stands.</summary>
    public byte[] Stamp(string id, string versionId, DateTimeOffset lastUpdated) =>
        MetaSplice.Apply(this, id, versionId, lastUpdated);

    internal TypeSchema TypeOf(int node) => Schema.TypeArray[Records[node].Type];

    internal PropertySchema? PropertyOf(int node) => Schema.PropertyArray[Records[node].Property];

    /// <summary>
    /// The range of records that are the node's children; empty for a primitive without id and extensions.
    /// </summary>
    internal (int First, int End) ChildRange(int node)
    {
        ref readonly var record = ref Records[node];
        if (record.HasSubtree)
        {
            return (node + 1, record.Next);
        }

        return record.Next == 0 ? (0, 0) : (record.Next + 1, Records[record.Next].Next);
    }

    /// <summary>The index after the record and everything below it.</summary>
    internal int After(int record) => Records[record].HasSubtree ? Records[record].Next : record + 1;

    /// <summary>The innermost resource the node belongs to: itself when it is one.</summary>
    internal int ResourceOf(int node)
    {
        var resources = _resources ??= FindResources();
        // 1. The last resource that begins at or before the node.
        var (low, high) = (0, resources.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = resources[middle].Record <= node ? (middle + 1, high) : (low, middle);
        }

        // 2. From there outwards, not back: a bundle's own elements have every entry before them.
        var at = low - 1;
        while (at > 0 && Records[resources[at].Record].Next <= node)
        {
            at = resources[at].Outer;
        }

        return resources[Math.Max(at, 0)].Record;
    }

    ResourcePlace[] FindResources()
    {
        var found = new List<ResourcePlace>();
        var outer = 0;
        for (var i = 0; i < Records.Length; i++)
        {
            if (Records[i].Kind != NodeKind.Object || !Schema.TypeArray[Records[i].Type].IsResource)
            {
                continue;
            }

            while (outer > 0 && Records[found[outer].Record].Next <= i)
            {
                outer = found[outer].Outer;
            }

            found.Add(new ResourcePlace(i, outer));
            outer = found.Count - 1;
        }

        return [.. found];
    }

    /// <summary>The record of a resource, and which one in the list it stands in (the root in itself).</summary>
    readonly record struct ResourcePlace(int Record, int Outer);
}
