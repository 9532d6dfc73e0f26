using FhirHub.Fhir.Definitions;
using static FhirHub.Core.Search.Parsing.SearchSyntax;

namespace FhirHub.Core.Search.Parsing;

/// <summary>What comes along with matches: https://hl7.org/fhir/R4/search.html#revinclude</summary>
static class IncludeParser
{
    internal static IEnumerable<Include> Read(ParameterCatalog catalog, List<string> types, string name, string value)
    {
        var isReverse = name.StartsWith("_revinclude", StringComparison.Ordinal);
        var isIterated = name.EndsWith(":iterate", StringComparison.Ordinal);
        return Split(value, ',').SelectMany(one => ReadOne(catalog, types, name, one, isReverse, isIterated));
    }

    static IEnumerable<Include> ReadOne(
        ParameterCatalog catalog, List<string> types, string name, string value, bool isReverse, bool isIterated)
    {
        if (value == "*")
        {
            return isReverse ? EveryReferrer(catalog, types, isIterated) : types.ConvertAll(type =>
                new Include(type, References(catalog, type), null, false, isIterated));
        }

        var parts = value.Split(':');
        if (parts.Length is < 2 or > 3 || !catalog.IsType(parts[0]))
        {
            throw Refused($"'{name}' takes Type:parameter, Type:parameter:TargetType, Type:* or *.");
        }

        var (source, code) = (parts[0], parts[1]);
        var target = parts.Length == 3 ? parts[2] : null;
        if (target is not null && !catalog.IsType(target))
        {
            throw Refused($"'{name}': '{target}' is not a resource type of FHIR R4.");
        }

        if (!isReverse && !isIterated && !types.Contains(source))
        {
            throw Refused($"'{name}': {source} is not searched here; to follow what is included say {name}:iterate.");
        }

        return [new Include(source, Parameters(catalog, name, source, code), target, isReverse, isIterated)];
    }

    static List<SearchParameterSchema> Parameters(
        ParameterCatalog catalog, string name, string source, string code)
    {
        var all = References(catalog, source);
        if (code == "*")
        {
            return all;
        }

        return all.FirstOrDefault(p => p.Code == code) is { } one
            ? [one]
            : throw catalog.Unfinished(source, code) ?? Refused(
                $"'{name}': {source} has no reference parameter '{code}'. It has: "
                + $"{string.Join(", ", all.Select(p => p.Code).Order(StringComparer.Ordinal))}.");
    }

    /// <summary>Every parameter of any type that may refer to what is searched.</summary>
    static IEnumerable<Include> EveryReferrer(ParameterCatalog catalog, List<string> types, bool isIterated) =>
        from schema in FhirSchema.R4.Types
        where schema.IsResource && !schema.IsAbstract
        let parameters = References(catalog, schema.Name)
            .Where(p => p.Targets.Count == 0 || p.Targets.Any(types.Contains)).ToList()
        where parameters.Count > 0
        select new Include(schema.Name, parameters, null, true, isIterated);

    static List<SearchParameterSchema> References(ParameterCatalog catalog, string type) =>
        [.. catalog.Of(type).Where(p => p.Type == SearchParameterType.Reference)];
}
