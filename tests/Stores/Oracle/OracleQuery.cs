using FhirHub.Core.Storage;

namespace FhirHub.Stores.Oracle;

/// <summary>A search as a client would write it, and what it is an example of.</summary>
/// <param name="Type">The type searched.</param>
/// <param name="Criteria">What is asked for, in the order of the query string.</param>
sealed record OracleQuery(string Type, IReadOnlyList<OracleCriterion> Criteria)
{
    /// <summary>Where the search stays inside one: <c>Patient/a1/Observation</c>.</summary>
    internal Compartment? Within { get; init; }

    internal IEnumerable<KeyValuePair<string, string>> Pairs =>
        Criteria.Select(criterion => KeyValuePair.Create(criterion.Name, criterion.Value));

    public override string ToString()
    {
        var start = Within is { } focus ? $"{focus.Type}/{focus.Id}/{Type}" : Type;
        return $"{start}?{string.Join('&', Pairs.Select(pair => $"{pair.Key}={pair.Value}"))}";
    }
}

/// <summary>One parameter of a query.</summary>
/// <param name="Name">The name with its modifiers and chain.</param>
/// <param name="Value">The value, with the escapes of search and without those of URLs.</param>
/// <param name="Class">What kind of criterion it is, such as <c>token:not</c> or <c>date/ge</c>.</param>
sealed record OracleCriterion(string Name, string Value, string Class);
