using FhirHub.Fhir.Definitions;
using static FhirHub.Core.Search.Parsing.SearchSyntax;

namespace FhirHub.Core.Search.Parsing;

/// <summary>The order of matches: https://hl7.org/fhir/R4/search.html#sort</summary>
static class SortParser
{
    const int KeysMax = 8;

    /// <summary>The keys of a value, behind those that were there before.</summary>
    internal static List<SortKey> Read(
        ParameterCatalog catalog, List<string> types, IReadOnlyList<SortKey> before, string value)
    {
        List<SortKey> keys = [.. before, .. Split(value, ',').ConvertAll(key => ReadKey(catalog, types, key))];
        return keys.Count <= KeysMax
            ? keys
            : throw Refused($"'_sort' has {keys.Count} keys; at most {KeysMax} are accepted.");
    }

    static SortKey ReadKey(ParameterCatalog catalog, List<string> types, string key)
    {
        var isDescending = key.StartsWith('-');
        var code = isDescending ? key[1..] : key;
        SearchParameterSchema? shared = null;
        foreach (var type in types)
        {
            if (!catalog.TryGet(type, code, out var parameter) || !IsSortable(parameter))
            {
                var known = catalog.Of(type).Where(IsSortable).Select(p => p.Code).Order(StringComparer.Ordinal);
                throw catalog.Unfinished(type, code)
                    ?? Refused($"'_sort': {type} cannot be sorted by '{code}', but by: {string.Join(", ", known)}.");
            }

            if (shared is not null && shared.Url != parameter.Url)
            {
                throw Refused(
                    $"'_sort': '{code}' means different things on {types[0]} and {type}; sort by _lastUpdated or _id.");
            }

            shared = parameter;
        }

        return shared is null
            ? throw Refused("'_sort' has nothing to sort: no type is searched.")
            : new SortKey(shared, isDescending);
    }

    static bool IsSortable(SearchParameterSchema parameter) =>
        parameter.Type is not (SearchParameterType.Composite or SearchParameterType.Special)
        && parameter.Expression is not null;
}
