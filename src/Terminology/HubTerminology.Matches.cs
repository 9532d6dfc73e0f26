using FhirHub.Core.Model;
using FhirHub.Core.Terminology;
using FhirHub.Terminology.CodeSystems;
using FhirHub.Terminology.Operations;
using FhirHub.Terminology.ValueSets;

namespace FhirHub.Terminology;

/// <summary>Finding codes by properties: https://hl7.org/fhir/R4/codesystem-operation-find-matches.html</summary>
public sealed partial class HubTerminology
{
    const int MatchesMax = 100;

    /// <param name="system">The code system.</param>
    /// <param name="wanted">What is known of the concept.</param>
    /// <param name="isExact">Whether all of it must be met; otherwise the nearest concepts are told as well.</param>
    /// <param name="caller">Whose definitions are in force.</param>
    /// <param name="cancel">Gives up.</param>
    public ValueTask<Answer<IReadOnlyList<PropertyMatch>>> FindMatchesAsync(
        DefinitionChoice system,
        IReadOnlyList<PropertyValue> wanted,
        bool isExact,
        Caller caller,
        CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(caller);
        return AnswerAsync(async () =>
        {
            var found = await SystemAsync(system, EditionRules.None, caller, cancel);
            return new Answer<IReadOnlyList<PropertyMatch>>(
                Matches(found, wanted, isExact, cancel), null, NotesOn(found));
        });
    }

    static List<PropertyMatch> Matches(
        CodeSystem system, IReadOnlyList<PropertyValue> wanted, bool isExact, CancellationToken cancel)
    {
        var asked = wanted.Select(value => (value, Property: FilterProperty.Of(system, value.Code)
            ?? throw new FhirException(
                ProblemKind.Unprocessable, "invalid", $"{system.Canonical} has no property '{value.Code}'."))).ToList();
        var found = new List<(int Concept, List<PropertyValue> Unmatched)>();
        for (var concept = 0; concept < system.Count; concept++)
        {
            cancel.ThrowIfCancellationRequested();
            var unmatched = asked
                .Where(one => !one.Property.Values(concept).Any(value => one.Property.IsSame(value, one.value.Text)))
                .Select(one => one.value)
                .ToList();
            if (isExact ? unmatched.Count == 0 : unmatched.Count < asked.Count)
            {
                found.Add((concept, unmatched));
            }
        }

        if (isExact && found.Count > MatchesMax)
        {
            throw new FhirException(
                ProblemKind.Unprocessable, "too-costly",
                $"More than {MatchesMax} codes have these properties; say more of the concept.");
        }

        // The nearest first, each kind in the order of the code system.
        return
        [
            .. found.OrderBy(one => one.Unmatched.Count).Take(MatchesMax).Select(one => new PropertyMatch(
                Composition.Entry(system, one.Concept), one.Unmatched)),
        ];
    }
}
