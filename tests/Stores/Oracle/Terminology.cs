using System.Text.Json;
using FhirHub.Fhir.Definitions;

namespace FhirHub.Stores.Oracle;

/// <summary>The codes of the published value sets that elements of type code are bound to.</summary>
static class Terminology
{
    /// <summary>In the place of the codes of languages and the like, which no definition lists.</summary>
    const string AnyCode = "";

    static readonly Dictionary<string, IReadOnlyList<(string System, string Code)>> Cache = new(StringComparer.Ordinal);

    /// <summary>Every code of a value set that its definition lists.</summary>
    internal static List<(string System, string Code)> ListedIn(string? valueSet) =>
        [.. CodesOf(valueSet).Where(entry => entry.Code != AnyCode)];

    static IReadOnlyList<(string System, string Code)> CodesOf(string? valueSet)
    {
        if (valueSet is null)
        {
            return [];
        }

        lock (Cache)
        {
            if (!Cache.TryGetValue(valueSet, out var codes))
            {
                Cache.Add(valueSet, codes = Read(valueSet.Split('|')[0]));
            }

            return codes;
        }
    }

    /// <summary>The systems a bound code is from.</summary>
    internal static IEnumerable<string?> SystemsOf(string? valueSet, string? code)
    {
        var codes = CodesOf(valueSet);
        var known = codes.Where(entry => entry.Code == code).Select(entry => entry.System).Distinct().ToList();
        return known.Count > 0 ? known : codes.Where(entry => entry.Code == AnyCode).Select(entry => entry.System);
    }

    static List<(string System, string Code)> Read(string valueSet)
    {
        var codes = new List<(string, string)>();
        if (Definition(valueSet) is not { } definition || Element.Child(definition, "compose") is not { } compose)
        {
            return codes;
        }

        foreach (var include in Element.Items(compose, "include"))
        {
            var system = Element.Get(include, "system");
            foreach (var inner in Element.Items(include, "valueSet"))
            {
                codes.AddRange(CodesOf(inner.GetString()));
            }

            if (system is null)
            {
                continue;
            }

            var concepts = Element.Items(include, "concept").ToList();
            if (concepts.Count == 0 && Definition(system) is { } codeSystem)
            {
                concepts = [.. Concepts(codeSystem)];
            }

            if (concepts.Count == 0)
            {
                codes.Add((system, AnyCode));
            }

            codes.AddRange(concepts.Select(concept => (system, Element.Get(concept, "code")!))); // a concept has a code
        }

        return codes;
    }

    static IEnumerable<JsonElement> Concepts(JsonElement parent) =>
        Element.Items(parent, "concept").SelectMany(concept => Concepts(concept).Prepend(concept));

    static JsonElement? Definition(string canonical)
    {
        if (!DefinitionArchive.R4.TryGet(canonical, out var document))
        {
            return null;
        }

        using var json = JsonDocument.Parse(document.Json);
        return json.RootElement.Clone();
    }
}
