using System.Buffers;
using System.Text;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;

namespace FhirHub.Core.Search;

/// <summary>
/// The words of a resource: those of its narrative, and those of all other texts in it, contained resources and
/// extensions included: https://hl7.org/fhir/R4/search.html#content
/// </summary>
/// <remarks>
/// Texts are the values of type string, markdown and code, and narratives. Numbers, dates and addresses of the web have
/// parameters that understand them, so do references, and ids name things nobody reads.
/// </remarks>
public sealed class ResourceWords
{
    public const string TextUrl = "http://hl7.org/fhir/SearchParameter/DomainResource-text";
    public const string ContentUrl = "http://hl7.org/fhir/SearchParameter/Resource-content";

    /// <summary>What is behind that many bytes of words is not searched, for a book is no record.</summary>
    const int BytesMax = 256 * 1024;

    const int UsualBytes = 1024;
    const byte NotAscii = 255;

    static readonly int Xhtml = FhirSchema.R4["xhtml"].Index;
    static readonly int HumanName = FhirSchema.R4["HumanName"].Index;
    static readonly bool[] IsText = MakeTexts();
    static readonly byte[] Letters = MakeLetters();
    static readonly bool[] IsName = [.. FhirSchema.R4.PropertyArray.Select(property => property?.Name == "id")];

    [ThreadStatic]
    static ResourceWords? _shared;

    readonly ArrayBufferWriter<byte> _bytes = new(UsualBytes);
    readonly ArrayBufferWriter<byte> _narrative = new(UsualBytes);
    readonly StringBuilder _tokens = new(UsualBytes);

    /// <summary>Stands between two texts, so that no phrase is found across; no query has such a word.</summary>
    static ReadOnlySpan<byte> Between => "\uE000"u8;

    /// <summary>The words of the narrative and those of everything else, each empty where there are none.</summary>
    /// <param name="json">A stored resource.</param>
    public static (Utf8Text Narrative, Utf8Text Content) Of(ReadOnlyMemory<byte> json)
    {
        var tape = new Tape(FhirDocument.ParseJson(json, ParseOptions.Lenient).OrThrow());
        return (Narrative(tape), Content(tape));
    }

    /// <summary>Adds the words a catalog has a parameter for.</summary>
    internal static void Read(in Tape tape, ParameterCatalog catalog, EntrySink sink)
    {
        var type = tape.Document.Type.Name;
        if (catalog.TryGet(type, "_text", out var text) && text.Url == TextUrl)
        {
            Add(sink, text, Narrative(tape));
        }

        if (catalog.TryGet(type, "_content", out var content) && content.Url == ContentUrl)
        {
            Add(sink, content, Content(tape));
        }
    }

    static void Add(EntrySink sink, SearchParameterSchema parameter, Utf8Text words)
    {
        if (!words.IsEmpty)
        {
            sink.Parameter = parameter;
            sink.Add(new SearchValue.Words(words));
        }
    }

    static Utf8Text Narrative(in Tape tape)
    {
        if (OwnNarrative(tape) is not (>= 0 and var own))
        {
            return default;
        }

        var words = _shared ??= new ResourceWords();
        words.AppendBlocks(tape.Text(own).Span);
        return words.Take();
    }

    static Utf8Text Content(in Tape tape)
    {
        var words = _shared ??= new ResourceWords();
        var own = OwnNarrative(tape);
        var (i, end) = tape.Document.ChildRange(0);
        for (; i < end && words._bytes.WrittenCount <= BytesMax; i++)
        {
            ref readonly var record = ref tape.Records[i];
            if (record.Type == HumanName && record.IsNode && record.HasSubtree)
            {
                words.AppendWhole(tape, i);
            }

            if (record.Kind is not (NodeKind.String or NodeKind.EscapedString))
            {
                continue;
            }

            if (record.Type == Xhtml && i != own)
            {
                words.AppendBlocks(tape.Text(i).Span);
            }
            else if (IsText[record.Type] && record.Property != ElementIds.ReferenceReference
                && !IsName[record.Property])
            {
                words.Append(tape.Text(i).Span);
            }
        }

        return words.Take();
    }

    /// <summary>The resource's own div, or -1.</summary>
    static int OwnNarrative(in Tape tape) =>
        tape.Document.Type.TryGetProperty("text", out var text) && text.Type.Name == "Narrative"
            && tape.Child(0, text.Id) is var narrative and >= 0
            ? tape.Child(narrative, ElementIds.NarrativeDiv)
            : -1;

