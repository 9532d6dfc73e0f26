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
            "below" => IsBelow(Bare(element, uri), Bare(element, text)),
            "above" => IsBelow(Bare(element, text), Bare(element, uri)),
            _ => uri == text
                || (element.Type == "canonical" && ReferenceRule.IsCanonical(uri, text))
                || (IsOwnUrl(resource, uri) && text == $"{uri}|{Element.Get(resource.Json, "version")}"),
        };
    }

    /// <summary>The canonical of a conformance resource may be searched with its version.</summary>
    static bool IsOwnUrl(OracleResource resource, string uri) => Element.Get(resource.Json, "url") == uri;

    /// <summary>
    /// Whole steps of a path: <c>…/ValueSet/12</c> does not lie below <c>…/ValueSet/1</c>. R4 says only that one
    /// matches the other from the left, which later versions of the specification clarify so.
    /// </summary>
    internal static bool IsBelow(string uri, string above) =>
        uri == above || uri.StartsWith($"{above.TrimEnd('/')}/", StringComparison.Ordinal);

    /// <summary>The version of a canonical is no part of its path.</summary>
    static string Bare(Element element, string uri) => element.Type == "canonical" ? uri.Split('|')[0] : uri;
}
