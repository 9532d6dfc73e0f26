namespace FhirHub.Terminology.Grammars;

/// <summary>
/// A well-formed language tag, such as zh-Hans-CN: https://www.rfc-editor.org/rfc/rfc5646#section-2.1. Whether its
/// parts are registered is not looked at, for the registry grows.
/// </summary>
static class LanguageTag
{
    /// <summary>Tags that are older than the grammar and do not follow it.</summary>
    static readonly HashSet<string> Irregular = new(
        [
            "en-GB-oed", "i-ami", "i-bnn", "i-default", "i-enochian", "i-hak", "i-klingon", "i-lux", "i-mingo",
            "i-navajo", "i-pwn", "i-tao", "i-tay", "i-tsu", "sgn-BE-FR", "sgn-BE-NL", "sgn-CH-DE",
        ],
        StringComparer.OrdinalIgnoreCase);

    internal static bool Is(string code)
    {
        if (Irregular.Contains(code))
        {
            return true;
        }

        var tags = code.Split('-');
        if (!Array.TrueForAll(tags, IsSubtag))
        {
            return false;
        }

        // 1. Private use alone, or a language: two or three letters with up to three extensions, or four to eight.
        if (IsPrivate(tags[0]))
        {
            return tags.Length > 1;
        }

        if (!tags[0].All(char.IsAsciiLetter) || tags[0].Length < 2)
        {
            return false;
        }

        var at = 1;
        for (var extended = 0; tags[0].Length <= 3 && extended < 3 && IsLetters(3); extended++)
        {
            at++;
        }

        // 2. A script, a region, variants in any number but none twice.
        at += IsLetters(4) ? 1 : 0;
        at += IsLetters(2) || (at < tags.Length && tags[at].Length == 3 && tags[at].All(char.IsAsciiDigit)) ? 1 : 0;
        var variants = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (at < tags.Length && IsVariant(tags[at]))
        {
            if (!variants.Add(tags[at++]))
            {
                return false;
            }
        }

        // 3. Extensions, each begun by its own letter or digit, and private use at the end.
        var singletons = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (at < tags.Length && tags[at].Length == 1 && !IsPrivate(tags[at]))
        {
            var first = ++at;
            while (at < tags.Length && tags[at].Length > 1)
            {
                at++;
            }

            if (at == first || !singletons.Add(tags[first - 1]))
            {
                return false;
            }
        }

        return at == tags.Length || (IsPrivate(tags[at]) && at + 1 < tags.Length);

        bool IsLetters(int length) =>
            at < tags.Length && tags[at].Length == length && tags[at].All(char.IsAsciiLetter);
    }

    static bool IsPrivate(string tag) => tag is "x" or "X";

    static bool IsVariant(string tag) => tag.Length >= 5 || (tag.Length == 4 && char.IsAsciiDigit(tag[0]));

    static bool IsSubtag(string tag) => tag.Length is > 0 and <= 8 && tag.All(char.IsAsciiLetterOrDigit);
}
