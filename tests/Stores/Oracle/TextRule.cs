using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using FhirHub.Fhir.Documents;

namespace FhirHub.Stores.Oracle;

/// <summary>
/// The words of narratives and of whole resources (https://hl7.org/fhir/R4/search.html#content), as docs/search.md says
/// what R4 leaves open: text by text, word by word.
/// </summary>
static partial class TextRule
{
    static readonly string[] Inline = ["a", "abbr", "b", "code", "em", "i", "small", "span", "strong", "sub", "sup"];

    internal static bool Matches(OracleResource resource, bool isNarrative, string value)
    {
        var texts = Texts(resource, isNarrative);
        return SearchText.Split(value, ',').Any(one => TextQueryRule.Matches(SearchText.Unescape(one), texts));
    }

    /// <summary>The words of each text, in their order.</summary>
    internal static List<List<OracleWord>> Texts(OracleResource resource, bool isNarrative)
    {
        if (Decisions.WordsAreOfTheWhole && resource.IsContained)
        {
            return [];
        }

        var words = isNarrative ? resource.NarrativeWords : resource.ContentWords;
        if (words is null)
        {
            var own = resource.Document.Root.First("text");
            var texts = isNarrative
                ? own.Exists && own.Type.Name == "Narrative" ? Blocks(own.First("div").Text ?? "") : []
                : Below(resource.Document.Root);
            words = [.. texts.Select(Words).Where(text => text.Count > 0)];
            _ = isNarrative ? resource.NarrativeWords = words : resource.ContentWords = words;
        }

        return words;
    }

    /// <summary>The words of a text: runs of letters and digits, and each Chinese character.</summary>
    internal static List<OracleWord> Words(string text)
    {
        var words = new List<OracleWord>();
        var isOpen = false;
        var isTouching = false;
        foreach (var rune in Folding.Letters(text).EnumerateRunes())
        {
            if (rune.Value is >= 0x4E00 and <= 0x9FFF)
            {
                words.Add(new OracleWord(rune.ToString(), isTouching && words[^1].IsChinese));
                (isOpen, isTouching) = (false, true);
            }
            else if (Rune.IsLetterOrDigit(rune)
                || Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpacingCombiningMark)
            {
                if (isOpen)
                {
                    words[^1] = words[^1] with { Text = words[^1].Text + rune };
                }
                else
                {
                    words.Add(new OracleWord(rune.ToString(), false));
                }

                (isOpen, isTouching) = (true, true);
            }
            else
            {
                (isOpen, isTouching) = (false, false);
            }
        }

        return words;
    }

    static IEnumerable<string> Below(FhirNode node)
    {
        foreach (var child in node.Children)
        {
            var type = child.Type.Name;
            if (child.Name == "id" || (node.Type.Name == "Reference" && child.Name == "reference"))
            {
                continue;
            }

            var texts = type is "string" or "markdown" or "code" ? [child.Text ?? ""]
                : type == "xhtml" ? Blocks(child.Text ?? "")
                : type == "HumanName" ? Whole(child)
                : [];
            foreach (var text in texts.Concat(Below(child)))
            {
                yield return text;
            }
        }
    }

    /// <summary>A Chinese name as one text.</summary>
    static string[] Whole(FhirNode name)
    {
        var parts = name.Children.Where(child => child.Name is "family" or "given" && child.Text is { Length: > 0 })
            .ToLookup(child => child.Name, child => child.Text);
        var (family, given) = (string.Concat(parts["family"]), string.Concat(parts["given"]));
        return family.Length > 0 && given.Length > 0 && IsChinese(family[^1]) && IsChinese(given[0])
            ? [family + given]
            : [];
    }

    static bool IsChinese(char letter) => letter is >= '\u4E00' and <= '\u9FFF';

    /// <summary>A narrative's text, apart wherever a line ends.</summary>
    static string[] Blocks(string div) => WebUtility.HtmlDecode(Tag().Replace(div, tag =>
        Inline.Contains(tag.Groups[1].Value) ? "" : "\u0001")).Split('\u0001');

    [GeneratedRegex(@"</?(\w+)[^>]*>")]
    private static partial Regex Tag();
}

/// <summary>A word, or one Chinese character, and whether another Chinese one stands right before it.</summary>
readonly record struct OracleWord(string Text, bool IsJoined)
{
    internal bool IsChinese => Text[0] is >= '\u4E00' and <= '\u9FFF';
}
