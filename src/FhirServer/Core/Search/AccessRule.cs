namespace FhirHub.Core.Search;

/// <summary>
/// What a caller may see, as filters that every read and every plan holds: of a resource and its history, on the type
/// searched, inside chains and their reverse, on what is included, and so in every total. A store that left it out
/// anywhere would let a caller infer what he may not read: docs/adr/0019.
/// </summary>
/// <param name="Filters">The filter of a type; a type that is not named has the other one.</param>
/// <param name="Otherwise">The filter of all other types; null for none.</param>
public sealed record AccessRule(IReadOnlyDictionary<string, SearchExpression> Filters, SearchExpression? Otherwise)
{
    /// <summary>No filter at all.</summary>
    public static AccessRule Everything { get; } =
        new(new Dictionary<string, SearchExpression>(StringComparer.Ordinal), null);

    /// <summary>Whether every resource may be seen.</summary>
    public bool IsEverything => Filters.Count == 0 && Otherwise is null;

    /// <summary>What a resource of the type must be to be seen; null for anything.</summary>
    public SearchExpression? For(string type) => Filters.TryGetValue(type, out var filter) ? filter : Otherwise;
}
