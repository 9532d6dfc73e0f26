using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Fhir.Documents;

namespace FhirHub.Profiles.Plans;

/// <summary>
/// Applies a plan to a patient (https://hl7.org/fhir/R4/plandefinition-operation-apply.html): what is known of the
/// patient becomes the Parameters that the plan's expressions work on, and the answer is a CarePlan that nobody stored.
/// </summary>
public sealed class PlanApplier(RecordSearch search, SearchZone zone, TimeProvider time)
{
    const int EpisodesMax = 100;

    public async ValueTask<FhirDocument> ApplyAsync(PlanRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);

        // 1. A plan that can be carried out, a patient, and who and what is named beside it.
        PlanCheck.Require(request.Plan);
        var actions = PlanCheck.Actions(request.Plan).Select(action => new PlanAction(request.Plan, action)).ToList();
        var (caller, told) = (request.Caller, request);
        var patient = await FindAsync(told.Subject, "subject", caller, cancel, "Patient");
        var encounter = told.Encounter is { } at
            ? await FindAsync(at, "encounter", caller, cancel, "Encounter")
            : null;
        if (encounter is not null && !IsOf(encounter.Root.First("subject"), patient))
        {
            throw new FhirException(
                ProblemKind.Unprocessable, "invalid", "'encounter': that Encounter is not one of the subject's.",
                "Encounter.subject");
        }

        var practitioner = told.Practitioner is { } who
            ? await FindAsync(who, "practitioner", caller, cancel, "Practitioner", "PractitionerRole")
            : null;
        var organization = told.Organization is { } where
            ? await FindAsync(where, "organization", caller, cancel, "Organization")
            : null;
        request = told with
        {
            Subject = CareRecord.Reference(patient),
            Encounter = encounter is null ? null : CareRecord.Reference(encounter),
            Practitioner = practitioner is null ? null : CareRecord.Reference(practitioner),
            Organization = organization is null ? null : CareRecord.Reference(organization),
        };

        // 2. The dates that its expressions ask for.
        var facts = Facts.Told(request.Told);
        var asked = actions.SelectMany(action => action.Names).Distinct(StringComparer.Ordinal).ToList();
        var dates = asked.Where(name => CareRecord.Dates.ContainsKey(name) && !facts.Has(name)).ToList();
        if (dates.Count > 0)
        {
            var record = new CareRecord(
                search, zone, patient, await EpisodeAsync(patient, encounter, dates, request.Caller, cancel),
                zone.DayOf(time.GetUtcNow()), request.Caller);
            foreach (var name in dates)
            {
                if (await record.DateAsync(name, cancel) is { } date)
                {
                    facts.Record(name, "valueDate", Guide.Text(date.Value), date.Source);
                }
            }
        }

        Require(actions, facts);

        // 3. The plan of this patient.
        return new CarePlanWriter(request, facts.Document().Root, time.GetUtcNow(), actions).Write();
    }

    /// <summary>
    /// Refuses a plan of which not one contact can be dated. One that only waits for a later event, such as the
    /// discharge, is written with what can be said already.
    /// </summary>
    static void Require(IReadOnlyList<PlanAction> actions, Facts facts)
    {
        var missing = actions.SelectMany(action => action.Missing(facts)).Distinct(StringComparer.Ordinal).ToList();
        var dated = actions.Where(action => action.IsDated).ToList();
        if (missing.Count == 0 || dated.Exists(action => !action.Missing(facts).Any()))
        {
            return;
        }

        var problems = missing.ConvertAll(name => new Problem(
            ProblemKind.Unprocessable, "required",
            CareRecord.Dates.TryGetValue(name, out var place)
                ? $"The plan counts from '{name}', and the subject has none. Record {place}; or send '{name}' in "
                    + "'parameters'."
                : $"The plan asks for '{name}', which is recorded nowhere this server knows; send it in 'parameters'.",
            CareRecord.Place(name)));
        throw new FhirException(problems[0] with { More = problems[1..] });
    }

    /// <summary>The pregnancy that is meant: that of the encounter, or else the one there is.</summary>
    async ValueTask<FhirDocument?> EpisodeAsync(
        FhirDocument patient, FhirDocument? encounter, List<string> dates, Caller caller, CancellationToken cancel)
    {
        if (dates is ["birthDate"])
        {
            return null;
        }

        // 1. What the encounter says.
        var named = encounter?.Root["episodeOfCare"].Select(episode => episode.First("reference").Text)
            .OfType<string>().ToList() ?? [];
        if (named.Count > 0)
        {
            var episode = await FindAsync(named[0], "encounter", caller, cancel, "EpisodeOfCare");
            return IsOf(episode.Root.First("patient"), patient) ? episode : throw new FhirException(
                ProblemKind.Unprocessable, "invalid",
                "'encounter': its EpisodeOfCare is not one of the subject's.", "EpisodeOfCare.patient");
        }

        // 2. What is going on.
        var episodes = await search.FindAsync(
            "EpisodeOfCare",
            [
                new("patient", $"Patient/{patient.Root.First("id").Text}"),
                new("status", "planned,waitlist,active,onhold"),
            ],
            EpisodesMax,
            caller,
            cancel);
        var pregnancies = episodes.Where(IsPregnancy).ToList();
        return pregnancies.Count <= 1
            ? pregnancies.FirstOrDefault()
            : throw new FhirException(
                ProblemKind.Unprocessable, "multiple-matches",
                $"The subject has {pregnancies.Count} pregnancies that are not finished; name an 'encounter' of the "
                    + "one that is meant.",
                "EpisodeOfCare.status");
    }

    internal static bool IsPregnancy(FhirDocument episode) =>
        episode.Root.All("meta.profile").Any(profile => profile.Text == Guide.Profile("pregnancy-episode"))
        || Guide.Extension(episode, "ext-edd").Exists || Guide.Extension(episode, "ext-lmp").Exists;

    static bool IsOf(FhirNode reference, FhirDocument patient) =>
        reference.First("reference").Text?.Split('/') is [.., "Patient", var id]
        && id == patient.Root.First("id").Text;

    /// <summary>What a parameter refers to, which has to be here.</summary>
    async ValueTask<FhirDocument> FindAsync(
        string reference, string parameter, Caller caller, CancellationToken cancel, params string[] types)
    {
        var relative = caller.BaseUrl is { } own && reference.StartsWith(own + "/", StringComparison.Ordinal)
            ? reference[(own.Length + 1)..]
            : reference;
        // R4's own examples name a subject by its id alone.
        var steps = relative.Contains('/', StringComparison.Ordinal) ? relative.Split('/') : [types[0], relative];
        if (steps is not [var type, var id, ..] || !types.Contains(type))
        {
            throw new FhirException(
                ProblemKind.Invalid, "invalid",
                $"'{parameter}' takes a reference to a {string.Join(" or a ", types)} on this server, such as "
                    + $"{types[0]}/1.");
        }

        return await search.ReadAsync(type, id, caller, cancel) ?? throw new FhirException(
            ProblemKind.Unprocessable, "not-found", $"'{parameter}': there is no {type} of that id here.");
    }
}
