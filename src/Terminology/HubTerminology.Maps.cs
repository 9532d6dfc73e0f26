using FhirHub.Core.Model;
using FhirHub.Core.Terminology;
using FhirHub.Terminology.ConceptMaps;
using FhirHub.Terminology.Operations;
using FhirHub.Terminology.ValueSets;

namespace FhirHub.Terminology;

/// <summary>Translation: https://hl7.org/fhir/R4/conceptmap-operation-translate.html</summary>
public sealed partial class HubTerminology
{
    /// <param name="conceptMap">The map to ask; null for all that translate from the code's system.</param>
    /// <param name="request">The code, and what is wanted of it.</param>
    /// <param name="caller">Whose definitions are in force.</param>
    /// <param name="cancel">Gives up.</param>
    public ValueTask<Answer<Translation>> TranslateAsync(
        DefinitionChoice? conceptMap, TranslationRequest request, Caller caller, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(caller);
        return AnswerAsync(async () =>
        {
            var matches = new List<TranslationMatch>();
            var maps = await MapsAsync(conceptMap, request, caller, cancel);
            foreach (var map in maps)
            {
                await TranslateAsync(map, request, matches, caller, cancel);
            }

            // Also where no map translates from the system at all: that is what somebody will have to map.
            if (matches.Count == 0 && request is { IsReverse: false, AsOf: null })
            {
                _unmapped?.Note(caller.Tenant, request.Coding, request.Display);
            }

            if (maps.Count == 0)
            {
                throw new FhirException(
                    ProblemKind.NotFound, "not-found",
                    $"No concept map here translates {(request.IsReverse ? "to" : "from")} {request.Coding.System}; "
                        + "store one.");
            }

            var wanted = new List<TranslationMatch>(matches.Count);
            foreach (var match in matches.Distinct())
            {
                if (await IsInTargetAsync(match, request, caller, cancel))
                {
                    wanted.Add(match);
                }
            }

            return new Answer<Translation>(new Translation(wanted), null, []);
        });
    }

    /// <summary>The maps to ask; what is not published, or no longer, only if it is named by id or version.</summary>
    async ValueTask<IReadOnlyList<ConceptMap>> MapsAsync(
        DefinitionChoice? named, TranslationRequest request, Caller caller, CancellationToken cancel)
    {
        if (named is not null)
        {
            var map = await MapAsync(named, request, caller, cancel);
            return map.IsUnpublished && named.Canonical is { } url && Canonical.Parse(url).Version is null
                ? throw new FhirException(
                    ProblemKind.NotFound, "not-found",
                    $"No version of the concept map {url} is published; to try a draft, name its version or its id.")
                : [map];
        }

        var system = request.Coding.System ?? throw NoSystem();
        var maps = new List<ConceptMap>();
        foreach (var canonical in await _library.MapsAsync(caller, system, request.IsReverse, cancel))
        {
            var map = await _library.ConceptMapAsync(
                caller, DefinitionChoice.Of(canonical), request.AsOf, cancel);
            if (map is { IsUnpublished: false } && Fits(map, request))
            {
                maps.Add(map);
            }
        }

        return maps;
    }

    /// <summary>Whether a map is for the value set that the code was chosen from, as far as both say.</summary>
    static bool Fits(ConceptMap map, TranslationRequest request) =>
        (request.IsReverse ? map.TargetSet : map.SourceSet) is not { } own
        || request.SourceSet is not { } asked
        || Canonical.Parse(own).Url == Canonical.Parse(asked).Url;

    async ValueTask<ConceptMap> MapAsync(
        DefinitionChoice named, TranslationRequest request, Caller caller, CancellationToken cancel) =>
        await _library.ConceptMapAsync(caller, named, request.AsOf, cancel) ?? throw new FhirException(
            ProblemKind.NotFound, "not-found", $"The concept map {named.Canonical} is not here; store it.");

    /// <summary>Asks a map, and the next one as long as one refers to another.</summary>
    async ValueTask TranslateAsync(
        ConceptMap first,
        TranslationRequest request,
        List<TranslationMatch> matches,
        Caller caller,
        CancellationToken cancel)
    {
        var path = new List<string>();
        for (var map = first; map is not null;)
        {
            path.Add(map.Url);
            var other = map.Translate(request, matches);
            if (other is not null && path.Contains(other))
            {
                throw new FhirException(
                    ProblemKind.Unprocessable, "processing",
                    $"These concept maps refer to each other in a circle: {string.Join(" > ", path)} > {other}.");
            }

            map = other is null ? null : await MapAsync(DefinitionChoice.Of(other), request, caller, cancel);
        }
    }

    async ValueTask<bool> IsInTargetAsync(
        TranslationMatch match, TranslationRequest request, Caller caller, CancellationToken cancel)
    {
        if (request.TargetSet is not { } valueSet || match.Concept is not { } concept || match.Scope == valueSet)
        {
            return true;
        }

        return (await ContainsAsync(valueSet, concept, caller, cancel)).OrThrow();
    }
}
