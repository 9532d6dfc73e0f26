using System.Collections.Concurrent;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;

namespace FhirHub.Core.Search;

/// <summary>
/// The systems of elements of type code, which "is defined in the value set" they are bound to
/// (https://hl7.org/fhir/R4/search.html#token). Each value set is read when an element bound to it is first met.
/// </summary>
sealed class BoundSystems
{
    const int DepthMax = 8;

    static readonly BoundSystems?[] ByProperty = new BoundSystems?[FhirSchema.R4.PropertyArray.Length];
    static readonly ConcurrentDictionary<string, BoundSystems> ByValueSet = new(StringComparer.Ordinal);

    readonly Dictionary<Utf8Text, Utf8Text[]> _ofCodes = [];
    readonly List<string> _open = [];
    Utf8Text[] _ofOthers = [];

    BoundSystems()
    {
    }

    /// <summary>
    /// The systems that the code of an element is from: one as a rule, none of a code that its value set does not have,
    /// and several where a value set has the same code of several systems.
    /// </summary>
    internal static ReadOnlySpan<Utf8Text> Of(ushort property, Utf8Text code)
    {
        // Two threads that meet an element for the first time find the same.
        var bound = ByProperty[property] ??= For(FhirSchema.R4.PropertyArray[property]?.Element.Binding?.ValueSet);
        return bound._ofCodes.GetValueOrDefault(code) ?? bound._ofOthers;
    }

    static BoundSystems For(string? valueSet) => ByValueSet.GetOrAdd(valueSet ?? "", static canonical =>
    {
        var bound = new BoundSystems();
        bound.AddValueSet(canonical, 0);
        if (bound._open.Count == 1)
        {
            bound._ofOthers = [Utf8Text.Of(bound._open[0])];
        }

        return bound;
    });

    void AddValueSet(string canonical, int depth)
    {
        if (depth > DepthMax || !DefinitionArchive.R4.TryGet(canonical.Split('|')[0], out var document))
        {
            return;
        }

        foreach (var include in document.Root.First("compose")["include"])
        {
            foreach (var inner in include["valueSet"])
            {
                AddValueSet(inner.Text ?? "", depth + 1);
            }

            if (include.First("system").Text is { } system)
            {
                AddSystem(system, include);
            }
        }
    }

    void AddSystem(string system, FhirNode include)
    {
        var url = Utf8Text.Of(system);
        if (include.First("concept").Exists)
        {
            AddConcepts(url, include["concept"], isTree: false);
        }
        else if (!DefinitionArchive.R4.TryGet(system, out var definition)
            || !AddConcepts(url, definition.Root["concept"], isTree: true))
        {
            // The codes of languages, media types and the like are listed nowhere: every code is one of theirs.
            _open.Add(system);
        }
    }

    bool AddConcepts(Utf8Text system, FhirNodes concepts, bool isTree)
    {
        var isAny = false;
        foreach (var concept in concepts)
        {
            isAny = true;
            if (concept.First("code").Text is { } code)
            {
                var key = Utf8Text.Of(code);
                var known = _ofCodes.GetValueOrDefault(key) ?? [];
                _ofCodes[key] = known.Contains(system) ? known : [.. known, system];
            }

            if (isTree)
            {
                AddConcepts(system, concept["concept"], isTree);
            }
        }

        return isAny;
    }
}
