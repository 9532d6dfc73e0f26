using System.Text;
using FhirHub.Fhir.Documents;
using FhirHub.Samples.Generator;
using FhirHub.Samples.Generator.Faults;

namespace FhirHub.Unit.Samples;

/// <summary>Faults on purpose: as many as asked for, all of them listed, and the rest untouched.</summary>
[TestClass]
public sealed class FaultTests
{
    static readonly string[] Kinds =
    [
        "identity-checksum", "identity-birth-date", "identity-sex", "mobile-number", "division-unknown",
        "duplicate-patient", "ends-before-start", "pressure-swapped", "unit-slip", "implausible-value", "due-date-off",
        "repeated-observation", "dose-before-birth", "code-missing",
    ];

    static readonly RegionRequest Sound = new(4, 90) { FromYear = 2023 };

    static readonly Lazy<IReadOnlyList<MadeResource>> LoadedSound = new(() => Make(Sound));
    static readonly Lazy<IReadOnlyList<MadeResource>> LoadedSpoiled = new(() => Make(Sound with { FaultRate = 0.3 }));

    static IReadOnlyList<(FhirDocument Document, Fault Fault)> Spoiled =>
        [.. LoadedSpoiled.Value.Where(m => m.Fault is not null).Select(m => (m.Document, m.Fault!))]; // just filtered

    [TestMethod]
    public void Without_a_rate_nothing_is_wrong() =>
        Assert.IsFalse(LoadedSound.Value.Any(made => made.Fault is not null));

    [TestMethod]
    public void Every_kind_occurs_and_no_other() =>
        CollectionAssert.AreEquivalent(Kinds, Spoiled.Select(s => s.Fault.Kind).Distinct().ToList());

    [TestMethod]
    public void Every_fault_stands_where_the_list_says()
    {
        foreach (var (document, fault) in Spoiled)
        {
            Assert.AreEqual(Key(document), fault.Reference);
            Assert.AreNotEqual(fault.Was, fault.Is, fault.Kind);
            var path = fault.Element.Replace("[0]", "", StringComparison.Ordinal);
            if (path is not ("component" or "code.coding"))
            {
                Assert.AreEqual(fault.Is, document.Root.At(path).Text, $"{fault.Kind} {fault.Reference}");
            }
        }
    }

    [TestMethod]
    public void What_has_no_fault_is_as_it_is_without_any()
    {
        var sound = LoadedSound.Value.ToDictionary(m => Key(m.Document), m => Text(m.Document));
        var copies = 0;
        foreach (var (document, fault) in LoadedSpoiled.Value)
        {
            if (fault is null)
            {
                Assert.AreEqual(sound[Key(document)], Text(document));
            }
            else if (sound.TryGetValue(Key(document), out var before))
            {
                Assert.AreNotEqual(before, Text(document), fault.Kind);
            }
            else
            {
                copies++;
            }
        }

        Assert.AreEqual(sound.Count + copies, LoadedSpoiled.Value.Count);
        Assert.AreEqual(Spoiled.Count(s => s.Fault.Kind is "duplicate-patient" or "repeated-observation"), copies);
    }

    [TestMethod]
    public void As_many_have_one_as_the_rate_says()
    {
        // All patients can bear a fault, and of the observations those that are measured in kilograms.
        var patients = LoadedSound.Value.Count(m => m.Document.Type.Name == "Patient");
        var share = Spoiled.Count(s => s.Document.Type.Name == "Patient") / (double)patients;
        Assert.IsTrue(share is > 0.15 and < 0.45, $"{share}");
        var few = Make(Sound with { FaultRate = 0.01 });
        Assert.IsLessThan(Spoiled.Count / 10, few.Count(m => m.Fault is not null));
    }

    static List<MadeResource> Make(RegionRequest request) => [.. Region.Make(request).SelectMany(set => set)];

    static string Key(FhirDocument document) => $"{document.Type.Name}/{document.Root.At("id").Text}";

    static string Text(FhirDocument document) => Encoding.UTF8.GetString(document.Json.Span);
}
