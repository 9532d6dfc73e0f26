using System.Globalization;
using System.Text;
using FhirHub.Fhir.Definitions;

namespace FhirHub.Generators;

/// <summary>Random values of the primitive types, edge values often, written as JSON.</summary>
sealed class RandomValues(Random random)
{
    static readonly string[] Integers = ["0", "1", "-1", "42", "2147483647", "-2147483648", "65536"];

    static readonly string[] Decimals =
    [
        "0", "-0", "0.10", "1.00", "-12.340", "1e3", "1E+03", "1.0e-10", "1E400", "18446744073709551616", "0.000000000000000001",
        "3.14159265358979323846264338327950288419716939937510582097494459230781640628620899862803482534211706",
    ];

    static readonly string[] Texts =
    [
        "a", " ", "Zoë", "内蒙古自治区", "𠮷野家", "😀👩‍⚕️", "عربى", "a\tb", "line\nline", "line\r\nline", " both ends ", "\"quoted\"",
        "back\\slash", "<b>&amp;</b>", "]]>", "{}[],:", "\u0085\u2028\u2029\u00A0", "\u007F", "'", "a/b", "e\u0301", "\uFFFD",
        "null", "true", "0", "urn:x", "<!-- -->", "<?x?>", "&#x0;", "%00",
    ];

    static readonly string[] Codes = ["a", "final", "a b c", "text/plain; charset=utf-8", "<", "内蒙古", "&", "male", "1.0"];

    static readonly string[] Uris =
    [
        "http://hl7.org/fhir/StructureDefinition/x", "urn:oid:1.2.3", "a", "#", "http://例え.jp/パス?q=1&r=2#f", "Patient/1",
        "urn:uuid:c757873d-ec9a-4326-a141-556f43239520", "mailto:a@b.c", "'\"<>",
    ];

    static readonly string[] Dates =
        ["2018", "0001", "9999-12-31", "2018-02", "2020-02-29", "2000-02-29", "1899-12-31", "2018-10-31"];

    static readonly string[] Times = ["00:00:00", "23:59:59", "23:59:60", "12:00:00.5", "07:08:09.123456789012", "01:02:03.000"];

    static readonly string[] Zones = ["Z", "+00:00", "-00:00", "+14:00", "-14:00", "-13:59", "+08:00", "+05:45"];

    static readonly string[] Bytes = ["QQ==", "QUI=", "QUJD", "+/+/", "QUJD QUJD", "QUJD\r\nQUJDQQ==", "AAAAAAAA"];

    static readonly string[] Narratives =
    [
        "<p>a</p>", "text", "<p>内蒙古 😀</p>", "<p>a &amp; b &lt; c</p>", "<p id=\"a\" class=\"b\">x<br/>y</p>",
        "<table border=\"1\"><tbody><tr><td>1</td><td>2</td></tr></tbody></table>", "<ul><li>a</li><li><b>b</b></li></ul>",
    ];

    /// <summary>A value of that type as JSON: a number, a boolean, or a string with its quotes.</summary>
    internal string Json(PrimitiveKind kind) => kind switch
    {
        PrimitiveKind.Boolean => Pick("true", "false"),
        PrimitiveKind.Integer => Number(Pick(Integers), random.Next(int.MinValue, int.MaxValue)),
        PrimitiveKind.UnsignedInt => Number(Pick("0", "1", "2147483647"), random.Next()),
        PrimitiveKind.PositiveInt => Number(Pick("1", "2147483647"), random.Next(1, int.MaxValue)),
        PrimitiveKind.Decimal => random.Next(2) == 0 ? Pick(Decimals) : Decimal(),
        _ => Quoted(Text(kind)),
    };

    /// <summary>That text as a JSON string; what need not be escaped sometimes is.</summary>
    internal string Quoted(string text)
    {
        var json = new StringBuilder("\"");
        var escapesMore = random.Next(8) == 0;
        foreach (var c in text)
        {
            var mustEscape = c is '"' or '\\' || c < ' ';
            json.Append(mustEscape || (escapesMore && random.Next(3) == 0) ? Escape(c) : c.ToString());
        }

        // Half of a pair beside an escaped half is no UTF-8, so both are escaped or neither.
        var written = json.Append('"').ToString();
        return escapesMore && text.Any(char.IsSurrogate) ? "\"" + string.Concat(text.Select(Escape)) + "\"" : written;
    }

    internal string Id() => string.Concat(Enumerable.Range(0, random.Next(10) == 0 ? 64 : random.Next(1, 12))
        .Select(_ => Pick("a", "Z", "0", "-", ".", "x", "9")));

    string Text(PrimitiveKind kind) => kind switch
    {
        PrimitiveKind.Code => Pick(Codes),
        PrimitiveKind.Id => Id(),
        PrimitiveKind.Uri or PrimitiveKind.Url => Pick(Uris),
        PrimitiveKind.Canonical => Pick(Uris) + Pick("", "|1.0.0", "|2#x"),
        PrimitiveKind.Oid => Pick("urn:oid:0.0", "urn:oid:2.16.840.1.113883.6.1", "urn:oid:1.2.34567890123456789012345678901"),
        PrimitiveKind.Uuid => "urn:uuid:" + Uuid(),
        PrimitiveKind.Date => Pick(Dates),
        PrimitiveKind.DateTime => random.Next(2) == 0 ? Pick(Dates) : Instant(),
        PrimitiveKind.Instant => Instant(),
        PrimitiveKind.Time => Pick(Times),
        PrimitiveKind.Base64Binary => Pick(Bytes),
        PrimitiveKind.Xhtml => "<div xmlns=\"http://www.w3.org/1999/xhtml\">" + Pick(Narratives) + "</div>",
        _ => string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => Pick(Texts))),
    };

    string Number(string edge, int any) => random.Next(2) == 0 ? edge : any.ToString(CultureInfo.InvariantCulture);

    string Decimal()
    {
        var digits = string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => (char)('0' + random.Next(10))));
        return Pick("", "-") + random.Next(1000).ToString(CultureInfo.InvariantCulture) + "." + digits + Pick("", "", "e5", "E-7");
    }

    string Instant() => Pick("2018-10-31", "2020-02-29", "0001-01-01", "9999-12-31") + "T" + Pick(Times) + Pick(Zones);

    string Uuid()
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }

    string Escape(char c) => c switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\n' => Pick("\\n", "\\u000a"),
        '\r' => Pick("\\r", "\\u000D"),
        '\t' => Pick("\\t", "\\u0009"),
        '/' => Pick("\\/", "\\u002f"),
        _ => random.Next(2) == 0 ? $"\\u{(int)c:x4}" : $"\\u{(int)c:X4}",
    };

    string Pick(params string[] choices) => choices[random.Next(choices.Length)];
}
