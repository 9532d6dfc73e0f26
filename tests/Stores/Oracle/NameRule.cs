using System.Text;

namespace FhirHub.Stores.Oracle;

/// <summary>
/// What docs/search.md says of names of people beyond R4: they are found as a whole and by how they are spoken. The
/// readings are those of the data's characters, written by hand.
/// </summary>
static class NameRule
{
    const string Read = "张三陈国华";
    const string Diaeresis = "üÜǖǘǚǜǕǗǙǛ";
    const string Separators = " '-·";
    static readonly string[] Readings = ["zhang", "san", "chen", "guo", "hua"];

    internal static bool Matches(string code, Element element, string? modifier, string value)
    {
        var text = SearchText.Unescape(value);
        return modifier != "exact" && element.Type == "HumanName"
                && Wholes(element).Any(whole => StringRule.Matches(whole, modifier, text))
            || modifier is null && QueryKey(text) is { Length: > 0 } key
                && Spoken(code, element).SelectMany(Keys).Any(own => own.StartsWith(key, StringComparison.Ordinal));
    }

    /// <summary>What finds a name beyond its parts.</summary>
    internal static IReadOnlyList<string> More(Element element) =>
        [.. Wholes(element), .. Spoken("name", element).SelectMany(Keys)];

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

    /// <summary>The texts whose readings count for a parameter.</summary>
    static IEnumerable<string> Spoken(string code, Element element) => (code, element.Type) switch
    {
        ("name" or "phonetic", "HumanName") =>
            [element.Get("family") + string.Concat(Givens(element)), element.Get("text") ?? ""],
        ("family" or "given", "string") => [element.Text!], // an element of a primitive type always has a value
        _ => [],
    };

    /// <summary>The whole reading and the initials; none of what has no Chinese in it.</summary>
    static IEnumerable<string> Keys(string text)
    {
        var (whole, initials, isChinese) = (new StringBuilder(), new StringBuilder(), false);
        foreach (var letter in Folding.Letters(text))
        {
            var reading = Read.IndexOf(letter) is var at and >= 0 ? Readings[at] : null;
            isChinese |= reading is not null;
            if (reading is not null || char.IsLetter(letter))
            {
                whole.Append(reading ?? letter.ToString());
                initials.Append(reading?[0] ?? letter);
            }
        }

        return isChinese ? [whole.ToString(), initials.ToString()] : [];
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
