namespace FhirHub.Core.Search;

/// <summary>
/// The search parameters of a tenant at some moment. What is written is indexed by all of them; a search may use only
/// those whose index is complete.
/// </summary>
public sealed class ParametersInForce
{
    long _writes;

    /// <param name="indexed">The parameters that new versions are indexed by.</param>
    /// <param name="searched">The parameters whose index is complete.</param>
    /// <param name="zone">The zone of dates without one; China's when not given.</param>
    public ParametersInForce(ParameterCatalog indexed, ParameterCatalog searched, SearchZone? zone = null)
        : this(new SearchValueExtractor(indexed, zone), searched)
    {
    }

    /// <param name="extractor">Extracts by the parameters that new versions are indexed by.</param>
    /// <param name="searched">The parameters whose index is complete.</param>
    internal ParametersInForce(SearchValueExtractor extractor, ParameterCatalog searched) =>
        (Extractor, Searched) = (extractor, searched);

    public SearchValueExtractor Extractor { get; }

    public ParameterCatalog Searched { get; }

    /// <summary>Those the tenant defined itself, complete or not.</summary>
    public IReadOnlyList<CustomDefinition> Own { get; init; } = [];

    /// <summary>Whether a write has been indexed by these and is not committed yet.</summary>
    internal bool IsInUse => Interlocked.Read(ref _writes) > 0;

    internal void Enter() => Interlocked.Increment(ref _writes);

    internal void Leave() => Interlocked.Decrement(ref _writes);
}
