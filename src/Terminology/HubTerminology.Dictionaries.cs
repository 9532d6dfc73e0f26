using System.Runtime.CompilerServices;
using FhirHub.Core.Model;
using FhirHub.Core.Terminology;
using FhirHub.Fhir.Documents;
using FhirHub.Terminology.CodeSystems;
using FhirHub.Terminology.Dictionaries;
using FhirHub.Terminology.Operations;

namespace FhirHub.Terminology;

/// <summary>The work of mapping a hospital's own codes to the standard.</summary>
public sealed partial class HubTerminology
{
    const int ProposedFromMax = 500_000;
    const int WrongMax = 10; // codes told of a map that cannot be submitted

    // Weak, so that the names of a code system go when it does.
    readonly ConditionalWeakTable<CodeSystem, NameIndex> _names = [];

    /// <summary>What the codes that a map does not map yet may mean.</summary>
    /// <param name="map">The concept map that is worked on.</param>
    /// <param name="request">Which of them.</param>
    /// <param name="met">Codes that were met and not translated, also such as the dictionary does not have.</param>
    /// <param name="caller">Whose definitions are in force.</param>
    /// <param name="cancel">Gives up.</param>
    public ValueTask<Answer<ProposalPage>> ProposeAsync(
        FhirDocument map,
        ProposalRequest request,
        IReadOnlyList<UnmappedCode> met,
        Caller caller,
        CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(met);
        ArgumentNullException.ThrowIfNull(caller);
        return AnswerAsync(async () =>
        {
            // 1. Which codes are still to be mapped: those most often met first, then as the dictionary has them.
            var work = new MapWork(map, request.Source, request.Target);
            var own = await FoundAsync(work.Source, caller, cancel);
            var target = await SystemAsync(DefinitionChoice.Of(work.Target), EditionRules.None, caller, cancel);
            var decided = work.Decided.ToHashSet(StringComparer.Ordinal);
            var counted = met.Where(code => code.Coding.System == work.Source)
                .DistinctBy(code => code.Coding.Code)
                .ToDictionary(code => code.Coding.Code, StringComparer.Ordinal);
            var open = request.Code is { } only ? [only] : counted.Keys
                .Concat(own is null ? [] : own.Codes.Where((_, concept) => own.Flags[concept] == ConceptFlags.None))
                .Distinct(StringComparer.Ordinal)
                .Where(code => !decided.Contains(code))
                .ToList();

            // 2. The nearest standard codes for a part of them.
            var names = NamesOf(target);
            var proposals = new List<MappingProposal>();
            foreach (var code in open.Skip(request.Offset).Take(request.Count))
            {
                cancel.ThrowIfCancellationRequested();
                var concept = own?.Find(code) ?? -1;
                counted.TryGetValue(code, out var times);
                List<string> called = own is not null && concept >= 0 ? [.. own.NamesOf(concept)] : [];
                called.AddRange(times?.Display is { } display ? [display] : []);
                proposals.Add(new MappingProposal(
                    code,
                    called.FirstOrDefault(),
                    times?.Count ?? 0,
                    names.Find(called, work.RefusedFor(code), request.Least, request.CandidatesMax)));
            }

            return new Answer<ProposalPage>(new ProposalPage(open.Count, proposals), null, NotesOn(target));
        });
    }

    /// <summary>A map with decisions in it; a target that the standard does not have is refused.</summary>
    public ValueTask<Answer<FhirDocument>> DecideAsync(
        FhirDocument map,
        (string? Source, string? Target) systems,
        IReadOnlyList<MappingDecision> decisions,
        Caller caller,
        CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(decisions);
        ArgumentNullException.ThrowIfNull(caller);
        return AnswerAsync(async () =>
        {
            var work = new MapWork(map, systems.Source, systems.Target);
            var own = await FoundAsync(work.Source, caller, cancel);
            var target = await FoundAsync(work.Target, caller, cancel);
            var told = decisions.Select(decision => decision with
            {
                Display = DisplayOf(own, decision.Code),
                TargetDisplay = decision.Target is { } code ? DisplayOf(target, code) : null,
            });
            foreach (var wrong in decisions.Where(decision => decision.Action is not MappingAction.Refuse
                && decision.Target is { } code && target is { IsComplete: true } && target.Find(code) < 0))
            {
                throw new FhirException(
                    ProblemKind.Unprocessable, "code-invalid",
                    $"{target?.Canonical} has no code '{wrong.Target}', to which '{wrong.Code}' is to be mapped.");
            }

            return new Answer<FhirDocument>(work.With([.. told]), null, []);
        });
    }

    /// <summary>
    /// Refuses a map to codes that the standard does not have; a fragment of it cannot say, and does not refuse. What
    /// it is from may be codes that were met and that the dictionary has not, or no longer.
    /// </summary>
    public async ValueTask CheckMapAsync(FhirDocument map, Caller caller, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(caller);
        var wrong = new List<string>();
        foreach (var group in map.Root["group"])
        {
            var target = await FoundAsync(group.First("target").Text, caller, cancel);
            wrong.AddRange(group["element"].SelectMany(element => element["target"])
                .Select(one => one.First("code").Text)
                .Where(code => code is not null && target is { IsComplete: true } && target.Find(code) < 0)
                .Select(code => $"{target?.Url}|{code}"));
        }

        if (wrong.Count > 0)
        {
            throw new FhirException(
                ProblemKind.Unprocessable, "code-invalid",
                $"{wrong.Count:N0} codes the map leads to are not in their code systems: "
                    + $"{string.Join(", ", wrong.Take(WrongMax))}{(wrong.Count > WrongMax ? ", …" : "")}.",
                "ConceptMap.group");
        }

        if (!map.Root["group"].Any())
        {
            throw new FhirException(
                ProblemKind.Unprocessable, "business-rule", "The map maps nothing yet.", "ConceptMap.group");
        }
    }

    /// <summary>A code system that need not be here.</summary>
    async ValueTask<CodeSystem?> FoundAsync(string? url, Caller caller, CancellationToken cancel) => url is null
        ? null
        : await _library.CodeSystemAsync(caller, DefinitionChoice.Of(url), null, cancel);

    NameIndex NamesOf(CodeSystem system) => system.Count <= ProposedFromMax
        ? _names.GetValue(system, static one => new NameIndex(one))
        : throw new FhirException(
            ProblemKind.Unprocessable, "too-costly",
            $"{system.Canonical} has more than {ProposedFromMax:N0} codes to propose from; map to a part of it.");

    static string? DisplayOf(CodeSystem? system, string code) =>
        system is not null && system.Find(code) is >= 0 and var concept ? system.Displays[concept] : null;
}
