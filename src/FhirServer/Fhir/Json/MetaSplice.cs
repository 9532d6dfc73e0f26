using System.Globalization;
using System.Text;
using FhirHub.Fhir.Documents;

namespace FhirHub.Fhir.Json;

/// <summary>
/// Puts a server's id, version and time into a resource's bytes without writing the rest anew: the other meta content,
/// the order of properties and the client's white space stay as they were.
/// </summary>
static class MetaSplice
{
    internal static byte[] Apply(FhirDocument document, string id, string versionId, DateTimeOffset lastUpdated)
    {
        if (!PrimitiveFormat.IsId(id) || !PrimitiveFormat.IsId(versionId))
        {
            throw new ArgumentException("The id and the version must be FHIR ids.");
        }

        var time = lastUpdated.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);
        var edits = new List<Edit>(4);
        var root = document.Root;
        var top = new StringBuilder();
        Place(document, root.First("id"), "id", id, edits, top);
        if (root.First("meta") is { Exists: true } meta)
        {
            var inside = new StringBuilder();
            Place(document, meta.First("versionId"), "versionId", versionId, edits, inside);
            Place(document, meta.First("lastUpdated"), "lastUpdated", time, edits, inside);
            if (inside.Length > 0)
            {
                // The parser refuses an empty object, so something follows and the comma is right.
                edits.Add(new Edit(document.Records[meta.Index].Start + 1, 0, inside.ToString()));
            }
        }
        else
        {
            top.Append("\"meta\":{\"versionId\":\"").Append(versionId)
                .Append("\",\"lastUpdated\":\"").Append(time).Append("\"},");
        }

        if (top.Length > 0)
        {
            edits.Add(Start(document, top));
        }

        edits.Sort((left, right) => left.Offset.CompareTo(right.Offset));
        return Write(document.Bytes, edits);
    }

    static void Place(
        FhirDocument document, FhirNode existing, string name, string value, List<Edit> edits, StringBuilder missing)
    {
        if (existing.HasValue)
        {
            var record = document.Records[existing.Index];
            edits.Add(new Edit(record.Start, record.Length, value));
        }
        else
        {
            missing.Append('"').Append(name).Append("\":\"").Append(value).Append("\",");
        }
    }

    /// <summary>
    /// New properties stand behind <c>resourceType</c> where that is first, as readers of JSON like it.
    /// </summary>
    static Edit Start(FhirDocument document, StringBuilder properties)
    {
        var json = document.Bytes;
        var start = document.Records[0].Start + 1;
        var name = start + json[start..].IndexOf((byte)'"');
        if (!json[name..].StartsWith("\"resourceType\""u8))
        {
            return new Edit(start, 0, properties.ToString());
        }

        // The name of a type holds no quote, so the second one after the name and its quotes ends the value.
        var open = name + 14 + json[(name + 14)..].IndexOf((byte)'"');
        var close = open + 1 + json[(open + 1)..].IndexOf((byte)'"');
        // The last comma moves in front: what is added may be the end of the object.
        return new Edit(close + 1, 0, "," + properties.ToString(0, properties.Length - 1));
    }

    static byte[] Write(ReadOnlySpan<byte> json, List<Edit> edits)
    {
        var buffer = new JsonBuffer(json.Length + 256);
        var at = 0;
        foreach (var edit in edits)
        {
            buffer.Put(json[at..edit.Offset]);
            buffer.Put(Encoding.UTF8.GetBytes(edit.Text));
            at = edit.Offset + edit.Length;
        }

        buffer.Put(json[at..]);
        return buffer.ToArrayAndReturn();
    }

    /// <summary>Bytes to put in place of a range of the original.</summary>
    readonly record struct Edit(int Offset, int Length, string Text);
}
