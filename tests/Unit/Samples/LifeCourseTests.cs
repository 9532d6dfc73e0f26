using FhirHub.Fhir.Documents;
using FhirHub.Samples.Generator;

namespace FhirHub.Unit.Samples;

/// <summary>Whether what happens in a life hangs together, over all that one person's resources say.</summary>
[TestClass]
public sealed class LifeCourseTests
{
    const string Canonical = "urn:fhirhub:mch/StructureDefinition/";

    static readonly string[] Colours = ["green", "yellow", "orange", "red"];

    /// <summary>Some hundred lives of one seed: enough for what is rare to occur.</summary>
    static readonly Lazy<ILookup<string, FhirNode>> Loaded = new(() =>
        Region.Make(new RegionRequest(17, 260) { FromYear = 2019, IsShowcase = true }).SelectMany(set => set)
            .ToLookup(made => made.Document.Type.Name, made => made.Document.Root));

    static ILookup<string, FhirNode> All => Loaded.Value;

    [TestMethod]
    public void Who_died_is_not_seen_afterwards()
    {
        var died = All["Patient"].Where(p => p.At("deceasedDateTime").Exists)
            .ToDictionary(p => "Patient/" + Id(p), p => RegionFiles.Date(p.At("deceasedDateTime")));
        Assert.IsNotEmpty(died);
        foreach (var encounter in All["Encounter"])
        {
            Assert.IsFalse(died.TryGetValue(encounter.At("subject.reference").Text ?? "", out var day)
                && RegionFiles.Date(encounter.At("period.end")) > day, Id(encounter));
        }

        foreach (var dose in All["Immunization"])
        {
            Assert.IsFalse(died.TryGetValue(dose.At("patient.reference").Text ?? "", out var day)
                && RegionFiles.Date(dose.At("occurrenceDateTime")) > day, Id(dose));
        }
    }

    [TestMethod]
    public void The_child_of_a_carrier_is_given_antibodies_on_its_first_day()
    {
        var carriers = All["Condition"].Where(c => c.At("code.coding.code").Text == "B18.1")
            .Select(c => c.At("subject.reference").Text).ToHashSet();
        var given = All["Immunization"].Where(i => i.At("vaccineCode.coding.code").Text == "HBIG")
            .ToDictionary(i => i.At("patient.reference").Text ?? "", i => RegionFiles.Date(i.At("occurrenceDateTime")));
        Assert.IsNotEmpty(given);
        foreach (var (mother, child) in MothersAndChildren().Where(pair => carriers.Contains(pair.Mother)))
        {
            Assert.AreEqual(RegionFiles.Date(child.At("birthDate")), given["Patient/" + Id(child)]);
        }
    }

    [TestMethod]
    public void Contacts_lie_where_the_gestation_says_and_before_the_birth()
    {
        var episodes = All["EpisodeOfCare"].ToDictionary(e => "EpisodeOfCare/" + Id(e));
        var ends = All["Encounter"].Where(e => e.At("type.text").Text is "住院分娩" or "流产门诊" or "引产住院")
            .ToDictionary(e => e.At("episodeOfCare.reference").Text ?? "", e => RegionFiles.Date(e.At("period.start")));
        var gestation = All["Observation"].Where(o => o.At("code.coding.code").Text == "18185-9")
            .ToDictionary(o => o.At("encounter.reference").Text ?? "", o => RegionFiles.Number(o.At("valueQuantity.value")));
        var contacts = All["Encounter"].Where(e => e.At("type.text").Text == "产前检查").ToList();
        Assert.IsGreaterThan(300, contacts.Count);
        foreach (var contact in contacts)
        {
            var key = contact.At("episodeOfCare.reference").Text ?? "";
            var day = RegionFiles.Date(contact.At("period.start"));
            var lmp = episodes[key].All("extension").First(e => e.At("url").Text == Canonical + "ext-lmp");
            Assert.AreEqual(
                gestation["Encounter/" + Id(contact)], day.DayNumber - RegionFiles.Date(lmp.At("valueDate")).DayNumber);
            Assert.IsFalse(ends.TryGetValue(key, out var end) && day >= end, Id(contact));
        }
    }

