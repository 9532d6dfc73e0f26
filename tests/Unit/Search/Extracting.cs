using System.Globalization;
using System.Text;
using FhirHub.Core.Search;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;

namespace FhirHub.Unit.Search;

/// <summary>Extracts from small resources and writes values down so that a claim fits on a line.</summary>
static class Extracting
{
    internal static SearchValueExtractor R4 { get; } = new(ParameterCatalog.R4);

    internal static FhirDocument Parse(string json) =>
        FhirDocument.ParseJson(Encoding.UTF8.GetBytes(json), ParseOptions.Lenient).OrThrow();

    /// <summary>The values of one parameter, in order.</summary>
    internal static string[] Values(string json, string code) => Values(R4, json, code);

    internal static string[] Values(SearchValueExtractor extractor, string json, string code)
    {
        var extraction = extractor.Extract(Parse(json));
        Assert.IsEmpty(extraction.Problems);
        return Of(extraction, code);
    }

    /// <summary>The values that stand in the resource; what is put together of them has tests of its own.</summary>
    internal static string[] Of(SearchExtraction extraction, string code) =>
    [
        .. extraction.Entries
            .Where(e => e.Parameter.Code == code)
            .Where(e => e.Value is not SearchValue.String { Form: not StringForm.Written })
            .Select(e => Show(e.Value)),
    ];

    internal static void AreValues(string[] actual, params string[] expected) =>
        Assert.AreEqual(string.Join('\n', expected), string.Join('\n', actual));

    /// <summary>A catalog with one parameter of its own, <c>custom</c>.</summary>
    internal static SearchParameterSchema Custom(
        string type, SearchParameterType kind, string expression, params SearchComponentSchema[] components) =>
        new("http://example.org/custom", "custom", "custom", kind, expression, [type], [], components);

    internal static SearchValueExtractor With(SearchParameterSchema parameter) => new(ParameterCatalog.R4.With(parameter));

    internal static string Show(SearchValue value) => value switch
    {
        SearchValue.Token t => Show(t),
        SearchValue.String s => s.Text.ToString(),
        SearchValue.Date d => $"{Show(d.Range.Low)}..{Show(d.Range.High)}",
        SearchValue.Number n => $"{Show(n.Value)} {Show(n.Range)}",
        SearchValue.Quantity q => Show(q),
        SearchValue.Reference r => Show(r),
        SearchValue.Uri u => Join(u.Url.ToString(), Named("version", u.Version), Named("fragment", u.Fragment)),
        SearchValue.Composite c => string.Join(" $ ", c.Components.Select(part => string.Join(", ", part.Select(Show)))),
        SearchValue.Position p => $"{Show(p.Latitude)} {Show(p.Longitude)}",
        _ => throw new ArgumentException(value.ToString()),
    };

    static string Show(SearchValue.Token token)
    {
        var code = token.SystemKind switch
        {
            TokenSystem.Stated => $"{token.System}|{token.Code}",
            TokenSystem.Absent => $"|{token.Code}",
            _ => token.Code.ToString(),
        };
        return Join([
            code, token.Text.IsEmpty ? "" : $"'{token.Text}'", .. token.Types.Select(t => $"of {t.System}|{t.Code}"),
        ]);
    }

    static string Show(SearchValue.Quantity quantity)
    {
        var canonical = quantity.Canonical is not { } c
            ? ""
            : $"= {(c.Value is { } v ? Show(v) + " " : "")}[{Show(c.Low)}, {Show(c.High)}] {c.Unit}";
        return Join(
            quantity.Value is { } value ? Show(value) : "",
            Show(quantity.Range),
            quantity.IsStrict ? "strict" : "",
            quantity.System.IsEmpty && quantity.Code.IsEmpty ? "" : $"{quantity.System}|{quantity.Code}",
            quantity.Unit.IsEmpty ? "" : $"'{quantity.Unit}'",
            canonical);
    }

    static string Show(SearchValue.Reference reference) => Join(
        reference.Kind.ToString(),
        reference.Url.ToString(),
        Named("type", reference.Type),
        Named("id", reference.Id),
        Named("version", reference.Version),
        Named("fragment", reference.Fragment),
        reference.Identifier is { } identifier ? $"identifier={Show(identifier)}" : "");

    static string Show(NumberRange range) =>
        $"[{(range.Low == decimal.MinValue ? "" : Show(range.Low))}, {(range.High == decimal.MaxValue ? "" : Show(range.High))}]";

    static string Show(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    static string Show(double value) => double.IsInfinity(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);

    static string Show(DateTime instant)
    {
        Assert.AreEqual(DateTimeKind.Utc, instant.Kind);
        return instant == DateTime.MinValue || instant == DateTime.MaxValue
            ? ""
            : instant.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
    }

    static string Named(string name, Utf8Text text) => text.IsEmpty ? "" : $"{name}={text}";

    static string Join(params IEnumerable<string> parts) => string.Join(' ', parts.Where(part => part.Length > 0));
}
