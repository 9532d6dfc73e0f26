using System.Text.RegularExpressions;
using FhirHub.Fhir.Definitions;

namespace FhirHub.Stores.Oracle;

/// <summary>
/// How a value is written: its prefix, and which of its parts are there. Whoever covers all forms of all data types has
/// asked for everything that https://hl7.org/fhir/R4/search.html#ptypes lets a client write.
/// </summary>
static partial class ValueForm
{
    static readonly string[] Tokens = ["code", "|code", "system|code", "system|"];
    static readonly string[] Units = ["", "||unit", "|system|unit"];

    /// <summary>The modifier and form of one value, such as <c>:not |code</c> or <c>ge||unit</c>.</summary>
    internal static string Of(SearchParameterSchema parameter, string? modifier, string value)
    {
        var isType = modifier is not null && FhirSchema.R4.TryGetType(modifier, out _);
        var label = modifier is null ? "" : isType ? ":type " : $":{modifier} ";
        return label + parameter.Type switch
        {
            SearchParameterType.Token when modifier is null or "not" => Token(value),
            SearchParameterType.Date or SearchParameterType.Number => Prefix.Take(value).Prefix,
            SearchParameterType.Quantity => Prefix.Take(value).Prefix + Unit(value),
            SearchParameterType.Reference when modifier == "identifier" => Token(value),
            SearchParameterType.Reference when modifier is null || isType => Reference(value),
            SearchParameterType.Uri when modifier is null => value.Contains('|', StringComparison.Ordinal) ? "url|version" : "url",
            _ => "",
        };
    }

    /// <summary>Every form that can find, and can miss, an element of that type.</summary>
    internal static IEnumerable<string> Expected(SearchParameterType kind, string type) => kind switch
    {
        SearchParameterType.Token => TokensOf(type),
        SearchParameterType.String => ["", ":exact ", ":contains "],
        SearchParameterType.Date or SearchParameterType.Number => Prefix.All,
        SearchParameterType.Quantity => from prefix in Prefix.All from unit in Units select prefix + unit,
        SearchParameterType.Uri => ["url", ":below ", ":above ", .. type == "canonical" ? (string[])["url|version"] : []],
        SearchParameterType.Reference when type == "canonical" => ["url", "url|version", ":below ", ":above "],
        SearchParameterType.Reference =>
        [
            "id", "Type/id", "version", "url", "url version", ":type id", ":type Type/id", ":below ", ":above ",
            .. Tokens.Select(form => $":identifier {form}"),
        ],
        SearchParameterType.Special => [""],
        _ => [],
    };

    /// <summary>
    /// The same for a part of a composite; what a reference or a string is written like is asked where it stands alone.
    /// </summary>
    internal static IEnumerable<string> ExpectedOfPart(SearchParameterType kind) => kind switch
    {
        SearchParameterType.Token => ["code", "system|code", "system|"],
        SearchParameterType.Date or SearchParameterType.Number or SearchParameterType.Quantity => Expected(kind, ""),
        _ => [],
    };

    static string[] TokensOf(string type) => type switch
    {
        "CodeableConcept" or "Coding" =>
            [.. Forms(Tokens), ":text ", ":in ", ":not-in ", ":above ", ":below "],
        "Identifier" => [.. Forms(Tokens), ":text ", ":of-type "],
        "code" => Forms("code", "system|code", "system|"),
        "boolean" => Forms("code", "system|code"),
        "id" => Forms("code"),
        _ => Forms("code", "|code"), // a contact point, a string or a URL has no system
    };

    static string[] Forms(params string[] forms) => [.. forms, .. forms.Select(form => $":not {form}")];

    static string Token(string value) => SearchText.Split(value, '|') switch
    {
        [_] => "code",
        ["", _] => "|code",
        [_, ""] => "system|",
        _ => "system|code",
    };

    static string Unit(string value) => SearchText.Split(value, '|') switch
    {
        [_] => "",
        [_, "", _] => "||unit",
        _ => "|system|unit",
    };

    static string Reference(string value) =>
        value.Contains('|', StringComparison.Ordinal) ? "url|version"
        : value.Contains(':', StringComparison.Ordinal) ? History().IsMatch(value) ? "url version" : "url"
        : History().IsMatch(value) ? "version"
        : value.Contains('/', StringComparison.Ordinal) ? "Type/id"
        : "id";

    [GeneratedRegex("/_history/[^/]+$")]
    private static partial Regex History();
}
