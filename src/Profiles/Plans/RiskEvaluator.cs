using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Terminology;
using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Library;

namespace FhirHub.Profiles.Plans;

/// <summary>
/// Evaluates a scoring standard for a pregnancy. What is not known makes no item hold and none not hold: such items are
/// told, and so are those that a clinician has to assert.
/// </summary>
public sealed class RiskEvaluator(
    RiskStandards standards,
    ProfileSources definitions,
    RecordSearch search,
    ITerminology terminology,
    SearchZone zone,
    TimeProvider time)
{
    /// <summary>From the lowest to the highest; purple stands beside them.</summary>
    static readonly string[] Grades = ["green", "yellow", "orange", "red"];

    const string Purple = "purple";

    public async ValueTask<RiskResult> EvaluateAsync(RiskRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (episode, caller) = (request.Episode, request.Caller);

        // 1. Whose pregnancy it is, and by which standard.
        var patient = await PatientAsync(episode, caller, cancel);
        var day = request.Day ?? zone.DayOf(time.GetUtcNow());
        // What comes after the end is of no pregnancy, or of the next one.
        if (KnownDate.DayOf(episode.Root.First("period").First("end"), zone) is { } end && end < day)
        {
            day = end;
        }

        var standard = request.Standard is { } named
            ? await standards.NamedAsync(named, caller, cancel)
            : await standards.OfRegionAsync(
                request.Region ?? await DivisionAsync(episode, patient, caller, cancel), day, caller, cancel);

        // 2. What the rules ask for, and what is known of it.
        var items = standard.Root["action"].Select(action => new RiskRule(standard.Root, action)).ToList();
        var sources = await FactSources.OfAsync(standard.Root, definitions, caller, cancel);
        var facts = Facts.Told(request.Told);
        Require(request, facts, sources, items);
        var record = new CareRecord(search, zone, patient, episode, day, caller);
        var asked = items.SelectMany(item => item.Names).Distinct(StringComparer.Ordinal);
        await sources.RecordAsync(facts, asked, record, search, caller, cancel);

        // 3. What holds, what cannot be told, and what nobody has told.
        var known = facts.Document().Root;
        var (met, undecided, toAssert) = (new List<RiskItem>(), new List<RiskItem>(), new List<RiskItem>());
        foreach (var rule in items)
        {
            var item = new RiskItem(rule.Code, rule.Colour);
            if (rule.Test(known) is true)
            {
                met.Add(item with { Evidence = rule.EvidenceIn(facts) });
            }
            else if (request.Asserted.Contains(rule.Code.First("code").Text))
            {
                met.Add(item with { IsAsserted = true });
            }
            else if (!rule.IsComputed)
            {
                toAssert.Add(item);
            }
            else if (rule.Test(known) is null)
            {
                undecided.Add(item with { Missing = [.. rule.Names.Where(name => !facts.Has(name))] });
            }
        }

        // 4. The colours, and the assessment they make.
        var colours = await ColoursAsync(met, caller, cancel);
        var result = new RiskResult(standard, colours, met, undecided, toAssert, standard);
        return result with { Assessment = RiskAssessmentWriter.Write(result, record) };
    }

    async ValueTask<FhirDocument> PatientAsync(FhirDocument episode, Caller caller, CancellationToken cancel)
    {
        if (!PlanApplier.IsPregnancy(episode))
        {
            throw new FhirException(
                ProblemKind.Unprocessable, "invalid",
                "That EpisodeOfCare is no pregnancy: it has neither the profile pregnancy-episode nor a due date "
                    + "(ext-edd) nor a last menstrual period (ext-lmp).",
                "EpisodeOfCare.extension");
        }

        return episode.Root.First("patient").First("reference").Text?.Split('/') is [.., "Patient", var id]
            && await search.ReadAsync("Patient", id, caller, cancel) is { } patient
                ? patient
                : throw new FhirException(
                    ProblemKind.Unprocessable, "not-found", "EpisodeOfCare.patient: that Patient is not here.",
                    "EpisodeOfCare.patient");
    }

    /// <summary>Where the pregnancy is looked after, or else where the woman lives.</summary>
    async ValueTask<string?> DivisionAsync(
        FhirDocument episode, FhirDocument patient, Caller caller, CancellationToken cancel)
    {
        var managing = episode.Root.First("managingOrganization").First("reference").Text;
        var organization = managing?.Split('/') is [.., "Organization", var id]
            ? await search.ReadAsync("Organization", id, caller, cancel)
            : null;
        return DivisionOf(organization) ?? DivisionOf(patient);
    }

    static string? DivisionOf(FhirDocument? resource) => resource?.Root["address"]
        .Select(address => Guide.Extension(address, "ext-division"))
        .Where(division => division.Exists)
        .Select(division => division.Type.Name == "Coding" ? division.First("code").Text : null)
        .FirstOrDefault(code => code is not null);

    static void Require(RiskRequest request, Facts facts, FactSources sources, List<RiskRule> items)
    {
        if (facts.Names.FirstOrDefault(name => !sources.Has(name)) is { } unknown)
        {
            throw new FhirException(
                ProblemKind.Invalid, "invalid",
                $"'parameters': the standard has no fact '{unknown}'; it has: {string.Join(", ", sources.Names)}.");
        }

        if (facts.Names.FirstOrDefault(
            name => !sources.PropertiesOf(name).Contains(facts.PropertyOf(name))) is { } other)
        {
            throw new FhirException(
                ProblemKind.Invalid, "invalid",
                $"'parameters': '{other}' takes {string.Join(" or ", sources.PropertiesOf(other))}.");
        }

        var codes = items.Select(item => item.Code.First("code").Text).ToHashSet(StringComparer.Ordinal);
        if (request.Asserted.Any(code => !codes.Contains(code)))
        {
            throw new FhirException(
                ProblemKind.Unprocessable, "code-invalid",
                "'assert': the standard has no item of one of these codes; its items are the actions of its "
                    + "PlanDefinition, such as yellow.1.6.");
        }
    }

    async ValueTask<IReadOnlyList<RiskColour>> ColoursAsync(
        List<RiskItem> met, Caller caller, CancellationToken cancel)
    {
        var found = met.Select(item => item.Colour.First("code").Text).ToHashSet();
        var codes = Grades.Reverse().Where(found.Contains).DefaultIfEmpty(Grades[0]).Take(1).ToList();
        if (found.Contains(Purple))
        {
            codes.Add(Purple);
        }

        var colours = new List<RiskColour>();
        foreach (var code in codes)
        {
            var entry = await terminology.LookupAsync(new Coding(Guide.RiskColours, code), caller, cancel);
            colours.Add(new RiskColour(code, entry.IsKnown ? entry.Value?.Display : null));
        }

        return colours;
    }
}
