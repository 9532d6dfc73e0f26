using System.Text;
using FhirHub.Fhir.Definitions;

namespace FhirHub.Generators;

/// <summary>Damages a document in a few random ways: bytes, tokens, keys, types, nesting, encodings.</summary>
sealed class Mutator(Random random, bool isXml)
{
    static readonly string[] Names =
    [
        .. FhirSchema.R4.Types.SelectMany(t => t.Properties).Select(p => p.Name).Distinct().Order(StringComparer.Ordinal),
        "resourceType", "_", "", "fhir_comments",
    ];

    /// <summary>How many of the tokens, from the first, are JSON values.</summary>
    const int Values = 16;

    static readonly byte[][] Tokens = Bytes(
        "null", "true", "false", "0", "-1", "1.0", "\"\"", "\"x\"", "{}", "[]", "[null]", "[{}]", "{\"id\":\"a\"}", "[[1]]",
        "{\"extension\":[{\"url\":\"a\",\"valueString\":\"b\"}]}", "{\"resourceType\":\"Patient\"}", ",", ":", "}", "]", "\"", "\\",
        "\\u0000", "\\ud800", "\\udc00", "\\uD83D\\uDE00", "\\u12", "\\b", "\n", "\0", "<", ">", "/>", "</div>", "<!--", "-->",
        "<![CDATA[", "]]>", "<?x ?>", "&lt;", "&amp;", "&#0;", "&#x10FFFF;", "&nbsp;", "&", " id=\"a\"", " value=\"\"", " xmlns=\"\"",
        "<!DOCTYPE a [<!ENTITY b \"c\">]>", "xmlns:x=\"urn:x\" ", "<x:y/>", "<a>", "</a>", "//", "/*", "NaN", "+1", ".5", "01");

    static readonly byte[][] BadUtf8 =
    [
        [0x80], [0xC3], [0xC0, 0xAF], [0xE0, 0x80, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF, 0xFE],
        [0xEF, 0xBB, 0xBF], [0xEF, 0xBF, 0xBE], [0xF0, 0x9F],
    ];

    static readonly byte[][] Openings = Bytes(
        "[", "{\"a\":", "{\"extension\":[", "\"extension\":[{", "\"contained\":[{\"resourceType\":\"Patient\",",
        "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":", "<extension url=\"a\">", "<a>", "<div>", "<contained><Patient>",
        "<!--", "&#x41;");

    internal byte[] Mutate(byte[] document, byte[] other)
    {
        var bytes = new List<byte>(document.Length + 64);
        bytes.AddRange(document);
        // Half of them stay well-formed, so that what comes after the grammar is reached as often.
        var keepsGrammar = random.Next(2) == 0;
        for (var rounds = random.Next(1, random.Next(2) == 0 ? 2 : 5); rounds > 0; rounds--)
        {
            if (keepsGrammar)
            {
                Structured(bytes);
            }
            else
            {
                Once(bytes, other);
            }
        }

        return [.. bytes];
    }

    void Structured(List<byte> bytes)
    {
        switch (random.Next(3) + (isXml ? 3 : 0))
        {
            case 0 or 3:
                Rename(bytes);
                break;
            case 4 or 5:
                RenameElement(bytes);
                break;
            case 1:
                Retype(bytes, onlyValues: true);
                break;
            default:
                Repeat(bytes);
                break;
        }
    }

    void Once(List<byte> bytes, byte[] other)
    {
        switch (random.Next(bytes.Count == 0 ? 2 : 16))
        {
            case 0:
                bytes.InsertRange(Place(bytes), Pick(Tokens));
                break;
            case 1:
                bytes.Insert(Place(bytes), (byte)random.Next(256));
                break;
            case 2:
                bytes[random.Next(bytes.Count)] ^= (byte)(1 << random.Next(8));
                break;
            case 3:
                Remove(bytes, random.Next(1, 20));
                break;
            case 4:
                Truncate(bytes);
                break;
            case 5:
                Truncate(bytes);
                bytes.AddRange(other.AsSpan(random.Next(other.Length)));
                break;
            case 6:
                Nest(bytes);
                break;
            case 7:
                bytes.InsertRange(Place(bytes), Number());
                break;
            case 8:
                bytes.InsertRange(Place(bytes), LongString());
                break;
            case 9:
                bytes.InsertRange(Place(bytes), Pick(BadUtf8));
                break;
            case 10:
                Copy(bytes);
                break;
            case 11 or 12:
                Rename(bytes);
                break;
            default:
                Retype(bytes, onlyValues: false);
                break;
        }
    }

    void Nest(List<byte> bytes)
    {
        var opening = Pick(Openings);
        var at = Place(bytes);
        for (var depth = random.Next(2, random.Next(8) == 0 ? 300 : 20); depth > 0; depth--)
        {
            bytes.InsertRange(at, opening);
        }
    }

