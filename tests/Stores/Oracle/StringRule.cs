namespace FhirHub.Stores.Oracle;

/// <summary>Strings: https://hl7.org/fhir/R4/search.html#string</summary>
static class StringRule
{
    static readonly string[] NameParts = ["text", "family", "given", "prefix", "suffix"];

    static readonly string[] AddressParts =
        ["text", "line", "city", "district", "state", "postalCode", "country"];

    internal static bool Matches(Element element, string? modifier, string value)
    {
        var text = SearchText.Unescape(value);
        return Parts(element).Any(part => Matches(part, modifier, text));
    }

    internal static bool Matches(string part, string? modifier, string text) => modifier switch
    {
        "exact" => part == text,
        "contains" => Folding.Fold(part).Contains(Folding.Fold(text), StringComparison.Ordinal),
        _ => Folding.Fold(part).StartsWith(Folding.Fold(text), StringComparison.Ordinal),
    };

    /// <summary>The strings a search covers: of a name or an address those that are of type string.</summary>
    internal static IEnumerable<string> Parts(Element element) => element.Type switch
    {
        "string" or "markdown" => [element.Text!], // an element of a primitive type always has a value
        "HumanName" => Below(element, NameParts),
        "Address" => Below(element, AddressParts),
        _ => [],
    };

    static IEnumerable<string> Below(Element element, string[] names) =>
        from name in names
        from item in Element.Items(element.Json, name)
        where item.ValueKind == System.Text.Json.JsonValueKind.String
        select item.GetString();
}
