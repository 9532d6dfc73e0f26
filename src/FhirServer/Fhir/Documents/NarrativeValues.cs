using System.Buffers;
using System.Text;
using FhirHub.Fhir.Xml;

namespace FhirHub.Fhir.Documents;

/// <summary>
/// Judges the values in a narrative that could make a browser act or load: links, images and styles. They are looked at
/// as a browser would, with references replaced, control characters and white space gone, and case ignored.
/// </summary>
static class NarrativeValues
{
    // Longer than any scheme and media type looked for here.
    const int BeginningMax = 64;

    static readonly SearchValues<byte> PartsOfUrlSchemes = SearchValues.Create(":&"u8);
    static readonly SearchValues<byte> StartsOfFunctions = SearchValues.Create("(@"u8);

    internal static string? LinkProblem(ReadOnlySpan<byte> raw, bool isPlain)
    {
        if (isPlain && raw.IndexOfAny(PartsOfUrlSchemes) < 0)
        {
            return null;
        }

        Span<byte> buffer = stackalloc byte[BeginningMax];
        var beginning = Beginning(raw, isPlain, buffer);
        return beginning.StartsWith("javascript:"u8) || beginning.StartsWith("vbscript:"u8)
            ? "a link must not be a script."
            : beginning.StartsWith("data:"u8) && !IsImage(beginning)
                ? "of data URLs, only images are allowed."
                : null;
    }

    internal static string? ImageProblem(ReadOnlySpan<byte> raw, bool isPlain)
    {
        Span<byte> buffer = stackalloc byte[BeginningMax];
        var beginning = Beginning(raw, isPlain, buffer);
        // A urn loads nothing. In a transaction it stands for a resource whose address is not known yet:
        // https://hl7.org/fhir/R4/http.html#trules
        return IsLocal(beginning) || beginning.StartsWith("urn:"u8)
            ? null
            : "an image must be '#' and the id of a contained resource, a relative reference, or 'data:image/...'.";
    }

    internal static string? StyleProblem(ReadOnlySpan<byte> raw, bool isPlain)
    {
        if (isPlain)
        {
            return raw.IndexOfAny(StartsOfFunctions) < 0 ? null : DecodedStyleProblem(raw);
        }

        var decoded = ArrayPool<byte>.Shared.Rent(raw.Length);
        var problem = DecodedStyleProblem(decoded.AsSpan(0, XmlText.DecodeAttribute(raw, decoded)));
        ArrayPool<byte>.Shared.Return(decoded);
        return problem;
    }

    static string? DecodedStyleProblem(ReadOnlySpan<byte> style)
    {
        var at = style.IndexOfAny(StartsOfFunctions);
        if (at >= 0 && (style.Contains((byte)'\\') || style.IndexOf("/*"u8) >= 0))
        {
            // They can hide what a name really is, and have no use beside a function.
            return "escapes and comments are not allowed in a style that uses functions.";
        }

        at = 0;
        while (style[at..].IndexOfAny(StartsOfFunctions) is var found and >= 0)
        {
            at += found + 1;
            if (style[at - 1] == '@')
            {
                return "rules such as @import are not allowed in a style.";
            }

            var name = FunctionName(style[..(at - 1)]);
            if (Ascii.EqualsIgnoreCase(name, "expression"u8))
            {
                return "expressions are not allowed in a style.";
            }

            if (Loads(name) && !IsLocalArgument(style[at..]))
            {
                return "a style must not load anything: only 'url(#...)' and 'url(data:image/...)' are allowed.";
            }
        }

        return null;
    }

    static ReadOnlySpan<byte> FunctionName(ReadOnlySpan<byte> before)
    {
        before = before.TrimEnd(" \t\n\r"u8);
        var start = before.Length;
        while (start > 0 && (char.IsAsciiLetter((char)before[start - 1]) || before[start - 1] == '-'))
        {
            start--;
        }

        return before[start..];
    }

    static bool Loads(ReadOnlySpan<byte> function) =>
        Ascii.EqualsIgnoreCase(function, "url"u8)
        || Ascii.EqualsIgnoreCase(function, "src"u8)
        || Ascii.EqualsIgnoreCase(function, "image"u8)
        || (function.Length >= 9 && Ascii.EqualsIgnoreCase(function[^9..], "image-set"u8));

    static bool IsLocalArgument(ReadOnlySpan<byte> argument)
    {
        Span<byte> buffer = stackalloc byte[BeginningMax];
        var beginning = Beginning(argument.TrimStart(" \"'\t\n\r"u8), isPlain: true, buffer);
        return beginning is [(byte)'#', ..] || IsImage(beginning);
    }

    static bool IsLocal(ReadOnlySpan<byte> beginning)
    {
        if (IsImage(beginning))
        {
            return true;
        }

        // A scheme, or two slashes of either kind, leads away from this server.
        var colon = beginning.IndexOf((byte)':');
        var end = beginning.IndexOfAny("/?#"u8);
        var hasScheme = colon >= 0 && (end < 0 || colon < end);
        return !hasScheme && !(beginning is [(byte)'/' or (byte)'\\', (byte)'/' or (byte)'\\', ..]);
    }

    static bool IsImage(ReadOnlySpan<byte> beginning) => beginning.StartsWith("data:image/"u8);

    /// <summary>
    /// The beginning of a URL, or all of a short one, without white space and control characters, in lower case.
    /// </summary>
    static ReadOnlySpan<byte> Beginning(ReadOnlySpan<byte> raw, bool isPlain, Span<byte> buffer)
    {
        var length = 0;
        for (var at = 0; at < raw.Length && length < buffer.Length;)
        {
            int character = raw[at];
            var consumed = 1;
            if (!isPlain && character == '&')
            {
                character = XmlText.ReadReference(raw[at..], out consumed);
            }

            if (character > ' ')
            {
                // Beyond ASCII nothing here is of interest, only that it is there.
                buffer[length++] = character < 0x80 ? (byte)char.ToLowerInvariant((char)character) : (byte)0xFF;
            }

            at += consumed;
        }

        return buffer[..length];
    }
}
