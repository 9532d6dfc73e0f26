using FhirHub.Fhir.Definitions;

namespace FhirHub.Core.Search;

/// <summary>Takes references and canonicals apart: https://hl7.org/fhir/R4/references.html</summary>
public static class ReferenceText
{
    /// <summary>
    /// Reads a reference as an element or a search value has it; the type is used when the text names none.
    /// </summary>
    public static SearchValue.Reference Read(Utf8Text text, Utf8Text type)
    {
        var span = text.Span;
        if (span.IsEmpty || span[0] == '#')
        {
            var inner = new Utf8Text(text.Bytes[Math.Min(1, span.Length)..]);
            return new SearchValue.Reference(ReferenceKind.Contained, text, type, default, default, inner);
        }

        if (span.StartsWith("urn:"u8))
        {
            return new SearchValue.Reference(ReferenceKind.Urn, text, type, default, default, default);
        }

        Utf8Text version = default;
        var end = span.Length;
        if (span.IndexOf("/_history/"u8) is var history and > 0)
        {
            version = new Utf8Text(text.Bytes[(history + "/_history/".Length)..]);
            end = history;
        }

        var kind = span[..end].IndexOf("://"u8) >= 0 ? ReferenceKind.Absolute : ReferenceKind.Relative;
        var slash = span[..end].LastIndexOf((byte)'/');
        if (slash > 0)
        {
            var start = span[..slash].LastIndexOf((byte)'/') + 1;
            if (FhirSchema.R4.TryGetResourceType(span[start..slash], out _) && slash + 1 < end)
            {
                var name = text.Slice(start, slash - start);
                var id = text.Slice(slash + 1, end - slash - 1);
                return new SearchValue.Reference(kind, text, name, id, version, default);
            }
        }

        return new SearchValue.Reference(kind, text, type, default, version, default);
    }

    /// <summary>Splits <c>url|version#fragment</c>.</summary>
    public static (Utf8Text Url, Utf8Text Version, Utf8Text Fragment) Split(Utf8Text canonical)
    {
        var span = canonical.Span;
        var hash = span.IndexOf((byte)'#');
        var end = hash < 0 ? span.Length : hash;
        var fragment = hash < 0 ? default : new Utf8Text(canonical.Bytes[(hash + 1)..]);
        var bar = span[..end].IndexOf((byte)'|');
        return bar < 0
            ? (canonical.Slice(0, end), default, fragment)
            : (canonical.Slice(0, bar), canonical.Slice(bar + 1, end - bar - 1), fragment);
    }
}
