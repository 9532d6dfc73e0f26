using FhirHub.Fhir.Definitions;

namespace FhirHub.Stores.Oracle;

sealed partial class OracleEvaluator
{
    /// <summary>
    /// What a page of matches brings with it: https://hl7.org/fhir/R4/search.html#include
    /// </summary>
    internal ISet<string> Includes(OracleQuery query, IReadOnlyCollection<string> matches)
    {
        var found = new HashSet<string>(matches, StringComparer.Ordinal);
        var latest = matches.Select(world.Find).OfType<OracleResource>().ToList();
        for (var isFirst = true; latest.Count > 0; isFirst = false)
        {
            var wanted = query.Controls.Where(control => control.Name.Contains("include", StringComparison.Ordinal)
                && (isFirst || control.Name.EndsWith(":iterate", StringComparison.Ordinal)));
            latest = [.. wanted.SelectMany(control => Related(control, latest)).Where(other => found.Add(other.Key))];
        }

        found.ExceptWith(matches);
        return found;
    }

    IEnumerable<OracleResource> Related(OracleCriterion control, IReadOnlyList<OracleResource> from)
    {
        var parts = control.Value.Split(':');
        var (source, code) = parts.Length == 1 ? (parts[0], "*") : (parts[0], parts[1]);
        var target = parts.Length > 2 ? parts[2] : null;
        if (control.Name.StartsWith("_include", StringComparison.Ordinal))
        {
            return from resource in @from
                   where source == "*" || resource.Type == source
                   from parameter in Links(resource.Type, code)
                   from other in Stored(resource, parameter)
                   where target is null || other.Type == target
                   select other;
        }

        return from other in source == "*" ? world.All : world.Of(source)
               from parameter in Links(other.Type, code)
               where Stored(other, parameter)
                   .Any(to => (target is null || to.Type == target) && @from.Contains(to))
               select other;
    }

    /// <summary>Targets that can be returned, which resources inside others cannot.</summary>
    IEnumerable<OracleResource> Stored(OracleResource resource, SearchParameterSchema parameter) =>
        Targets(resource, parameter).Where(target => ReferenceEquals(world.Find(target.Key), target));

    static IEnumerable<SearchParameterSchema> Links(string type, string code) =>
        OracleParameters.Of(type).Values.Where(parameter =>
            parameter.Type == SearchParameterType.Reference && (code == "*" || parameter.Code == code));
}
