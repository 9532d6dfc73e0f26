using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Fhir.Documents;

namespace FhirHub.Profiles.Plans;

/// <summary>
/// What is recorded about one patient and one pregnancy, as the guide models it: the dates that plans and rules count
/// from. Each is looked for when it is first asked for.
/// </summary>
sealed class CareRecord(
    RecordSearch search, SearchZone zone, FhirDocument patient, FhirDocument? episode, DateOnly today, Caller caller)
{
    /// <summary>The dates a schedule may count from, by the names the guide gives them.</summary>
    internal static readonly IReadOnlyDictionary<string, string> Dates = new Dictionary<string, string>
    {
        ["edd"] = "the due date: EpisodeOfCare.extension(ext-edd) or ext-lmp of an active pregnancy, or an Observation "
            + "11778-8 or 8665-2 (LOINC), or the onset of an active pregnancy as a Condition, each to the day",
        ["birthDate"] = "the date of birth: Patient.birthDate to the day",
        ["deliveryDate"] = "the delivery: a completed Procedure of the profile delivery-procedure, in an Encounter "
            + "of the pregnancy's EpisodeOfCare",
        ["dischargeDate"] = "the discharge: the period.end of the Encounter of the delivery, or of the child's first "
            + "stay in hospital",
    };

    const string LastPeriodCode = "8665-2";
    const string DueDateCode = "11778-8";

    /// <summary>How long before today a pregnancy that still lasts can have begun.</summary>
    const int PregnancyDaysMax = 315;

    /// <summary>A stay that begins within this many days of the birth is the one after it.</summary>
    const int BirthStayDays = 3;

    const int ListMax = 1000;

    /// <summary>The element that a date is recorded in first of all.</summary>
    internal static string? Place(string name) => name switch
    {
        "edd" => $"EpisodeOfCare.extension('{Guide.Profile("ext-edd")}').value",
        "birthDate" => "Patient.birthDate",
        "deliveryDate" => "Procedure.performed",
        "dischargeDate" => "Encounter.period.end",
        _ => null,
    };

    readonly Dictionary<string, KnownDate?> _dates = new(StringComparer.Ordinal);

    internal FhirDocument Patient => patient;

    internal FhirDocument? Episode => episode;

    internal DateOnly Today => today;

    internal string PatientReference => $"Patient/{patient.Root.First("id").Text}";

    string EpisodeReference => $"EpisodeOfCare/{episode?.Root.First("id").Text}";

    /// <summary>The date of a name, or null where nobody recorded it.</summary>
    internal async ValueTask<KnownDate?> DateAsync(string name, CancellationToken cancel)
    {
        if (!_dates.TryGetValue(name, out var date))
        {
            _dates[name] = date = name switch
            {
                "edd" => await DueDateAsync(cancel),
                "birthDate" => Of(patient.Root.First("birthDate"), PatientReference),
                "deliveryDate" => await DeliveryAsync(cancel),
                // A child has no episode of its own for its birth.
                "dischargeDate" => episode is null ? await FirstStayAsync(cancel) : await DischargeAsync(cancel),
                _ => null,
            };
        }

        return date;
    }

    /// <summary>What the episode says, then what was observed in the pregnancy, then when it began.</summary>
    async ValueTask<KnownDate?> DueDateAsync(CancellationToken cancel)
    {
        if (Of(Guide.Extension(episode, "ext-edd"), EpisodeReference) is { } said)
        {
            return said;
        }

        var observed = await ObservedAsync(cancel);
        return Latest(observed, DueDateCode)
            ?? FromLastPeriod(Of(Guide.Extension(episode, "ext-lmp"), EpisodeReference))
            ?? FromLastPeriod(Latest(observed, LastPeriodCode))
            ?? FromLastPeriod(await OnsetAsync(cancel));
    }

    async ValueTask<IReadOnlyList<FhirDocument>> ObservedAsync(CancellationToken cancel)
    {
        // Without an episode nothing says when the pregnancy began, and an earlier one must not be taken for it.
        var since = KnownDate.DayOf(episode?.Root.First("period").First("start").Text, zone)
            ?? today.AddDays(-PregnancyDaysMax);
        return await search.FindAsync(
            "Observation",
            [
                new("patient", PatientReference),
                new("code", $"http://loinc.org|{DueDateCode},http://loinc.org|{LastPeriodCode}"),
                new("date", $"ge{Guide.Text(since)}"),
                .. UntilEnd(),
                new("status:not", "entered-in-error"),
                new("_sort", "-date"),
            ],
            ListMax,
            caller,
            cancel);
    }

    IEnumerable<KeyValuePair<string, string>> UntilEnd() =>
        KnownDate.DayOf(episode?.Root.First("period").First("end").Text, zone) is { } end
            ? [new("date", $"le{Guide.Text(end)}")]
            : [];

    /// <summary>The onset of a pregnancy is as a rule the last menstrual period.</summary>
    async ValueTask<KnownDate?> OnsetAsync(CancellationToken cancel)
    {
        var conditions = await search.FindAsync(
            "Condition",
            [
                new("patient", PatientReference),
                new("_profile", Guide.Profile("pregnancy-condition")),
                new("clinical-status", "active"),
                new("verification-status:not", "entered-in-error,refuted"),
                new("_sort", "-recorded-date"),
            ],
            ListMax,
            caller,
            cancel);
        return conditions.Select(one => Of(one.Root.First("onset"), Reference(one)))
            .FirstOrDefault(onset => onset?.Value > today.AddDays(-PregnancyDaysMax));
    }

    async ValueTask<KnownDate?> DeliveryAsync(CancellationToken cancel)
    {
        if (episode is null)
        {
            return null;
        }

        var births = await search.FindAsync(
            "Procedure",
            [
                new("patient", PatientReference),
                new("_profile", Guide.Profile("delivery-procedure")),
                new("status", "completed"),
                new("encounter.episode-of-care", EpisodeReference),
            ],
            ListMax,
            caller,
            cancel);
        // Of several the last: then the mother has given birth to all of them.
        return births.Select(birth => Of(birth.Root.First("performed"), Reference(birth)))
            .Where(birth => birth is not null).MaxBy(birth => birth?.Value);
    }

    async ValueTask<KnownDate?> DischargeAsync(CancellationToken cancel)
    {
        var stays = await search.FindAsync(
            "Encounter",
            [
                new("patient", PatientReference),
                new("episode-of-care", EpisodeReference),
                new("type", $"{Guide.CodeSystem("visit-kind")}|delivery"),
                new("status", "finished"),
            ],
            ListMax,
            caller,
            cancel);
        return stays.Select(stay => Of(stay.Root.First("period").First("end"), Reference(stay)))
            .Where(end => end is not null).MaxBy(end => end?.Value);
    }

    /// <summary>A child's first stay in hospital, if it began when the child was born.</summary>
    async ValueTask<KnownDate?> FirstStayAsync(CancellationToken cancel)
    {
        if (await DateAsync("birthDate", cancel) is not { } birth)
        {
            return null;
        }

        var stays = await search.FindAsync(
            "Encounter",
            [
                new("patient", PatientReference),
                new("class", "IMP"),
                new("status", "finished"),
                new("date", $"le{Guide.Text(birth.Value.AddDays(BirthStayDays))}"),
            ],
            ListMax,
            caller,
            cancel);
        return stays.Select(stay => Of(stay.Root.First("period").First("end"), Reference(stay)))
            .Where(end => end is not null).MinBy(end => end?.Value);
    }

    KnownDate? Latest(IReadOnlyList<FhirDocument> observed, string code) =>
        observed.Where(one => one.Root.All("code.coding.code").Any(c => c.Text == code))
            .Select(one => Of(one.Root.First("value"), Reference(one))).FirstOrDefault(date => date is not null);

    KnownDate? Of(FhirNode value, string source) =>
        KnownDate.DayOf(value, zone) is { } day ? new KnownDate(day, source) : null;

    static KnownDate? FromLastPeriod(KnownDate? lastPeriod) =>
        lastPeriod is { } known ? known with { Value = KnownDate.DueDateOf(known.Value) } : null;

    internal static string Reference(FhirDocument resource) => $"{resource.Type.Name}/{resource.Root.First("id").Text}";
}
