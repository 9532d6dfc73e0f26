using FhirHub.Core.Model;
using FhirHub.Fhir.Definitions;
using static FhirHub.Core.Search.Parsing.SearchSyntax;

namespace FhirHub.Core.Search.Parsing;

/// <summary>What comes along with matches: https://hl7.org/fhir/R4/search.html#revinclude</summary>
/// <param name="catalog">The parameters in force.</param>
/// <param name="types">The types searched.</param>
/// <param name="leftOut">Takes what an asterisk stands for that cannot be followed yet.</param>
sealed class IncludeParser(ParameterCatalog catalog, List<string> types, List<Problem> leftOut)
{
    internal IEnumerable<Include> Read(string name, string value)
    {
        var isReverse = name.StartsWith("_revinclude", StringComparison.Ordinal);
        var isIterated = name.EndsWith(":iterate", StringComparison.Ordinal);
        return Split(value, ',').SelectMany(one => ReadOne(name, one, isReverse, isIterated));
    }

    List<Include> ReadOne(string name, string value, bool isReverse, bool isIterated)
    {
        if (value == "*")
        {
            return isReverse ? EveryReferrer(isIterated) : types.ConvertAll(type =>
                new Include(type, EveryReference(type, _ => true), null, false, isIterated));
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

        var parameters = Parameters(name, source, code);
        CheckTargets(name, value, parameters, target);
        if (isReverse && !isIterated)
        {
            CheckReferrer(name, source, code, parameters, target);
        }

        return [new Include(source, parameters, target, isReverse, isIterated)];
    }

    /// <summary>Refuses a target that none of the references may have.</summary>
    static void CheckTargets(string name, string value, List<SearchParameterSchema> parameters, string? target)
    {
        if (target is not null && !parameters.Exists(p => MayReferTo(p, target)))
        {
            var known = parameters.SelectMany(p => p.Targets).Distinct().Order(StringComparer.Ordinal)
                .DefaultIfEmpty("nothing");
            throw Refused($"'{name}': '{value}' refers to: {string.Join(", ", known)}.");
        }
    }

    /// <summary>Refuses references that lead to nothing of what is searched.</summary>
    void CheckReferrer(
        string name, string source, string code, List<SearchParameterSchema> parameters, string? target)
    {
        if (types.Count > 0 && !types.Exists(type => target is null
            ? parameters.Exists(p => MayReferTo(p, type))
            : target == type))
        {
            var known = References(source).Where(p => types.Exists(type => MayReferTo(p, type))).Select(p => p.Code)
                .Order(StringComparer.Ordinal).DefaultIfEmpty("nothing");
            throw Refused($"'{name}': {source} does not refer to what is searched by '{code}'"
                + $"{(target is null ? "" : $" to a {target}")}, but by: {string.Join(", ", known)}. To follow what is "
                + $"included say {name}:iterate.");
        }
    }

    static bool MayReferTo(SearchParameterSchema parameter, string type) =>
        parameter.Targets.Count == 0 || parameter.Targets.Contains(type);

    List<SearchParameterSchema> Parameters(string name, string source, string code)
    {
        if (code == "*")
        {
            return EveryReference(source, _ => true);
        }

        var all = References(source);
        return all.FirstOrDefault(p => p.Code == code) is { } one
            ? [one]
            : throw catalog.Unfinished(source, code) ?? Refused(
                $"'{name}': {source} has no reference parameter '{code}'. It has: "
                + $"{string.Join(", ", all.Select(p => p.Code).Order(StringComparer.Ordinal).DefaultIfEmpty("none"))}"
                + ".");
    }

    /// <summary>Every parameter of any type that may refer to what is searched.</summary>
    List<Include> EveryReferrer(bool isIterated) =>
    [
        .. from schema in FhirSchema.R4.ResourceTypes
           let parameters = EveryReference(
               schema.Name, p => types.Exists(type => MayReferTo(p, type)))
           where parameters.Count > 0
           select new Include(schema.Name, parameters, null, true, isIterated),
    ];

    /// <summary>All references of a type that an asterisk stands for; one that is not there yet is told.</summary>
    List<SearchParameterSchema> EveryReference(string type, Func<SearchParameterSchema, bool> isMeant)
    {
        leftOut.AddRange(catalog.UnfinishedReferences(type)
            .Where(one => isMeant(one.Parameter)).Select(one => one.Problem));
        return [.. References(type).Where(isMeant)];
    }

    /// <summary>What stands inside a bundle comes with it anyway, and is nowhere else.</summary>
    List<SearchParameterSchema> References(string type) =>
        [.. catalog.Of(type).Where(p => p.Type == SearchParameterType.Reference && !Links.Inline.Contains(p.Url))];
}
