using FhirHub.Core.Model;
using FhirHub.Core.Terminology;
using FhirHub.Terminology.ConceptMaps;
using FhirHub.Terminology.Operations;

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
            foreach (var map in conceptMap is not null ? [conceptMap] : await MapsAsync(request, caller, cancel))
            {
                await TranslateAsync(map, request, matches, caller, cancel);
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

    async ValueTask<IReadOnlyList<DefinitionChoice>> MapsAsync(
        TranslationRequest request, Caller caller, CancellationToken cancel)
    {
        var system = request.Coding.System ?? throw NoSystem();
        var canonicals = await _library.MapsAsync(caller.Tenant, system, request.IsReverse, cancel);
        return canonicals.Count > 0
            ? [.. canonicals.Select(canonical => DefinitionChoice.Of(canonical))]
            : throw new FhirException(
                ProblemKind.NotFound, "not-found",
                $"No concept map here translates {(request.IsReverse ? "to" : "from")} {system}; store one.");
    }

    /// <summary>Asks a map, and the next one as long as one refers to another.</summary>
    async ValueTask TranslateAsync(
        DefinitionChoice first,
        TranslationRequest request,
        List<TranslationMatch> matches,
        Caller caller,
        CancellationToken cancel)
    {
        var path = new List<string>();
        for (var next = first; next is not null;)
        {
            var map = await _library.ConceptMapAsync(caller.Tenant, next, cancel)
                ?? throw new FhirException(
                    ProblemKind.NotFound, "not-found", $"The concept map {next.Canonical} is not here; store it.");
            path.Add(map.Url);
            var other = map.Translate(request, matches);
            if (other is not null && path.Contains(other))
            {
                throw new FhirException(
                    ProblemKind.Unprocessable, "processing",
                    $"These concept maps refer to each other in a circle: {string.Join(" > ", path)} > {other}.");
            }

            next = other is null ? null : DefinitionChoice.Of(other);
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
