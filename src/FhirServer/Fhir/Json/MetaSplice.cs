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
    internal static StampedJson Apply(FhirDocument document, string id, string versionId, DateTimeOffset lastUpdated)
    {
        if (!PrimitiveFormat.IsId(id) || !PrimitiveFormat.IsId(versionId))
        {
            throw new ArgumentException("The id and the version must be FHIR ids.");
        }

        var time = lastUpdated.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var edits = new List<Edit>(4);
        var root = document.Root;
        var top = new List<Piece>();
        Place(document, root.First("id"), "\"id\":\"", new Piece(id, PieceKind.Other), edits, top);
        var version = new Piece(versionId, PieceKind.Version);
        var updated = new Piece(time, PieceKind.Time);
        if (root.First("meta") is { Exists: true } meta)
        {
            var inside = new List<Piece>();
            Place(document, meta.First("versionId"), "\"versionId\":\"", version, edits, inside);
            Place(document, meta.First("lastUpdated"), "\"lastUpdated\":\"", updated, edits, inside);
            if (inside.Count > 0)
            {
                // The parser refuses an empty object, so something follows and the comma is right.
                inside.Add(new Piece(",", PieceKind.Other));
                edits.Add(new Edit(document.Records[meta.Index].Start + 1, 0, inside));
            }
        }
        else
        {
            Separate(top);
            top.AddRange(
            [
                new Piece("\"meta\":{\"versionId\":\"", PieceKind.Other), version,
                new Piece("\",\"lastUpdated\":\"", PieceKind.Other), updated,
                new Piece("\"}", PieceKind.Other),
            ]);
        }

        if (top.Count > 0)
        {
            edits.Add(Start(document, top));
        }

        edits.Sort((left, right) => left.Offset.CompareTo(right.Offset));
        return Write(document.Bytes, edits);
    }

    static void Place(
        FhirDocument document, FhirNode existing, string opening, Piece value, List<Edit> edits, List<Piece> missing)
    {
        if (existing.HasValue)
        {
            var record = document.Records[existing.Index];
            edits.Add(new Edit(record.Start, record.Length, [value]));
            return;
        }

        Separate(missing);
        missing.AddRange([new Piece(opening, PieceKind.Other), value, new Piece("\"", PieceKind.Other)]);
    }

    static void Separate(List<Piece> pieces)
    {
        if (pieces.Count > 0)
        {
            pieces.Add(new Piece(",", PieceKind.Other));
        }
    }

    /// <summary>
    /// New properties stand behind <c>resourceType</c> where that is first, as readers of JSON like it.
    /// </summary>
    static Edit Start(FhirDocument document, List<Piece> properties)
    {
        var json = document.Bytes;
        var start = document.Records[0].Start + 1;
        var name = start + json[start..].IndexOf((byte)'"');
        var comma = new Piece(",", PieceKind.Other);
        if (!json[name..].StartsWith("\"resourceType\""u8))
        {
            return new Edit(start, 0, [.. properties, comma]);
        }

        // The name of a type holds no quote, so the second one after the name and its quotes ends the value.
        var open = name + 14 + json[(name + 14)..].IndexOf((byte)'"');
        var close = open + 1 + json[(open + 1)..].IndexOf((byte)'"');
        // The comma stands in front: what is added may be the end of the object.
        return new Edit(close + 1, 0, [comma, .. properties]);
    }

    static StampedJson Write(ReadOnlySpan<byte> json, List<Edit> edits)
    {
        // The length is known, so nothing is copied twice, however large the resource is.
        var more = edits.Sum(edit => edit.Pieces.Sum(piece => piece.Text.Length) - edit.Length);
        var written = new byte[json.Length + more];
        var (at, end) = (0, 0);
        var version = default(ByteRange);
        var time = default(ByteRange);
        foreach (var edit in edits)
        {
            json[at..edit.Offset].CopyTo(written.AsSpan(end));
            end += edit.Offset - at;
            foreach (var piece in edit.Pieces)
            {
                var range = new ByteRange(end, piece.Text.Length);
                end += Encoding.ASCII.GetBytes(piece.Text, written.AsSpan(end));
                version = piece.Kind == PieceKind.Version ? range : version;
                time = piece.Kind == PieceKind.Time ? range : time;
            }

            at = edit.Offset + edit.Length;
        }

        json[at..].CopyTo(written.AsSpan(end));
        return new StampedJson(written, version, time);
    }

    /// <summary>Bytes to put in place of a range of the original.</summary>
    readonly record struct Edit(int Offset, int Length, List<Piece> Pieces);

    /// <summary>A part of an edit, all ASCII, and what it is.</summary>
    readonly record struct Piece(string Text, PieceKind Kind);

    /// <summary>What a piece is, for those whose place must be known afterwards.</summary>
    enum PieceKind : byte
    {
        Other,
        Version,
        Time,
    }
}
