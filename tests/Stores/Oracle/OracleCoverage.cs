namespace FhirHub.Stores.Oracle;

/// <summary>
/// Which parameters, modifiers and prefixes were asked for, and whether some resources met them and others did not. A
/// run in which a modifier never matches anything proves nothing about it.
/// </summary>
sealed class OracleCoverage(OracleEvaluator oracle)
{
    [Flags]
    enum Seen
    {
        None = 0,
        Met = 1,
        Unmet = 2,
        Both = Met | Unmet,
    }

    readonly SortedDictionary<string, Seen> _seen = new(StringComparer.Ordinal);

    /// <summary>Every published parameter of the types in the data, whether asked for or not.</summary>
    static IEnumerable<string> Parameters =>
        from type in OracleData.Types
        from code in OracleParameters.Of(type).Keys
        select $"{type} {code}";

    /// <summary>What R4 lets a parameter of each type have, whether asked for or not.</summary>
    internal static IEnumerable<string> Forms =>
    [
        .. from type in new[] { "date", "number", "quantity" } from prefix in Prefix.All select $"{type}/{prefix}",
        .. from modifier in new[] { "exact", "contains", "missing" } select $"string:{modifier}",
        .. from modifier in new[] { "not", "text", "in", "not-in", "above", "below", "of-type", "missing" }
           select $"token:{modifier}",
        .. from modifier in new[] { "identifier", "type", "above", "below", "missing" } select $"reference:{modifier}",
        .. from modifier in new[] { "above", "below", "missing" } select $"uri:{modifier}",
        .. from type in new[] { "date", "number", "quantity" } select $"{type}:missing",
        .. from place in new[] { "", "chain ", "_has " } from code in new[] { "_text", "_content" } select place + code,
        "_filter _text/co", "_filter _content/co", "string", "token", "reference", "uri", "composite", "near", "_id", "_list",
    ];

    internal void Add(OracleQuery query)
    {
        foreach (var criterion in query.Type.Length == 0 ? [] : query.Criteria)
        {
            var seen = oracle.World.Of(query.Type).Aggregate(Seen.None, (sofar, resource) =>
                sofar | (oracle.Matches(resource, criterion.Name, criterion.Value) ? Seen.Met : Seen.Unmet));
            Note(criterion.Class.Replace("+or", "", StringComparison.Ordinal), seen);
            if (!criterion.Name.Contains('.', StringComparison.Ordinal))
            {
                Note($"{query.Type} {criterion.Name.Split(':')[0]}", seen);
            }
        }
    }

    /// <summary>What was never met, or never missed.</summary>
    internal string Gaps() => string.Join('\n', from name in Parameters.Concat(Forms)
                                                let seen = _seen.GetValueOrDefault(name)
                                                where seen != Seen.Both
                                                select $"{name}: {seen}");

    void Note(string name, Seen seen) => _seen[name] = _seen.GetValueOrDefault(name) | seen;
}
