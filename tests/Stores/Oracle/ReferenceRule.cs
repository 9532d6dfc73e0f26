using System.Text.Json;
using System.Text.RegularExpressions;

namespace FhirHub.Stores.Oracle;

/// <summary>References: https://hl7.org/fhir/R4/search.html#reference</summary>
static partial class ReferenceRule
{
    /// <summary>A reference to a resource of this server.</summary>
    internal readonly record struct Local(string Type, string Id, string? Version)
    {
        internal string Key => $"{Type}/{Id}";
    }

    internal static bool Matches(Element element, string? type, string value)
    {
        var text = SearchText.Unescape(value);
        if (element.Type is "canonical" or "uri")
        {
            return type is null && IsCanonical(element.Text!, text); // an element of a primitive type has a value
        }

        var literal = element.IsResource ? $"{element.Type}/{element.Get("id")}" : element.Get("reference");
        if (literal is null)
        {
            return false;
        }

        if (Read(literal) is not { } target)
        {
            return type is null && text.Contains(':', StringComparison.Ordinal)
                && (literal == text || History().Replace(literal, "") == text);
        }

        if (Read(text) is { } wanted)
        {
            return target.Key == wanted.Key && (wanted.Version is null || wanted.Version == target.Version)
                && (type is null || target.Type == type);
        }

        return text == target.Id && (type is null || target.Type == type);
    }

    internal static bool MatchesIdentifier(Element element, string value)
    {
        if (element.IsResource || Element.Child(element.Json, "identifier") is not { } identifier)
        {
            return false;
        }

        return TokenRule.Matches(new Element("Identifier", identifier, element.Value), value);
    }

    /// <summary>The local resource a text points to; null for anything else.</summary>
    internal static Local? Read(string text)
    {
        var match = Relative().Match(text);
        return match.Success
            ? new Local(
                match.Groups[1].Value,
                match.Groups[2].Value,
                match.Groups[3].Success ? match.Groups[3].Value : null)
            : null;
    }

    internal static Local? Target(JsonElement reference) =>
        Element.Get(reference, "reference") is { } text ? Read(text) : null;

    /// <summary>A canonical with any version, or with the one that is asked for.</summary>
    internal static bool IsCanonical(string element, string wanted) =>
        element == wanted || (!wanted.Contains('|', StringComparison.Ordinal) && element.Split('|')[0] == wanted);

    /// <summary>A canonical whose version begins with that of another, part by part.</summary>
    internal static bool IsVersionBelow(string canonical, string above)
    {
        var (wanted, parts) = (above.Split('|'), canonical.Split('|'));
        return parts[0] == wanted[0] && (wanted.Length == 1
            || (parts.Length > 1 && $"{parts[1]}.".StartsWith($"{wanted[1]}.", StringComparison.Ordinal)));
    }

    [GeneratedRegex(@"^([A-Z][A-Za-z]+)/([A-Za-z0-9.-]{1,64})(?:/_history/([A-Za-z0-9.-]{1,64}))?$")]
    private static partial Regex Relative();

    [GeneratedRegex("/_history/[A-Za-z0-9.-]{1,64}$")]
    private static partial Regex History();
}
