using System.Collections.Concurrent;
using System.Text;
using FhirHub.Core.Search;

namespace FhirHub.Terminology.Dictionaries;

/// <summary>
/// What a name is compared by: its Chinese characters alone and in pairs, its words of Latin letters, its numbers; and
/// the same of how it sounds, so that a wrong character with the right sound is still near.
/// </summary>
static class NameFeatures
{
    const int CharactersMax = 64;

    /// <summary>Marks that set names apart which otherwise look alike: a left and a right.</summary>
    static readonly string[] Opposites =
        ["左右双", "急慢", "内外", "上下", "前后", "男女", "无非未不", "甲乙丙丁", "早晚", "大小", "高低", "轻中重"];

    static readonly ConcurrentDictionary<int, string> Sounds = new();

    /// <summary>The name as it is compared: folded, without spaces and punctuation.</summary>
    internal static string Plain(string name) =>
        SearchText.Bare(name.Length > CharactersMax ? name[..CharactersMax] : name);

    internal static IEnumerable<string> OfCharacters(string name)
    {
        string? before = null;
        foreach (var word in Words(name))
        {
            yield return word;
            if (before is not null)
            {
                yield return before + word;
            }

            before = word;
        }
    }

    /// <summary>Nothing for a name without Chinese.</summary>
    internal static IEnumerable<string> OfSound(string name)
    {
        string? before = null;
        foreach (var word in Words(name).Select(Sound).OfType<string>())
        {
            yield return word;
            if (before is not null)
            {
                yield return $"{before} {word}";
            }

            before = word;
        }
    }

    /// <summary>The first letters of how it sounds: gxy for 高血压; null for a name without Chinese.</summary>
    internal static string? Initials(string name)
    {
        var letters = new StringBuilder();
        var hasChinese = false;
        foreach (var word in Words(name))
        {
            hasChinese |= !char.IsAscii(word[0]);
            letters.Append(char.IsAscii(word[0]) ? word : Sound(word)?[..1]);
        }

        return hasChinese ? letters.ToString() : null;
    }

    /// <summary>The marks in which one name is the opposite of the other, or has another number or letter.</summary>
    internal static string? Difference(string one, string other)
    {
        foreach (var group in Opposites)
        {
            var marks = string.Concat(group.Where(one.Contains));
            var others = string.Concat(group.Where(other.Contains));
            if (marks != others)
            {
                return $"{(marks.Length > 0 ? marks : "-")}/{(others.Length > 0 ? others : "-")}";
            }
        }

        var numbers = string.Join(' ', Numbers(one));
        var otherNumbers = string.Join(' ', Numbers(other));
        return numbers == otherNumbers ? null : $"{(numbers.Length > 0 ? numbers : "-")}/"
            + $"{(otherNumbers.Length > 0 ? otherNumbers : "-")}";
    }

    static IEnumerable<string> Numbers(string name) =>
        Words(name).Where(word => char.IsAsciiDigit(word[0]) || word is "ⅰ" or "ⅱ" or "ⅲ" or "ⅳ").Order();

    /// <summary>Each Chinese character, each run of Latin letters, each number.</summary>
    static IEnumerable<string> Words(string name)
    {
        for (var at = 0; at < name.Length;)
        {
            var end = at + 1;
            if (char.IsAsciiLetter(name[at]))
            {
                while (end < name.Length && char.IsAsciiLetter(name[end]))
                {
                    end++;
                }
            }
            else if (char.IsAsciiDigit(name[at]))
            {
                while (end < name.Length && (char.IsAsciiDigit(name[end]) || name[end] == '.'))
                {
                    end++;
                }
            }
            else if (char.IsHighSurrogate(name[at]) && end < name.Length)
            {
                end++;
            }

            yield return name[at..end];
            at = end;
        }
    }

    /// <summary>The likeliest reading of a character; a word of letters is its own.</summary>
    static string? Sound(string word)
    {
        if (char.IsAscii(word[0]))
        {
            return word;
        }

        Rune.DecodeFromUtf16(word, out var rune, out _);
        var sound = Sounds.GetOrAdd(rune.Value, static (_, text) =>
            Pinyin.KeysOfGiven(text).FirstOrDefault(key => Ascii.IsValid(key)) ?? "", word);
        return sound.Length > 0 ? sound : null;
    }
}
