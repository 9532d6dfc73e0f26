using FhirHub.Terminology.Dictionaries;

namespace FhirHub.Unit.Terminology.Dictionaries;

/// <summary>Which standard codes are proposed for a local name.</summary>
[TestClass]
public sealed class NameIndexTests
{
    static readonly NameIndex Diagnoses = Of(
        ("J20", "急性支气管炎", null), ("J42", "慢性支气管炎", null), ("J18", "肺炎", null), ("I10", "特发性高血压", "高血压病"),
        ("O14", "重度子痫前期", null), ("O82", "剖宫产分娩", "剖腹产"), ("H60L", "左耳外耳炎", null), ("H60R", "右耳外耳炎", null),
        ("E10", "1型糖尿病", null), ("E11", "2型糖尿病", null), ("K35", "急性阑尾炎", null), ("T", "test", null));

    [TestMethod]
    [DataRow("急性支气管炎", "J20", MappingReason.SameName)]
    [DataRow(" 急性支氣管炎。", "J20", MappingReason.SameName)] // traditional, spaces, a full stop
    [DataRow("剖腹产", "O82", MappingReason.SameName)] // by a designation
    [DataRow("支气管炎(急性)", "J20", MappingReason.Characters)] // another order
    [DataRow("急性小支气管炎", "J20", MappingReason.Characters)] // one character more
    [DataRow("急性枝气管炎", "J20", MappingReason.Sound)] // a wrong character with the right sound
    [DataRow("腹产剖宫", "O82", MappingReason.Characters)]
    [DataRow("兰委炎", "K35", MappingReason.Sound)] // the right sound and wrong characters
    [DataRow("gxyb", "I10", MappingReason.Initials)]
    [DataRow("２型糖尿病", "E11", MappingReason.SameName)] // wide digits
    public void The_nearest_name_is_proposed_first(string name, string code, MappingReason reason)
    {
        var best = Diagnoses.Find([name], [], 0.2, 5)[0];
        Assert.AreEqual((code, reason), (best.Code, best.Reason));
        Assert.AreEqual(reason == MappingReason.SameName, best.Score == 1);
    }

    [TestMethod]
    [DataRow("左侧外耳炎", "H60L", "H60R", "左/右")]
    [DataRow("糖尿病1型", "E10", "E11", "1/2")]
    [DataRow("急性的支气管炎", "J20", "J42", "急/慢")]
    public void Opposites_come_after_what_is_meant_and_say_why(string name, string right, string wrong, string difference)
    {
        var found = Diagnoses.Find([name], [], 0.2, 5);
        Assert.AreEqual(right, found[0].Code);
        Assert.IsNull(found[0].Difference);
        var other = found.Single(candidate => candidate.Code == wrong);
        Assert.AreEqual(difference, other.Difference);
        Assert.IsLessThan(found[0].Score, other.Score);
    }

    [TestMethod]
    public void What_was_refused_or_is_too_far_is_not_proposed()
    {
        Assert.DoesNotContain("J20", Diagnoses.Find(["支气管炎"], ["J20"], 0.2, 5).Select(one => one.Code).ToList());
        Assert.IsEmpty(Diagnoses.Find(["支气管炎"], [], 0.999, 5));
        Assert.IsEmpty(Diagnoses.Find(["头颅CT平扫"], [], 0.2, 5));
        Assert.IsEmpty(Diagnoses.Find([], [], 0, 5));
        Assert.IsEmpty(Diagnoses.Find(["，。", ""], [], 0, 5));
        Assert.HasCount(1, Diagnoses.Find(["支气管炎"], [], 0, 1));
    }

    [TestMethod]
    public void Scores_fall_and_are_the_same_every_time()
    {
        var scores = Diagnoses.Find(["急性炎"], [], 0, 20).Select(one => (one.Code, one.Score)).ToArray();
        CollectionAssert.AreEqual(scores.OrderByDescending(one => one.Score).Select(one => one.Score).ToArray(),
            scores.Select(one => one.Score).ToArray());
        CollectionAssert.AreEqual(
            scores, Diagnoses.Find(["急性炎"], [], 0, 20).Select(one => (one.Code, one.Score)).ToArray());
        Assert.IsTrue(scores.All(one => one.Score is >= 0 and <= 1));
    }

    static NameIndex Of(params (string Code, string Display, string? Other)[] concepts)
    {
        var all = concepts.Select(one => $$"""
            {"code":"{{one.Code}}","display":"{{one.Display}}"
             {{(one.Other is null ? "" : $",\"designation\":[{{\"value\":\"{one.Other}\"}}]")}} }
            """);
        return new NameIndex(World.Read($$"""
            {"resourceType":"CodeSystem","url":"urn:d","status":"active","content":"complete","caseSensitive":true,
             "concept":[{{string.Join(',', all)}}]}
            """));
    }
}
