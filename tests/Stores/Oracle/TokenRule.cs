using System.Text.Json;

namespace FhirHub.Stores.Oracle;

/// <summary>Tokens: https://hl7.org/fhir/R4/search.html#token</summary>
static class TokenRule
{
    /// <summary>A code and the system it is from; none of an identifier or coding that states none.</summary>
    /// <param name="System">The system.</param>
    /// <param name="Code">The code.</param>
    /// <param name="MayHaveSystem">Whether elements of the type can state one.</param>
    internal readonly record struct Token(string? System, string? Code, bool MayHaveSystem);

    /// <summary>The system that booleans have without saying so.</summary>
    internal const string BooleanSystem = "http://terminology.hl7.org/CodeSystem/special-values";

    internal static bool Matches(Element element, string value) =>
        Tokens(element).Any(token => Matches(element, token, value));

    /// <summary>Whether one of the element's tokens is another than that.</summary>
    internal static bool AnyOther(Element element, string value) => Tokens(element).Any(token =>
        (token.System is not null || token.Code is not null) && !Matches(element, token, value));

    static bool Matches(Element element, Token token, string value)
    {
        var parts = SearchText.Split(value, '|').ConvertAll(SearchText.Unescape);
        parts[^1] = element.Type == "ContactPoint" ? PhoneRule.Same(parts[^1]) : parts[^1];
        return parts.Count == 1
            ? SameCode(token.Code, parts[0])
            : SameSystem(token, parts[0]) && (parts[1].Length == 0 || SameCode(token.Code, parts[1]));
    }

    /// <summary>A string search on what is said of the code in words.</summary>
    internal static bool MatchesText(Element element, string value)
    {
        var text = SearchText.Unescape(value);
        return Words(element).Any(word => StringRule.Matches(word, null, text));
    }

    /// <summary>An identifier by the code of its type and its value.</summary>
    internal static bool MatchesTyped(Element element, string value)
    {
        var parts = SearchText.Split(value, '|').ConvertAll(SearchText.Unescape);
        return parts.Count == 3 && element.Type == "Identifier" && SameCode(element.Get("value"), parts[2])
            && Element.Child(element.Json, "type") is { } type
            && Element.Items(type, "coding").Any(coding =>
                Element.Get(coding, "system") == parts[0] && SameCode(Element.Get(coding, "code"), parts[1]));
    }

    internal static IEnumerable<Token> Tokens(Element element) => element.Type switch
    {
        "CodeableConcept" => Element.Items(element.Json, "coding").Select(OfCoding),
        "Coding" => [OfCoding(element.Json)],
        "Identifier" => [OfIdentifier(element.Json)],
        "ContactPoint" =>
            [new Token(null, element.Get("value") is { } value ? PhoneRule.Same(value) : null, false)],
        "code" => Terminology.SystemsOf(element.BoundTo, element.Text)
            .DefaultIfEmpty(null).Select(system => new Token(system, element.Text, true)),
        "boolean" => [new Token(BooleanSystem, element.Text, false)],
        "string" or "uri" or "id" => [new Token(null, element.Text, false)],
        _ => [],
    };

    internal static Token OfIdentifier(JsonElement json) =>
        new(Element.Get(json, "system"), Element.Get(json, "value"), true);

    static Token OfCoding(JsonElement json) => new(Element.Get(json, "system"), Element.Get(json, "code"), true);

    static bool SameSystem(Token token, string system) =>
        system.Length == 0 ? token.System is null : token.System == system;

    static bool SameCode(string? code, string wanted) => string.Equals(code, wanted, StringComparison.OrdinalIgnoreCase);

    static IEnumerable<string> Words(Element element)
    {
        var words = element.Type switch
        {
            "CodeableConcept" => Element.Items(element.Json, "coding")
                .Select(coding => Element.Get(coding, "display")).Prepend(element.Get("text")),
            "Coding" => [element.Get("display")],
            "Identifier" => [Element.Child(element.Json, "type") is { } type ? Element.Get(type, "text") : null],
            _ => [],
        };
        return words.OfType<string>();
    }
}