    /// <summary>A part of the document once more somewhere else; often a second property of the same name.</summary>
    void Copy(List<byte> bytes)
    {
        var from = random.Next(bytes.Count);
        var part = bytes.GetRange(from, random.Next(Math.Min(200, bytes.Count - from)) + 1);
        bytes.InsertRange(random.Next(2) == 0 ? from : Place(bytes), part);
    }

    /// <summary>Another name for a property or an element, maybe that of its extensions.</summary>
    void Rename(List<byte> bytes)
    {
        if (Quoted(bytes) is not (var start and >= 0, var length))
        {
            return;
        }

        if (random.Next(3) == 0)
        {
            bytes.Insert(start, (byte)'_');
            return;
        }

        bytes.RemoveRange(start, length);
        bytes.InsertRange(start, Encoding.UTF8.GetBytes(Names[random.Next(Names.Length)]));
    }

    /// <summary>A value of another type in the place of a string.</summary>
    void Retype(List<byte> bytes, bool onlyValues)
    {
        if (Quoted(bytes) is (var start and >= 0, var length) && !(onlyValues && IsName(bytes, start + length + 1)))
        {
            bytes.RemoveRange(start - 1, length + 2);
            bytes.InsertRange(start - 1, Tokens[random.Next(onlyValues ? Values : Tokens.Length)]);
        }
    }

    /// <summary>A property with a string once more beside itself, maybe as the name of its extensions.</summary>
    void Repeat(List<byte> bytes)
    {
        if (Quoted(bytes) is not (var start and >= 0, var length) || !IsName(bytes, start + length + 1))
        {
            return;
        }

        var name = bytes.GetRange(start - 1, length + 2);
        if (random.Next(2) == 0)
        {
            name.Insert(1, (byte)'_');
        }

        bytes.InsertRange(start - 1, [.. name, (byte)':', .. Tokens[random.Next(Values)], (byte)',']);
    }

    /// <summary>Another name for an XML element without content.</summary>
    void RenameElement(List<byte> bytes)
    {
        var open = bytes.IndexOf((byte)'<', random.Next(bytes.Count));
        var close = open < 0 ? -1 : bytes.IndexOf((byte)'>', open);
        var end = close < 0 ? -1 : bytes.FindIndex(open + 1, c => !char.IsAsciiLetterOrDigit((char)c));
        if (end > open + 1 && bytes[close - 1] == '/')
        {
            bytes.RemoveRange(open + 1, end - open - 1);
            bytes.InsertRange(open + 1, Encoding.UTF8.GetBytes(Names[random.Next(Names.Length)]));
        }
    }

    /// <summary>Whether a string begins with that quote, by what stands before it.</summary>
    static bool Opens(List<byte> bytes, int quote)
    {
        var before = quote - 1;
        while (before >= 0 && bytes[before] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            before--;
        }

        return before >= 0 && bytes[before] is (byte)'{' or (byte)'[' or (byte)',' or (byte)':' or (byte)'=';
    }

    /// <summary>Whether a colon follows the closing quote before that place.</summary>
    static bool IsName(List<byte> bytes, int after)
    {
        while (after < bytes.Count && bytes[after] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            after++;
        }

        return after < bytes.Count && bytes[after] == ':';
    }

    /// <summary>The inside of some quotes: (-1, 0) when there are none after the place tried.</summary>
    (int Start, int Length) Quoted(List<byte> bytes)
    {
        var open = bytes.IndexOf((byte)'"', random.Next(bytes.Count));
        if (open >= 0 && !Opens(bytes, open))
        {
            open = bytes.IndexOf((byte)'"', open + 1);
        }

        var close = open < 0 ? -1 : bytes.IndexOf((byte)'"', open + 1);
        return close < 0 ? (-1, 0) : (open + 1, close - open - 1);
    }

    void Truncate(List<byte> bytes)
    {
        var at = Place(bytes);
        bytes.RemoveRange(at, bytes.Count - at);
    }

    void Remove(List<byte> bytes, int count)
    {
        var at = random.Next(bytes.Count);
        bytes.RemoveRange(at, Math.Min(count, bytes.Count - at));
    }

    byte[] Number() => Encoding.ASCII.GetBytes(random.Next(4) switch
    {
        0 => "1E" + new string('9', random.Next(1, 30)),
        1 => "-0." + new string('0', random.Next(1, 400)) + "1",
        _ => new string((char)('0' + random.Next(10)), random.Next(1, 400)),
    });

    byte[] LongString()
    {
        var text = new byte[random.Next(1, random.Next(20) == 0 ? 20_000 : 500)];
        text.AsSpan().Fill((byte)random.Next(' ', 127));
        return text;
    }

    int Place(List<byte> bytes) => random.Next(bytes.Count + 1);

    byte[] Pick(byte[][] choices) => choices[random.Next(choices.Length)];

    static byte[][] Bytes(params string[] texts) => Array.ConvertAll(texts, Encoding.UTF8.GetBytes);
}
