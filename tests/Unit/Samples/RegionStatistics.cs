using FhirHub.Fhir.Documents;

namespace FhirHub.Unit.Samples;

/// <summary>The figures of a region as a statistician of the county would take them from its resources.</summary>
sealed class RegionStatistics
{
    const string Canonical = "urn:fhirhub:mch/StructureDefinition/";

    readonly ILookup<string, FhirNode> _byType;
    readonly Dictionary<string, FhirNode> _patients;
    readonly ILookup<string, FhirNode> _encountersByEpisode;
    readonly List<Delivery> _deliveries;
    readonly List<FhirNode> _closed;

    internal RegionStatistics(IEnumerable<FhirDocument> documents, DateOnly today)
    {
        _byType = documents.Where(d => Counted.Contains(d.Type.Name)).ToLookup(d => d.Type.Name, d => d.Root);
        _patients = _byType["Patient"].ToDictionary(p => "Patient/" + p.At("id").Text);
        _encountersByEpisode = _byType["Encounter"].Where(e => e.At("episodeOfCare.reference").Exists)
            .ToLookup(e => e.At("episodeOfCare.reference").Text ?? "");
        // Pregnancies that may still go on say nothing of how pregnancies end.
        _closed = [.. _byType["EpisodeOfCare"].Where(e => Lmp(e).AddDays(345) < today)];
        _deliveries = ReadDeliveries(_closed);
    }

    static string[] Counted =>
        ["Patient", "Encounter", "EpisodeOfCare", "Observation", "Procedure", "RiskAssessment", "RelatedPerson"];

    internal int Deliveries => _deliveries.Count;

    internal IReadOnlyDictionary<string, double> Measure()
    {
        var alive = _deliveries.Where(d => d.IsLive).ToList();
        var children = _byType["Patient"].Where(p => p.At("multipleBirthBoolean").Exists
            || p.At("multipleBirthInteger").Exists).ToList();
        var figures = new Dictionary<string, double>
        {
            ["mother-age-mean"] = alive.Average(d => d.MotherAge),
            ["mother-age-35-plus"] = Share(alive, d => d.MotherAge >= 35),
            ["first-births"] = Share(alive.Where(d => d.Parity is not null), d => d.Parity == 0),
            ["second-births"] = Share(alive.Where(d => d.Parity is not null), d => d.Parity == 1),
            ["later-births"] = Share(alive.Where(d => d.Parity is not null), d => d.Parity > 1),
            ["boys"] = Share(children, c => c.At("gender").Text == "male"),
            ["children-of-multiple-births"] = Share(children, c => c.At("multipleBirthInteger").Exists),
            ["preterm-pregnancies"] = Share(alive, d => d.Days < 37 * 7),
            ["caesareans"] = Share(alive, d => d.IsCaesarean),
            ["stillbirths"] = Share(_deliveries, d => !d.IsLive),
            ["miscarriages"] = Share(_closed, e => Encounters(e).Any(v => v.At("reasonCode.coding.code").Text == "O03")),
            ["antenatal-care-any"] = Share(alive, d => d.Visits > 0),
            ["booked-before-13-weeks"] = Share(alive, d => d.BookedOn < 13 * 7),
            ["five-visits-and-more"] = Share(alive, d => d.Visits >= 5),
            ["postpartum-visit"] = Share(alive, d => d.IsVisited),
            ["managed-throughout"] = Share(alive, d => d is { BookedOn: < 13 * 7, Visits: >= 5, IsVisited: true }),
        };
        AddBirths(figures);
        AddColours(figures);
        AddTests(figures, children);
        return figures;
    }

    void AddBirths(Dictionary<string, double> figures)
    {
        var births = (
            from weight in _byType["Observation"]
            where weight.At("code.coding.code").Text == "8339-4"
            let child = _patients[weight.At("subject.reference").Text ?? ""]
            select (Grams: Number(weight.At("valueQuantity.value")), IsBoy: child.At("gender").Text == "male",
                Week: WeekOf(child), IsSingle: child.At("multipleBirthBoolean").Exists)).ToList();
        figures["low-birth-weight"] = Share(births, b => b.Grams < 2500);
        figures["macrosomia"] = Share(births, b => b.Grams >= 4000);
        foreach (var week in new[] { 37, 39 })
        {
            figures[$"weight-of-boys-at-{week}-weeks"] =
                births.Where(b => b.IsBoy && b.IsSingle && b.Week == week).Average(b => b.Grams);
            figures[$"weight-of-girls-at-{week}-weeks"] =
                births.Where(b => !b.IsBoy && b.IsSingle && b.Week == week).Average(b => b.Grams);
        }
    }

    /// <summary>Of pregnancies that came to a birth, so that all of what is found late has been.</summary>
    void AddColours(Dictionary<string, double> figures)
    {
        var colours = _byType["RiskAssessment"]
            .SelectMany(r => r.All("prediction.qualitativeRisk.coding.code"), (r, code) => (Risk: r, code.Text))
            .ToLookup(c => c.Risk.At("condition.reference").Text ?? "", c => c.Text);
        var graded = _deliveries.Where(d => d.IsLive).Select(d => colours[d.Condition].ToHashSet())
            .Where(c => c.Count > 0).ToList();
        figures["yellow-and-above"] = Share(graded, c => c.Overlaps(["yellow", "orange", "red"]));
        figures["orange-and-above"] = Share(graded, c => c.Overlaps(["orange", "red"]));
        figures["red"] = Share(graded, c => c.Contains("red"));
        figures["purple"] = Share(graded, c => c.Contains("purple"));
    }

