namespace FhirHub.Stores.Oracle;

/// <summary>URIs: https://hl7.org/fhir/R4/search.html#uri</summary>
static class UriRule
{
    internal static bool Matches(Element element, OracleResource resource, string? modifier, string value)
    {
        if (element.Type is not ("uri" or "url" or "canonical" or "oid" or "uuid"))
        {
            return false;
        }

        var uri = element.Text!; // an element of a primitive type always has a value
        var text = SearchText.Unescape(value);
        return modifier switch
        {
            "below" => uri.StartsWith(text, StringComparison.Ordinal),
            "above" => text.StartsWith(uri, StringComparison.Ordinal),
            _ => uri == text
                || (element.Type == "canonical" && ReferenceRule.IsCanonical(uri, text))
                || (IsOwnUrl(resource, uri) && text == $"{uri}|{Element.Get(resource.Json, "version")}"),
        };
    }

    /// <summary>The canonical of a conformance resource may be searched with its version.</summary>
    static bool IsOwnUrl(OracleResource resource, string uri) => Element.Get(resource.Json, "url") == uri;
}
