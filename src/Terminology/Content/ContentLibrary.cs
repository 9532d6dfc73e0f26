using FhirHub.Core.Model;
using FhirHub.Core.Terminology;
using FhirHub.Fhir.Documents;
using FhirHub.Terminology.CodeSystems;
using FhirHub.Terminology.ConceptMaps;
using FhirHub.Terminology.Operations;
using FhirHub.Terminology.ValueSets;

namespace FhirHub.Terminology.Content;

/// <summary>
/// Definitions by their canonical URLs: what the tenant has stored, or else what ships with the hub. A definition is
/// read once per version of its resource; which resource that is, the store is asked again when this process changed
/// any, and every second or so because others may have.
/// </summary>
sealed class ContentLibrary(
    StoredContent stored,
    ShippedContent shipped,
    TimeProvider time,
    TerminologyOptions options,
    TerminologyChanges changes)
{
    const int NamesMax = 50_000;
    const int ImportsMax = 2_000;

    /// <summary>Reading more than this is work by itself: it is believed longer, and leaves much behind.</summary>
    const int LargeBytes = 64 * 1024 * 1024;
    const int LargeBelievedSeconds = 60;

    readonly BoundedCache<CodeSystem> _codeSystems = new(options.ConceptsMax, system => system.Count);
    readonly BoundedCache<ValueSet> _valueSets = new(options.ValueSetsMax, _ => 1);
    readonly BoundedCache<ConceptMap> _conceptMaps = new(
        options.ConceptsMax, map => map.Groups.Sum(group => group.BySource.Count));
    readonly BoundedCache<Belief> _beliefs = new(NamesMax, _ => 1);

    internal async ValueTask<CodeSystem?> CodeSystemAsync(
        Caller caller, DefinitionChoice choice, DateTimeOffset? asOf, CancellationToken cancel) =>
        (CodeSystem?)await ChosenAsync(caller, "CodeSystem", choice, asOf, cancel);

    internal async ValueTask<ValueSet?> ValueSetAsync(
        Caller caller, DefinitionChoice choice, DateTimeOffset? asOf, CancellationToken cancel) =>
        (ValueSet?)await ChosenAsync(caller, "ValueSet", choice, asOf, cancel);

    internal async ValueTask<ConceptMap?> ConceptMapAsync(
        Caller caller, DefinitionChoice choice, DateTimeOffset? asOf, CancellationToken cancel) =>
        (ConceptMap?)await ChosenAsync(caller, "ConceptMap", choice, asOf, cancel);

    /// <summary>The canonicals of all concept maps that translate from a system, or into it backwards.</summary>
    internal async ValueTask<IReadOnlyList<string>> MapsAsync(
        Caller caller, string system, bool isReverse, CancellationToken cancel)
    {
        var own = await stored.MapsAsync(caller, system, isReverse, cancel);
        return [.. own.Concat(shipped.Maps(system, isReverse)).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Every code system there is, the stored ones first.</summary>
    internal async ValueTask<IReadOnlyList<CodeSystemSummary>> CodeSystemsAsync(Caller caller, CancellationToken cancel)
    {
        var own = await stored.CodeSystemsAsync(caller, cancel);
        return [.. own.Concat(shipped.CodeSystems).DistinctBy(one => (one.Url, one.Version))];
    }

    /// <summary>The naming systems that have one of some identifiers, the stored ones first.</summary>
    internal async ValueTask<IReadOnlyList<FhirNode>> NamingSystemsAsync(
        Caller caller, IReadOnlyList<string> identifiers, CancellationToken cancel)
    {
        var found = new List<FhirNode>();
        foreach (var identifier in identifiers)
        {
            var own = await stored.NamingSystemsAsync(caller, identifier, cancel);
            found.AddRange(own.Select(one => Parse(one).Root));
        }

        foreach (var identifier in identifiers)
        {
            found.AddRange(shipped.NamingSystems(identifier).Select(one => one.Root));
        }

        return found;
    }

    /// <summary>The resource itself, for what is not kept of it.</summary>
    internal async ValueTask<FhirNode> DocumentAsync(
        Caller caller, string type, DefinitionChoice choice, DateTimeOffset? asOf, CancellationToken cancel)
    {
        if (choice.Canonical is not { } text)
        {
            return choice.Stored is { } chosen ? Parse(chosen).Root : choice.Sent;
        }

        var canonical = Canonical.Parse(text);
        return await stored.FindAsync(caller, type, canonical.Url, canonical.Version, asOf, cancel) is { } resource
            ? Parse(resource).Root
            : shipped.Find(type, canonical)?.Root ?? default;
    }

    /// <summary>Everything a value set draws on.</summary>
    internal async ValueTask<DefinitionSet> GatherAsync(
        Caller caller, ValueSet valueSet, EditionRules rules, CancellationToken cancel)
    {
        var definitions = new DefinitionSet(rules);
        var supplements = new HashSet<string>(rules.Supplements, StringComparer.Ordinal);
        var open = new Queue<ValueSet>([valueSet]);
        while (open.TryDequeue(out var next))
        {
            supplements.UnionWith(next.Supplements);
            foreach (var inside in next.Contained.Values)
            {
                open.Enqueue(inside);
            }

            foreach (var part in next.Parts)
            {
                if (part.System is { } url)
                {
                    rules.Check(url, part.Version, part.Path);
                    var version = rules.Effective(url, part.Version);
                    var canonical = Canonical.Of(url, version);
                    var system = (CodeSystem?)await FindAsync(caller, "CodeSystem", canonical, rules.AsOf, cancel);
                    definitions.Has(system, canonical);
                    if (system is null && version is not null)
                    {
                        // Only to say which version there is.
                        definitions.Has(
                            (CodeSystem?)await FindAsync(caller, "CodeSystem", url, rules.AsOf, cancel), url);
                    }
                }

                foreach (var canonical in part.ValueSets.Where(canonical => !canonical.StartsWith('#')))
                {
                    var imported = (ValueSet?)await FindAsync(caller, "ValueSet", canonical, rules.AsOf, cancel);
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

        if (supplements.Count > 0)
        {
            await SupplementAsync(caller, definitions, supplements, rules, cancel);
        }

        return definitions;
    }

    /// <summary>The supplement of that canonical; null when there is none, an exception when it is none.</summary>
    async ValueTask<CodeSystem?> SupplementAsync(
        Caller caller, string canonical, EditionRules rules, CancellationToken cancel)
    {
        var found = (CodeSystem?)await FindAsync(caller, "CodeSystem", canonical, rules.AsOf, cancel);
        if (found is null && rules.Supplements.Contains(canonical))
        {
            throw new FhirException(
                ProblemKind.NotFound, "not-found", $"The supplement {canonical} is not here; store it.");
        }

        return found is null or { Content: ContentMode.Supplement, SupplementTo: not null }
            ? found
            : throw new FhirException(
                ProblemKind.Unprocessable, "invalid",
                $"{found.Canonical} is no supplement, or does not say to which code system.");
    }

    /// <summary>A code system with the supplements to it that are asked for.</summary>
    internal async ValueTask<CodeSystem> SupplementedAsync(
        Caller caller, CodeSystem system, EditionRules rules, CancellationToken cancel)
    {
        var supplements = new List<CodeSystem>();
        foreach (var canonical in rules.Supplements)
        {
            if (await SupplementAsync(caller, canonical, rules, cancel) is { } supplement)
            {
                supplements.Add(IsTo(supplement, system) ? supplement : throw new FhirException(
                    ProblemKind.Unprocessable, "invalid",
                    $"{supplement.Canonical} is a supplement to {supplement.SupplementTo}, not to "
                        + $"{system.Canonical}."));
            }
        }

        return Supplemented(system, supplements);
    }

    async ValueTask SupplementAsync(
        Caller caller, DefinitionSet definitions, IEnumerable<string> canonicals, EditionRules rules,
        CancellationToken cancel)
    {
        var supplements = new List<CodeSystem>();
        foreach (var canonical in canonicals.Order(StringComparer.Ordinal))
        {
            var supplement = await SupplementAsync(caller, canonical, rules, cancel);
            definitions.HasSupplement(supplement, canonical);
            supplements.AddRange(supplement is null ? [] : [supplement]);
        }

        foreach (var system in definitions.CodeSystems.ToList())
        {
            definitions.Replace(system, Supplemented(system, [.. supplements.Where(one => IsTo(one, system))]));
        }
    }

    /// <summary>The same one each time, so that what was made of it before still holds.</summary>
    CodeSystem Supplemented(CodeSystem system, List<CodeSystem> supplements) => supplements.Count == 0
        ? system
        : _codeSystems.GetOrAdd(
            $"\n{system.Number}\n{string.Join('\n', supplements.Select(one => one.Number))}",
            () => system.With(supplements));

    static bool IsTo(CodeSystem supplement, CodeSystem system) =>
        supplement.SupplementTo is { } to && (to == system.Url || to == system.Canonical);

    async ValueTask<object?> ChosenAsync(
        Caller caller, string type, DefinitionChoice choice, DateTimeOffset? asOf, CancellationToken cancel) =>
        choice.Canonical is { } canonical ? await FindAsync(caller, type, canonical, asOf, cancel)
        : choice.Stored is { } chosen ? Compiled(type, KeyOf(chosen), () => Parse(chosen).Root)
        : Read(type, choice.Sent);

    async ValueTask<object?> FindAsync(
        Caller caller, string type, string text, DateTimeOffset? asOf, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var count = changes.Count; // before the store is asked: a change in between must not be missed
        var name = asOf is null ? $"{caller.Tenant}\n{type}\n{text}" : $"{caller.Tenant}\n{type}\n{text}\n{asOf:O}";
        var isKept = caller.Access.IsEverything; // who sees a part only asks the store each time
        if (isKept && _beliefs.TryGet(name, out var belief) && belief is not null
            && belief.Holds(now, count, out var believed) && !(belief.IsOld(now) && belief.IsMyTurn()))
        {
            return believed;
        }

        var canonical = Canonical.Parse(text);
        var found = await stored.FindAsync(caller, type, canonical.Url, canonical.Version, asOf, cancel);
        var isLarge = found?.Json.Length > LargeBytes;
        var isNew = false;
        var definition = found is { } resource
            ? Compiled(type, KeyOf(resource), () =>
            {
                isNew = true;
                TidyMemory(isLarge);
                return Parse(resource).Root;
            })
            : Shipped(type, canonical);
        if (isKept)
        {
            var seconds = isLarge ? Math.Max(options.BelievedSeconds, LargeBelievedSeconds) : options.BelievedSeconds;
            _beliefs.Set(name, new Belief(
                now, now.AddSeconds(seconds), count, definition is null ? null : new WeakReference(definition)));
        }

        TidyMemory(isLarge && isNew);
        return definition;
    }

    /// <summary>
    /// The bytes of a very large definition and what they are read into are several times what is kept of it, and would
    /// stay until the collector looks at large objects again. To read it takes seconds, and this a part of one.
    /// </summary>
    static void TidyMemory(bool isNeeded)
    {
        if (isNeeded)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
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
        return document is not null ? Compiled(type, key, () => document.Root)
            // Kept too: another one each time would be another basis for what was made of it.
            : type == "ValueSet" && ImplicitValueSet.Of(canonical) is { } implied
                ? _valueSets.GetOrAdd(key, () => implied)
            : null;
    }

    object? Kept(string type, string key) => type switch
    {
        "CodeSystem" => _codeSystems.TryGet(key, out var system) ? system : null,
        "ValueSet" => _valueSets.TryGet(key, out var valueSet) ? valueSet : null,
        _ => _conceptMaps.TryGet(key, out var map) ? map : null,
    };

    object Compiled(string type, string key, Func<FhirNode> parse) => type switch
    {
        "CodeSystem" => _codeSystems.GetOrAdd(key, () => CodeSystemReader.Read(parse())),
        "ValueSet" => _valueSets.GetOrAdd(key, () => ValueSetReader.Read(parse())),
        _ => _conceptMaps.GetOrAdd(key, () => ConceptMapReader.Read(parse())),
    };

    static object Read(string type, FhirNode sent) => type switch
    {
        "CodeSystem" => CodeSystemReader.Read(sent),
        "ValueSet" => ValueSetReader.Read(sent),
        _ => ConceptMapReader.Read(sent),
    };

    static string KeyOf(StoredResource resource) =>
        $"{resource.Key.Tenant}\n{resource.Key}\n{resource.Position.Value}";

    static FhirDocument Parse(StoredResource resource) =>
        FhirDocument.ParseJson(resource.Json, ParseOptions.Lenient).OrThrow();

    /// <summary>
    /// What a name stood for when the store was asked; null for nothing. Weak, because the caches decide what is kept.
    /// </summary>
    sealed record Belief(DateTimeOffset Since, DateTimeOffset Until, long Changes, WeakReference? Definition)
    {
        int _turns;

        /// <summary>Whether it is nearly over: one asks the store again, so that not all have to at the end.</summary>
        internal bool IsOld(DateTimeOffset now) => now >= Since + (Until - Since) / 2;

        internal bool IsMyTurn() => Interlocked.Increment(ref _turns) == 1;

        internal bool Holds(DateTimeOffset now, long changes, out object? definition)
        {
            definition = Definition?.Target;
            return now >= Since && now < Until && changes == Changes && (Definition is null || definition is not null);
        }
    }
}
