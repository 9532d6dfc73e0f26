using System.Text.Json;

namespace FhirHub.Stores.Oracle;

/// <summary>Value sets and code systems among the stored resources, as far as token modifiers ask for them.</summary>
sealed class Concepts(OracleWorld world)
{
    /// <summary>
    /// Whether a coding is in the value set a value names: https://hl7.org/fhir/R4/search.html#token. As everywhere, case
    /// does not count.
    /// </summary>
    internal bool Holds(Element element, string value)
    {
        var set = Resolve(SearchText.Unescape(value), "ValueSet");
        return set is not null && TokenRule.Tokens(element).Any(token => token.Code is { } code
            && Same(code).Any(same => Holds(set, token.System, same)));
    }

    /// <summary>Whether a coding is at or below the code asked for, or at or above it.</summary>
    internal bool Subsumes(Element element, string value, bool isBelow)
    {
        var parts = SearchText.Split(value, '|').ConvertAll(SearchText.Unescape);
        if (parts.Count == 1)
        {
            return isBelow && element.Type == "code" && string.Equals(
                element.Text?.Split(';')[0], parts[0], StringComparison.OrdinalIgnoreCase);
        }

        return TokenRule.Tokens(element).Any(token => token.System == parts[0] && token.Code is { } code
            && Same(code).Any(same => isBelow ? IsA(parts[0], same, parts[1]) : IsA(parts[0], parts[1], same)));
    }

    /// <summary>The codes that a code may stand for, because case does not count.</summary>
    static IEnumerable<string> Same(string code) =>
        Pool.Codes.Where(other => string.Equals(other, code, StringComparison.OrdinalIgnoreCase)).Prepend(code);

    bool Holds(OracleResource set, string? system, string code)
    {
        if (Element.Child(set.Json, "compose") is not { } compose)
        {
            return false;
        }

        return Element.Items(compose, "include").Any(part => IsPart(part, system, code))
            && !Element.Items(compose, "exclude").Any(part => IsPart(part, system, code));
    }

    bool IsPart(JsonElement part, string? system, string code)
    {
        var wanted = Element.Get(part, "system");
        if (wanted is not null && wanted != system)
        {
            return false;
        }

        var concepts = Element.Items(part, "concept").Select(concept => Element.Get(concept, "code")).ToList();
        return (concepts.Count == 0 || concepts.Contains(code))
            && Element.Items(part, "filter").All(filter => wanted is not null
                && Element.Get(filter, "op") == "is-a" && IsA(wanted, code, Element.Get(filter, "value")!))
            && Element.Items(part, "valueSet").All(inner =>
                Resolve(inner.GetString()!, "ValueSet") is { } set && Holds(set, system, code));
    }

    /// <summary>Whether one code is the other, or stands below it in the system's hierarchy.</summary>
    bool IsA(string system, string code, string ancestor)
    {
        if (string.Equals(code, ancestor, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        return Resolve(system, "CodeSystem") is { } definition
            && Find(definition.Json, ancestor) is { } concept && Find(concept, code) is not null;
    }

    static JsonElement? Find(JsonElement parent, string code)
    {
        foreach (var concept in Element.Items(parent, "concept"))
        {
            if (Element.Get(concept, "code") == code)
            {
                return concept;
            }

            if (Find(concept, code) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>By its address on this server, or else by its own URL.</summary>
    OracleResource? Resolve(string reference, string type)
    {
        if (world.Find(reference) is { } found && found.Type == type)
        {
            return found;
        }

        var parts = reference.Split('|');
        return world.Of(type).FirstOrDefault(other => Element.Get(other.Json, "url") == parts[0]
            && (parts.Length == 1 || Element.Get(other.Json, "version") == parts[1]));
    }
}
