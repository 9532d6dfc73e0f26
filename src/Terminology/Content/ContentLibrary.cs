using FhirHub.Core.Model;
using FhirHub.Fhir.Documents;
using FhirHub.Terminology.CodeSystems;
using FhirHub.Terminology.ConceptMaps;
using FhirHub.Terminology.ValueSets;

namespace FhirHub.Terminology.Content;

/// <summary>
/// Definitions by their canonical URLs: what the tenant has stored, or else what ships with the hub. A definition is
/// read once per version of its resource; which resource that is, the store is asked again every second or so.
/// </summary>
sealed class ContentLibrary(
    StoredContent stored, ShippedContent shipped, TimeProvider time, TerminologyOptions options)
{
    const int NamesMax = 50_000;
    const int ImportsMax = 2_000;

    readonly BoundedCache<CodeSystem> _codeSystems = new(options.ConceptsMax, system => system.Count);
    readonly BoundedCache<ValueSet> _valueSets = new(options.ValueSetsMax, _ => 1);
    readonly BoundedCache<ConceptMap> _conceptMaps = new(
        options.ConceptsMax, map => map.Groups.Sum(group => group.BySource.Count));
    readonly BoundedCache<Belief> _beliefs = new(NamesMax, _ => 1);

    internal async ValueTask<CodeSystem?> CodeSystemAsync(string tenant, string canonical, CancellationToken cancel) =>
        (CodeSystem?)await FindAsync(tenant, "CodeSystem", canonical, cancel);

    internal async ValueTask<ValueSet?> ValueSetAsync(string tenant, string canonical, CancellationToken cancel) =>
        (ValueSet?)await FindAsync(tenant, "ValueSet", canonical, cancel);

    internal async ValueTask<ConceptMap?> ConceptMapAsync(string tenant, string canonical, CancellationToken cancel) =>
        (ConceptMap?)await FindAsync(tenant, "ConceptMap", canonical, cancel);

    /// <summary>Everything a value set draws on.</summary>
    internal async ValueTask<DefinitionSet> GatherAsync(string tenant, ValueSet valueSet, CancellationToken cancel)
    {
        var definitions = new DefinitionSet();
        var open = new Queue<ValueSet>([valueSet]);
        while (open.TryDequeue(out var next))
        {
            foreach (var inside in next.Contained.Values)
            {
                open.Enqueue(inside);
            }

            foreach (var part in next.Parts)
            {
                if (part.System is { } url)
                {
                    var canonical = Canonical.Of(url, part.Version);
                    var system = await CodeSystemAsync(tenant, canonical, cancel);
                    definitions.Has(system, canonical);
                    if (system is null && part.Version is not null)
                    {
                        // Only to say which version there is.
                        definitions.Has(await CodeSystemAsync(tenant, url, cancel), url);
                    }
                }

                foreach (var canonical in part.ValueSets.Where(canonical => !canonical.StartsWith('#')))
                {
                    var imported = await ValueSetAsync(tenant, canonical, cancel);
                    if (definitions.Has(imported, canonical) && imported is not null)
                    {
                        open.Enqueue(imported);
                    }
                }
            }

            if (definitions.Looked.Count > ImportsMax)
            {
                throw new FhirException(
                    ProblemKind.Unprocessable, "too-costly",
                    $"{valueSet.Canonical} draws on more than {ImportsMax:N0} definitions.");
            }
        }

        return definitions;
    }

    async ValueTask<object?> FindAsync(string tenant, string type, string text, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var name = $"{tenant}\n{type}\n{text}";
        if (_beliefs.TryGet(name, out var belief) && belief is not null && belief.Holds(now, out var believed))
        {
            return believed;
        }

        var canonical = Canonical.Parse(text);
        var definition = await stored.FindAsync(tenant, type, canonical.Url, canonical.Version, cancel) is { } resource
            ? Compiled(type, $"{resource.Key.Tenant}\n{resource.Key}\n{resource.Position.Value}", () => Parse(resource))
            : Shipped(type, canonical);
        _beliefs.Set(name, new Belief(
            now, now.AddSeconds(options.BelievedSeconds), definition is null ? null : new WeakReference(definition)));
        return definition;
    }

    object? Shipped(string type, Canonical canonical)
    {
        // What ships never changes, so the name alone is its key; what is not there is not kept.
        var key = $"\n{type}\n{canonical}";
        if (Kept(type, key) is { } known)
        {
            return known;
        }

        var document = shipped.Find(type, canonical);
        return document is not null ? Compiled(type, key, () => document)
            : type == "ValueSet" ? ImplicitValueSet.Of(canonical)
            : null;
    }

    object? Kept(string type, string key) => type switch
    {
        "CodeSystem" => _codeSystems.TryGet(key, out var system) ? system : null,
        "ValueSet" => _valueSets.TryGet(key, out var valueSet) ? valueSet : null,
        _ => _conceptMaps.TryGet(key, out var map) ? map : null,
    };

    object Compiled(string type, string key, Func<FhirDocument> parse) => type switch
    {
        "CodeSystem" => _codeSystems.GetOrAdd(key, () => CodeSystemReader.Read(parse())),
        "ValueSet" => _valueSets.GetOrAdd(key, () => ValueSetReader.Read(parse())),
        _ => _conceptMaps.GetOrAdd(key, () => ConceptMapReader.Read(parse())),
    };

    static FhirDocument Parse(StoredResource resource) =>
        FhirDocument.ParseJson(resource.Json, ParseOptions.Lenient).OrThrow();

    /// <summary>
    /// What a name stood for when the store was asked; null for nothing. Weak, because the caches decide what is kept.
    /// </summary>
    sealed record Belief(DateTimeOffset Since, DateTimeOffset Until, WeakReference? Definition)
    {
        internal bool Holds(DateTimeOffset now, out object? definition)
        {
            definition = Definition?.Target;
            return now >= Since && now < Until && (Definition is null || definition is not null);
        }
    }
}