    /// <summary>A Chinese name is one text, however it is divided: 张 and 丽 are 张丽.</summary>
    void AppendWhole(in Tape tape, int name)
    {
        var family = tape.ChildText(name, ElementIds.NameFamily).Span;
        if (Ascii.IsValid(family))
        {
            return;
        }

        var whole = new StringBuilder(Encoding.UTF8.GetString(family));
        var hasGiven = false;
        foreach (var child in tape.Children(name))
        {
            if (tape.Records[child].Property == ElementIds.NameGiven
                && Encoding.UTF8.GetString(tape.Text(child).Span) is { Length: > 0 } given)
            {
                if (whole.Length > BytesMax
                    || (!hasGiven && !(Han.Ends(whole.ToString()) && Han.Starts(given[0]))))
                {
                    return;
                }

                whole.Append(given);
                hasGiven = true;
            }
        }

        var text = whole.ToString();
        if (hasGiven && !tape.ChildText(name, ElementIds.NameText).Span.StartsWith(Encoding.UTF8.GetBytes(text)))
        {
            Append(text);
        }
    }

    void AppendBlocks(ReadOnlySpan<byte> xhtml)
    {
        NarrativeText.Append(xhtml, _narrative);
        var text = _narrative.WrittenSpan;
        while (!text.IsEmpty)
        {
            var end = text.IndexOf(NarrativeText.Break);
            Append(end < 0 ? text : text[..end]);
            text = end < 0 ? default : text[(end + 1)..];
        }

        _narrative.ResetWrittenCount();
    }

    void Append(ReadOnlySpan<byte> text)
    {
        if (!TryAppendAscii(text))
        {
            Append(Encoding.UTF8.GetString(text));
        }
    }

    /// <summary>Adds a text in one pass; false, and nothing added, where it has more than ASCII.</summary>
    bool TryAppendAscii(ReadOnlySpan<byte> text)
    {
        // Each word but the first has a character before it here as there; that one may come behind another text.
        var words = _bytes.GetSpan(text.Length + Between.Length + 2);
        var length = 0;
        var isInside = false;
        foreach (var b in text)
        {
            var letter = Letters[b];
            if (letter == NotAscii)
            {
                return false;
            }

            if (letter != 0)
            {
                if (!isInside && (length > 0 || _bytes.WrittenCount > 0))
                {
                    words[length++] = (byte)' ';
                    if (length == 1)
                    {
                        Between.CopyTo(words[1..]);
                        length += Between.Length;
                        words[length++] = (byte)' ';
                    }
                }

                words[length++] = letter;
            }

            isInside = letter != 0;
        }

        _bytes.Advance(length);
        return true;
    }

    void Append(string text)
    {
        _ = Words.Append(_tokens.Clear(), SearchText.Fold(text), isQuery: false);
        if (_tokens.Length > 0)
        {
            Part();
            Encoding.UTF8.GetBytes(_tokens.ToString(), _bytes);
        }
    }

    /// <summary>Ends the text before.</summary>
    void Part()
    {
        if (_bytes.WrittenCount > 0)
        {
            _bytes.Write(" "u8);
            _bytes.Write(Between);
            _bytes.Write(" "u8);
        }
    }

    Utf8Text Take()
    {
        var bytes = _bytes.WrittenSpan;
        if (bytes.Length > BytesMax)
        {
            bytes = bytes[..Math.Max(bytes[..BytesMax].LastIndexOf((byte)' '), 0)];
        }

        var words = new Utf8Text(bytes.ToArray());
        _bytes.ResetWrittenCount();
        return words;
    }

    /// <summary>Of each byte the letter or digit it is in lower case; zero for what parts words.</summary>
    static byte[] MakeLetters()
    {
        var letters = new byte[256];
        for (var b = 0; b < letters.Length; b++)
        {
            letters[b] = b >= 128 ? NotAscii
                : char.IsAsciiLetterOrDigit((char)b) ? (byte)char.ToLowerInvariant((char)b) : (byte)0;
        }

        return letters;
    }

    static bool[] MakeTexts()
    {
        var texts = new bool[FhirSchema.R4.Types.Max(type => type.Index) + 1];
        foreach (var name in (string[])["string", "markdown", "code"])
        {
            texts[FhirSchema.R4[name].Index] = true;
        }

        return texts;
    }
}