    void AddTests(Dictionary<string, double> figures, List<FhirNode> children)
    {
        var tolerance = _byType["Observation"].Where(o => o.At("id").Text?.Contains("-ogtt-", StringComparison.Ordinal) == true)
            .GroupBy(o => o.At("encounter.reference").Text).ToList();
        figures["diabetes-of-pregnancy"] =
            Share(tolerance, t => t.Any(o => o.At("interpretation.coding.code").Text == "H" || IsAtLimit(o)));
        // Children are visited and screened in their first weeks: the youngest have not been yet.
        var youngest = children.Max(c => c.At("birthDate").Text);
        var old = children.Where(c => !c.At("deceasedDateTime").Exists
            && RegionFiles.Date(c.At("birthDate")).AddDays(60) < DateOnly.Parse(youngest ?? "", null)).ToList();
        var seen = _byType["Encounter"].ToLookup(e => e.At("type.text").Text, e => e.At("subject.reference").Text);
        figures["newborn-visit"] = Share(old, c => seen["新生儿家庭访视"].Contains("Patient/" + c.At("id").Text));
        figures["newborn-screening"] = Share(old, c => seen["新生儿疾病筛查"].Contains("Patient/" + c.At("id").Text));
    }

    /// <summary>The limit itself is diabetes already, and the range of the result ends there.</summary>
    static bool IsAtLimit(FhirNode result) =>
        Number(result.At("valueQuantity.value")) >= Number(result.At("referenceRange.high.value"));

    List<Delivery> ReadDeliveries(List<FhirNode> episodes)
    {
        var observed = _byType["Observation"].Where(o => o.At("code.coding.code").Text is "18185-9")
            .ToDictionary(o => o.At("encounter.reference").Text ?? "");
        var histories = _byType["Observation"].Where(o => o.At("component.code.coding.code").Text == "11996-6")
            .ToDictionary(o => o.At("encounter.reference").Text ?? "");
        var procedures = _byType["Procedure"].ToDictionary(p => p.At("encounter.reference").Text ?? "");
        var deliveries = new List<Delivery>();
        foreach (var episode in episodes)
        {
            var encounters = Encounters(episode).ToLookup(e => e.At("type.text").Text);
            if (encounters["住院分娩"].SingleOrDefault() is not { Exists: true } stay)
            {
                continue;
            }

            var key = "Encounter/" + stay.At("id").Text;
            var mother = episode.At("patient.reference").Text ?? "";
            var on = RegionFiles.Date(procedures[key].At("performedDateTime"));
            var visits = encounters["产前检查"].ToList();
            var history = visits.Select(v => histories.GetValueOrDefault("Encounter/" + v.At("id").Text))
                .FirstOrDefault(h => h.Exists);
            deliveries.Add(new Delivery(mother, on, episode.At("diagnosis.condition.reference").Text ?? "")
            {
                MotherAge = (on.DayNumber - RegionFiles.Date(_patients[mother].At("birthDate")).DayNumber) / 365.25,
                Days = (int)Number(observed[key].At("valueQuantity.value")),
                IsLive = procedures[key].At("outcome.text").Text?.StartsWith("活产", StringComparison.Ordinal) == true,
                IsCaesarean = procedures[key].At("code.coding.code").Text == "3",
                Visits = visits.Count,
                BookedOn = Extension(episode, "ext-booking-gestation"),
                IsVisited = encounters["产后访视"].Any(),
                Parity = history.Exists ? (int)Number(history.All("component.valueInteger").ElementAt(1)) : null,
            });
        }

        return deliveries;
    }

    int WeekOf(FhirNode child)
    {
        var born = RegionFiles.Date(child.At("birthDate"));
        return DeliveriesByDay.TryGetValue((MotherOf(child), born), out var delivery) ? delivery.Days / 7 : 0;
    }

    Dictionary<(string Mother, DateOnly On), Delivery> DeliveriesByDay =>
        _deliveriesByDay ??= _deliveries.ToDictionary(d => (d.Mother, d.On));

    Dictionary<(string Mother, DateOnly On), Delivery>? _deliveriesByDay;

    /// <summary>
    /// From the child to its mother as somebody related, and from there to the patient who is linked to her.
    /// </summary>
    string MotherOf(FhirNode child)
    {
        _mothers ??= _patients.SelectMany(p => p.Value.All("link.other.reference").Select(l => (l.Text, p.Key)))
            .ToDictionary(pair => pair.Text ?? "", pair => pair.Key);
        return _mothers[$"RelatedPerson/mother-of-{child.At("id").Text}"];
    }

    Dictionary<string, string>? _mothers;

    IEnumerable<FhirNode> Encounters(FhirNode episode) => _encountersByEpisode["EpisodeOfCare/" + episode.At("id").Text];

    static DateOnly Lmp(FhirNode episode) => RegionFiles.Date(
        episode.All("extension").First(e => e.At("url").Text == Canonical + "ext-lmp").At("valueDate"));

    static double? Extension(FhirNode episode, string id) =>
        episode.All("extension").FirstOrDefault(e => e.At("url").Text == Canonical + id) is { Exists: true } found
            ? Number(found.At("valueQuantity.value"))
            : null;

    static double Share<T>(IEnumerable<T> of, Func<T, bool> which)
    {
        var all = of.ToList();
        return all.Count(which) / (double)all.Count;
    }

    static double Number(FhirNode node) => (double)RegionFiles.Number(node);

    sealed record Delivery(string Mother, DateOnly On, string Condition)
    {
        internal required double MotherAge { get; init; }
        internal required int Days { get; init; }
        internal required bool IsLive { get; init; }
        internal required bool IsCaesarean { get; init; }
        internal required int Visits { get; init; }
        internal required double? BookedOn { get; init; }
        internal required bool IsVisited { get; init; }
        internal required int? Parity { get; init; }
    }
}
