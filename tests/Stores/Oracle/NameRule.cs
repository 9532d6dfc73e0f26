using System.Text;
using System.Text.RegularExpressions;

namespace FhirHub.Stores.Oracle;

/// <summary>
/// What docs/search.md says of names of people beyond R4: they are found as a whole and by how they are spoken. The
/// readings are those of the data's characters, written by hand.
/// </summary>
static partial class NameRule
{
    const string Read = "张三陈国华";
    const char Heteronym = '陳'; // in the older form it is also read as zhen, but not as a surname
    // Words of the data that are pinyin, with what their syllables begin with; the last is no surname.
    static readonly (string Word, string Initials)[] Syllables =
        [("wang", "w"), ("lu", "l"), ("lv", "l"), ("wanger", "we")];

    const string Diaeresis = "üÜǖǘǚǜǕǗǙǛ";
    const string Separators = " '-·";
    static readonly string[] Readings = ["zhang", "san", "chen", "guo", "hua"];

    internal static bool Matches(string code, Element element, string? modifier, string value)
    {
        var text = SearchText.Unescape(value);
        return modifier != "exact" && element.Type == "HumanName"
                && Wholes(element).Any(whole => StringRule.Matches(whole, modifier, text))
            || modifier is null && Words(code, element).Any(word => StringRule.Matches(word, null, text))
            || modifier is null && QueryKey(text) is { Length: > 0 } key
                && AllKeys(code, element).Any(own => own.StartsWith(key, StringComparison.Ordinal));
    }

    /// <summary>What finds a name beyond its parts.</summary>
    internal static IReadOnlyList<string> More(Element element) =>
        [.. Wholes(element), .. Words("name", element), .. AllKeys("name", element)];

    /// <summary>
    /// "Searching either Carreno or Quinones should match a family name of Carreno Quinones": what begins at its words.
    /// </summary>
    internal static IEnumerable<string> Words(string code, Element element)
    {
        var family = element.Type == "HumanName" ? element.Get("family") : code == "family" ? element.Text : null;
        var letters = Folding.Letters(family ?? "");
        return WordStart().Matches(letters).Select(start => letters[start.Index..]);
    }

    [GeneratedRegex(@"(?<=[\s\p{Pd}])[^\s\p{Pd}]")]
    private static partial Regex WordStart();

    /// <summary>Family and given names as one, and the other way round where they are words of their own.</summary>
    internal static IEnumerable<string> Wholes(Element name)
    {
        if (name.Get("family") is not { } family || Givens(name) is not { Count: > 0 } givens)
        {
            yield break;
        }

        var given = string.Join(' ', givens);
        yield return $"{family} {given}";
        if (Folding.Fold($"{family} {given}").Contains(' ', StringComparison.Ordinal))
        {
            yield return $"{given} {family}";
            yield return $"{givens[0]} {family}";
        }
    }

    static IEnumerable<string> AllKeys(string code, Element element)
    {
        string[] keys =
            [.. Spoken(code, element).SelectMany(spoken => Keys(spoken.Text, spoken.HasSurname))];
        return keys.Length > 0 || element.Type != "HumanName" ? keys : Written(element);
    }

    /// <summary>The keys of a name in pinyin.</summary>
    static IEnumerable<string> Written(Element name)
    {
        var words = name.Get("family") is { } family && Givens(name) is { Count: > 0 } givens ? [family, .. givens]
            : (name.Get("text") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var found = words.Select(word => Syllables.FirstOrDefault(known => known.Word == QueryKey(word))).ToArray();
        if (found.Length < 2 || found[0] == Syllables[^1] || found.Contains(default))
        {
            return [];
        }

        var whole = string.Concat(found.Select(word => word.Word));
        return [whole, whole.Replace('v', 'u'), string.Concat(found.Select(word => word.Initials))];
    }

    /// <summary>The texts whose readings count for a parameter, and whether they begin with a surname.</summary>
    static IEnumerable<(string Text, bool HasSurname)> Spoken(string code, Element element) =>
        (code, element.Type) switch
        {
            ("name" or "phonetic", "HumanName") =>
            [
                (element.Get("family") + string.Concat(Givens(element)), element.Get("family") is not null),
                (element.Get("text") ?? "", true),
            ],
            ("family" or "given", "string") =>
                [(element.Text!, code == "family")], // an element of a primitive type always has a value
            _ => [],
        };

    /// <summary>The whole readings and the initials; none of what has no Chinese in it.</summary>
    static IEnumerable<string> Keys(string text, bool hasSurname)
    {
        var (keys, isChinese) = (new List<(string Whole, string Initials)> { ("", "") }, false);
        for (var i = 0; i < text.Length; i++)
        {
            var letter = Folding.Letters(text[i].ToString());
            var at = letter.Length == 0 ? -1 : Read.IndexOf(letter[0]);
            isChinese |= at >= 0;
            string[] readings = text[i] == Heteronym && !(hasSurname && i == 0) ? ["chen", "zhen"]
                : at >= 0 ? [Readings[at]]
                : letter.Length > 0 && char.IsLetter(letter[0]) ? [letter]
                : [""];
            keys = [.. from key in keys
                       from reading in readings
                       select (key.Whole + reading, key.Initials + (reading.Length > 0 ? reading[..1] : ""))];
        }

        return isChinese ? keys.SelectMany(key => new[] { key.Whole, key.Initials }) : [];
    }

    /// <summary>What a query that can be pinyin asks for.</summary>
    static string? QueryKey(string text)
    {
        var key = new StringBuilder();
        foreach (var letter in text)
        {
            var plain = Folding.Letters(letter.ToString());
            if (Diaeresis.Contains(letter))
            {
                key.Append('v');
            }
            else if (plain is [>= 'a' and <= 'z'])
            {
                key.Append(plain);
            }
            else if (plain.Length > 0 && !Separators.Contains(letter))
            {
                return null;
            }
        }

        return key.ToString();
    }

    static List<string> Givens(Element name) => [..
        from item in Element.Items(name.Json, "given")
        where item.ValueKind == System.Text.Json.JsonValueKind.String
        select item.GetString()];
}
