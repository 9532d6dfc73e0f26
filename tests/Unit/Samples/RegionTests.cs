using FhirHub.Fhir.Documents;
using FhirHub.Samples.Generator;

namespace FhirHub.Unit.Samples;

[TestClass]
public sealed class RegionTests
{
    const int BytesMax = 5_000_000;

    [TestMethod]
    public void Every_line_is_a_resource_of_the_type_its_file_is_named_after()
    {
        foreach (var (type, bytes) in RegionFiles.Files)
        {
            Assert.HasCount(bytes.Count(b => b == (byte)'\n'), RegionFiles.Of(type), type);
        }

        Assert.IsGreaterThan(5_000, RegionFiles.Documents.Count);
        Assert.IsLessThan(BytesMax, RegionFiles.Files.Values.Sum(bytes => bytes.Length));
    }

    [TestMethod]
    public void The_committed_seed_gives_the_committed_bytes()
    {
        var made = Region.ByType(Region.Committed);
        CollectionAssert.AreEquivalent(RegionFiles.Files.Keys.ToList(), made.Keys.ToList());
        foreach (var (type, documents) in made)
        {
            Assert.IsTrue(RegionFiles.Files[type].AsSpan().SequenceEqual(Bytes(documents)),
                $"{type}.ndjson differs: dotnet run --project samples/Generator");
        }
    }

    [TestMethod]
    public void Another_seed_gives_another_region_of_as_many_patients()
    {
        var made = Region.ByType(new RegionRequest(Region.Committed.Seed + 1, 20));
        Assert.HasCount(20, made["Patient"]);
        Assert.AreNotEqual(
            RegionFiles.Of("Patient")[0].At("identifier.value").Text, made["Patient"][0].Root.At("identifier.value").Text);
    }

    [TestMethod]
    public void A_region_is_made_as_it_is_read_and_the_largest_begins_at_once()
    {
        var sets = Region.Make(new RegionRequest(1, RegionRequest.LivesMax)).Take(50).ToList();
        Assert.HasCount(50, sets);
        var villages = sets[0].Count(made => made.Document.Root.At("id").Text?.Contains("-village-") == true
            && made.Document.Type.Name == "Organization");
        Assert.IsGreaterThan(300, villages);
        Assert.IsTrue(sets.SelectMany(set => set).Where(made => made.Document.Type.Name == "Patient").All(made =>
            made.Document.Root.All("identifier.value").Last().Text?.Length == 17));
        CollectionAssert.AllItemsAreUnique(sets[0].Select(made => Key(made.Document)).ToList());
    }

    [TestMethod]
    public void No_two_resources_of_a_type_share_an_id()
    {
        var keys = RegionFiles.Documents.Select(Key).ToList();
        CollectionAssert.AllItemsAreUnique(keys);
    }

    [TestMethod]
    public void Every_reference_is_literal_and_leads_to_a_resource_of_the_region()
    {
        var keys = RegionFiles.Documents.Select(Key).ToHashSet();
        var count = 0;
        foreach (var document in RegionFiles.Documents)
        {
            foreach (var reference in References(document.Root))
            {
                Assert.IsTrue(keys.Contains(reference.At("reference").Text ?? ""),
                    $"{Key(document)}: {reference.At("reference").Text}");
                count++;
            }
        }

        Assert.IsGreaterThan(10_000, count);
    }

    [TestMethod]
    public void Every_patient_says_that_it_is_test_data() =>
        Assert.IsTrue(RegionFiles.Of("Patient").All(p => p.At("meta.security.code").Text == "HTEST"));

    static byte[] Bytes(IEnumerable<FhirDocument> documents)
    {
        var bytes = new MemoryStream();
        foreach (var document in documents)
        {
            bytes.Write(document.Json.Span);
            bytes.WriteByte((byte)'\n');
        }

        return bytes.ToArray();
    }

    static string Key(FhirDocument document) => $"{document.Type.Name}/{document.Root.At("id").Text}";

    static IEnumerable<FhirNode> References(FhirNode node)
    {
        foreach (var child in node.Children)
        {
            if (child.Type.Name == "Reference")
            {
                yield return child;
            }
            else if (!child.IsPrimitive)
            {
                foreach (var below in References(child))
                {
                    yield return below;
                }
            }
        }
    }
}
