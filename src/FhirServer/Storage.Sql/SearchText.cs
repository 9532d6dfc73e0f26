using System.Globalization;
using System.Text;

namespace FhirHub.Storage.Sql;

/// <summary>
/// Texts as string search compares them, without case, accents and full width:
/// https://hl7.org/fhir/R4/search.html#string
/// </summary>
/// <remarks>
/// The runtime decomposes nothing in its invariant mode, so the letters with marks are listed here: each word is a
/// plain letter followed by all that fold to it, from the Unicode decompositions of Latin, Greek and Cyrillic.
/// </remarks>
public static class SearchText
{
    const string Letters =
        "aàáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ bḃḅḇ cçćĉċčḉ "
        + "dďḋḍḏḑḓ eèéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ fḟ "
        + "gĝğġģǧǵḡ hĥȟḣḥḧḩḫẖ iìíîïĩīĭįǐȉȋḭḯỉị jĵǰ kķǩḱḳḵ "
        + "lĺļľḷḹḻḽ mḿṁṃ nñńņňǹṅṇṉṋ "
        + "oòóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợ pṕṗ "
        + "rŕŗřȑȓṙṛṝṟ sśŝşšșṡṣṥṧṩ tţťțṫṭṯṱẗ "
        + "uùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự vṽṿ wŵẁẃẅẇẉẘ "
        + "xẋẍ yýÿŷȳẏẙỳỵỷỹ zźżžẑẓẕ æǣǽ øǿ ſẛ ʒǯ ʹʹ "
        + "αάἀἁἂἃἄἅἆἇὰάᾀᾁᾂᾃᾄᾅᾆᾇᾰᾱᾲᾳᾴᾶᾷ "
        + "εέἐἑἒἓἔἕὲέ ηήἠἡἢἣἤἥἦἧὴήᾐᾑᾒᾓᾔᾕᾖᾗῂῃῄῆῇ "
        + "ιΐίϊἰἱἲἳἴἵἶἷὶίιῐῑῒΐῖῗ οόὀὁὂὃὄὅὸό ρῤῥ "
        + "υΰϋύὐὑὒὓὔὕὖὗὺύῠῡῢΰῦῧ "
        + "ωώὠὡὢὣὤὥὦὧὼώᾠᾡᾢᾣᾤᾥᾦᾧῲῳῴῶῷ ϒϓϔ аӑӓ гѓ еѐёӗ "
        + "жӂӝ зӟ ийѝӣӥ кќ оӧ уўӯӱӳ чӵ ыӹ эӭ ії ѵѷ әӛ өӫ ";

    static readonly Dictionary<char, char> Plain = Letters.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(word => word[1..].Select(letter => (letter, word[0])))
        .ToDictionary(pair => pair.letter, pair => pair.Item2);

    /// <summary>The folded text, as UTF-8.</summary>
    public static byte[] Fold(ReadOnlySpan<byte> utf8) =>
        Ascii.IsValid(utf8) ? FoldAscii(utf8) : Encoding.UTF8.GetBytes(Fold(Encoding.UTF8.GetString(utf8)));

    public static string Fold(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var folded = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            var lower = char.ToLowerInvariant(Narrow(c));
            if (CharUnicodeInfo.GetUnicodeCategory(lower) != UnicodeCategory.NonSpacingMark)
            {
                folded.Append(Plain.GetValueOrDefault(lower, lower));
            }
        }

        return folded.ToString();
    }

    static byte[] FoldAscii(ReadOnlySpan<byte> ascii)
    {
        var folded = new byte[ascii.Length];
        Ascii.ToLower(ascii, folded, out _);
        return folded;
    }

    /// <summary>Full-width forms are the same letters, typed with a Chinese keyboard.</summary>
    static char Narrow(char c) => c switch
    {
        >= '\uFF01' and <= '\uFF5E' => (char)(c - 0xFEE0),
        '\u3000' => ' ',
        _ => c,
    };
}
