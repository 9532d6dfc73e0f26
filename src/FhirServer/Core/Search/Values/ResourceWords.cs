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
static class ResourceWords
{
    /// <summary>What is behind that many characters of words is not searched, for a book is no record.</summary>
    const int LengthMax = 250_000;

    /// <summary>Stands between two texts, so that no phrase is found across; no query has such a word.</summary>
    const char Between = '\uE000';

    static readonly int Xhtml = FhirSchema.R4["xhtml"].Index;
    static readonly bool[] IsText = MakeTexts();

    internal static void Read(in Tape tape, ParameterCatalog catalog, EntrySink sink)
    {
        var own = OwnNarrative(tape);
        var content = new StringBuilder();
        var (i, end) = tape.Document.ChildRange(0);
        for (; i < end && content.Length < LengthMax; i++)
        {
            ref readonly var record = ref tape.Records[i];
            if (record.Kind is not (NodeKind.String or NodeKind.EscapedString))
            {
                continue;
            }

            if (record.Type == Xhtml && i != own)
            {
                Append(content, NarrativeText.Of(tape.Text(i).Span));
            }
            else if (IsText[record.Type] && record.Property != ElementIds.ReferenceReference
                && tape.Document.PropertyOf(i)?.Name != "id")
            {
                Append(content, tape.Text(i).ToString());
            }
        }

        Add(content, "_content", tape, catalog, sink);
        if (own >= 0)
        {
            Append(content.Clear(), NarrativeText.Of(tape.Text(own).Span));
            Add(content, "_text", tape, catalog, sink);
        }
    }

    static void Add(StringBuilder words, string code, in Tape tape, ParameterCatalog catalog, EntrySink sink)
    {
        if (words.Length > 0 && catalog.TryGet(tape.Document.Type.Name, code, out var parameter))
        {
            var tokens = words.ToString();
            var end = tokens.Length <= LengthMax ? tokens.Length : Math.Max(tokens.LastIndexOf(' ', LengthMax), 0);
            sink.Parameter = parameter;
            sink.Add(new SearchValue.Words(Utf8Text.Of(tokens[..end])));
        }
    }

    static void Append(StringBuilder words, string text)
    {
        var start = words.Length;
        if (start > 0)
        {
            words.Append(' ').Append(Between).Append(' ');
        }

        var begin = words.Length;
        _ = Words.Append(words, SearchText.Fold(text), isQuery: false);
        if (words.Length == begin)
        {
            words.Length = start;
        }
    }

    /// <summary>The resource's own div, or -1.</summary>
    static int OwnNarrative(in Tape tape) =>
        tape.Document.Type.TryGetProperty("text", out var text) && text.Type.Name == "Narrative"
            && tape.Child(0, text.Id) is var narrative and >= 0
            ? tape.Child(narrative, ElementIds.NarrativeDiv)
            : -1;

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