    [TestMethod]
    public void The_colour_is_that_of_the_highest_item_found()
    {
        foreach (var risk in All["RiskAssessment"])
        {
            var items = risk.All("extension.valueCodeableConcept.coding.code").Select(c => c.Text ?? "").ToList();
            var colours = risk.All("prediction.qualitativeRisk.coding.code").Select(c => c.Text ?? "").ToHashSet();
            var highest = Colours.LastOrDefault(c => items.Any(i => i.StartsWith(c + ".", StringComparison.Ordinal)));
            var isPurple = items.Any(i => i.StartsWith("purple.", StringComparison.Ordinal));
            Assert.AreEqual(isPurple, colours.Remove("purple"), Id(risk));
            Assert.AreEqual(highest ?? (isPurple ? "" : "green"), string.Join(' ', colours), Id(risk));
        }
    }

    [TestMethod]
    public void Orange_and_red_are_sent_to_a_hospital_and_red_at_once()
    {
        var referrals = All["ServiceRequest"].Where(s => s.At("code.text").Text == "上转")
            .ToLookup(s => s.At("reasonReference.reference").Text);
        var graded = All["RiskAssessment"].Where(r =>
            r.At("prediction.qualitativeRisk.coding.code").Text is "orange" or "red").ToList();
        Assert.IsNotEmpty(graded);
        foreach (var risk in graded)
        {
            var referral = referrals[risk.At("condition.reference").Text].Single();
            Assert.IsTrue(RegionFiles.Date(referral.At("authoredOn")) <= RegionFiles.Date(risk.At("occurrenceDateTime")));
        }
    }

    [TestMethod]
    public void Twins_are_born_on_one_day_and_numbered()
    {
        var twins = MothersAndChildren().Where(pair => pair.Child.At("multipleBirthInteger").Exists)
            .GroupBy(pair => (pair.Mother, pair.Child.At("birthDate").Text)).ToList();
        Assert.IsNotEmpty(twins);
        foreach (var pair in twins)
        {
            CollectionAssert.AreEquivalent(
                new[] { "1", "2" }, pair.Select(p => p.Child.At("multipleBirthInteger").Text).ToList());
        }
    }

    [TestMethod]
    public void After_a_pregnancy_that_was_lost_come_no_visits_of_a_birth()
    {
        var lost = All["Encounter"].Where(e => e.At("type.text").Text is "流产门诊" or "引产住院")
            .Select(e => e.At("episodeOfCare.reference").Text).ToHashSet();
        Assert.IsNotEmpty(lost);
        Assert.IsFalse(All["Encounter"].Any(e => e.At("type.text").Text is "住院分娩" or "产后访视" or "产后42天健康检查"
            && lost.Contains(e.At("episodeOfCare.reference").Text)));
    }

    [TestMethod]
    public void Who_was_examined_before_marriage_was_so_before_the_first_pregnancy()
    {
        var examined = All["Encounter"].Where(e => e.At("type.text").Text == "婚前医学检查")
            .ToDictionary(e => e.At("subject.reference").Text ?? "", e => RegionFiles.Date(e.At("period.start")));
        Assert.IsNotEmpty(examined);
        foreach (var period in All["Observation"].Where(o => o.At("code.coding.code").Text == "8665-2"))
        {
            Assert.IsFalse(examined.TryGetValue(period.At("subject.reference").Text ?? "", out var day)
                && day >= RegionFiles.Date(period.At("valueDateTime")), Id(period));
        }
    }

    [TestMethod]
    public void Resources_name_profiles_of_the_guide()
    {
        string[] without = ["QuestionnaireResponse", "Observation"];
        foreach (var resource in All.Where(type => !without.Contains(type.Key)).SelectMany(type => type))
        {
            StringAssert.StartsWith(resource.At("meta.profile").Text, Canonical, Id(resource));
        }
    }

    static IEnumerable<(string Mother, FhirNode Child)> MothersAndChildren()
    {
        var patients = All["Patient"].ToDictionary(Id);
        foreach (var mother in patients.Values)
        {
            foreach (var link in mother.All("link.other.reference"))
            {
                yield return ("Patient/" + Id(mother),
                    patients[(link.Text ?? "")["RelatedPerson/mother-of-".Length..]]);
            }
        }
    }

    static string Id(FhirNode resource) => resource.At("id").Text ?? "";
}
