using System.Text;

namespace FhirHub.Fhir.Xml;

/// <summary>What comes before the XML proper: the byte order mark, the encoding, and the XML declaration.</summary>
static class XmlProlog
{
    const string DeclarationForm = "The XML declaration must read '<?xml version=\"1.0\" encoding=\"UTF-8\"?>'.";

    /// <summary>The content as UTF-8: itself, or a copy when it is UTF-16 with a byte order mark.</summary>
    internal static ReadOnlyMemory<byte> ToUtf8(ReadOnlyMemory<byte> content, out bool wasUtf16, out string? problem)
    {
        problem = null;
        var bytes = content.Span;
        var littleEndian = bytes is [0xFF, 0xFE, ..];
        wasUtf16 = littleEndian || bytes is [0xFE, 0xFF, ..];
        if (!wasUtf16)
        {
            problem = bytes is [0, ..] or [_, 0, ..]
                ? "The content is neither UTF-8 nor UTF-16 with a byte order mark."
                : null;
            return content;
        }

        try
        {
            var utf16 = new UnicodeEncoding(!littleEndian, byteOrderMark: true, throwOnInvalidBytes: true);
            return Encoding.UTF8.GetBytes(utf16.GetString(bytes[2..]));
        }
        catch (ArgumentException)
        {
            problem = "The content is not valid UTF-16.";
            return content;
        }
    }

    /// <summary>The offset after the byte order mark and the XML declaration, if any; -1 with a problem.</summary>
    internal static int Read(ReadOnlySpan<byte> utf8, bool wasUtf16, out string? problem)
    {
        problem = null;
        var start = utf8.StartsWith("\uFEFF"u8) ? 3 : 0;
        var rest = utf8[start..];
        if (!rest.StartsWith("<?xml"u8) || rest.Length < 6 || !XmlText.IsSpace(rest[5]))
        {
            return start;
        }

        var length = rest.IndexOf("?>"u8);
        problem = length < 0 ? DeclarationForm : CheckDeclaration(rest[5..length], wasUtf16);
        return problem is null ? start + length + 2 : -1;
    }

    static string? CheckDeclaration(ReadOnlySpan<byte> rest, bool wasUtf16)
    {
        // 1. The version, the only part that must be there.
        if (!TryTake(ref rest, "version"u8, out var version))
        {
            return DeclarationForm;
        }

        if (!version.SequenceEqual("1.0"u8))
        {
            return "Only XML 1.0 can be read.";
        }

        // 2. The encoding, which must be the one the bytes are in.
        if (TryTake(ref rest, "encoding"u8, out var encoding))
        {
            var fits = wasUtf16
                ? Ascii.EqualsIgnoreCase(encoding, "UTF-16"u8)
                : Ascii.EqualsIgnoreCase(encoding, "UTF-8"u8) || Ascii.EqualsIgnoreCase(encoding, "US-ASCII"u8);
            if (!fits)
            {
                return "The encoding must be UTF-8, or UTF-16 with a byte order mark, and declared as such.";
            }
        }

        // 3. Whether there is a document type elsewhere; there never is.
        if (TryTake(ref rest, "standalone"u8, out var standalone)
            && !standalone.SequenceEqual("yes"u8) && !standalone.SequenceEqual("no"u8))
        {
            return DeclarationForm;
        }

        return XmlText.IsBlank(rest) ? null : DeclarationForm;
    }

    static bool TryTake(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = default;
        var at = rest.TrimStart(" \n\t\r"u8);
        if (at.Length == rest.Length || !at.StartsWith(name))
        {
            return false;
        }

        at = at[name.Length..].TrimStart(" \n\t\r"u8);
        if (at is not [(byte)'=', ..])
        {
            return false;
        }

        at = at[1..].TrimStart(" \n\t\r"u8);
        if (at is not [(byte)'"' or (byte)'\'', ..] || at[1..].IndexOf(at[0]) is var length && length < 0)
        {
            return false;
        }

        value = at.Slice(1, length);
        rest = at[(length + 2)..];
        return true;
    }
}
