using System.Text;
using FhirHub.Core.Model;
using FhirHub.Fhir.Documents;
using FhirHub.Terminology.Dictionaries;

namespace FhirHub.Unit.Terminology.Dictionaries;

/// <summary>Decisions about local codes, put into a concept map.</summary>
[TestClass]
public sealed class MapWorkTests
{
    const string Map = """
        {"resourceType":"ConceptMap","url":"urn:map","status":"draft","group":[
         {"source":"urn:local","target":"urn:standard","element":[
          {"code":"a","display":"甲","target":[{"code":"A","equivalence":"equal","comment":"as it was"}]},
          {"code":"b","target":[{"equivalence":"unmatched"}]}],"unmapped":{"mode":"fixed","code":"UNK"}},
         {"source":"urn:other","target":"urn:standard","element":[{"code":"x","target":[{"code":"X","equivalence":"equal"}]}]}]}
        """;

    [TestMethod]
    [DataRow("a confirm B", "a=equivalent:B b=unmatched:")]
    [DataRow("a add B", "a=equal:A,equivalent:B b=unmatched:")]
    [DataRow("a refuse A", "a=!A b=unmatched:")]
    [DataRow("a refuse A; a confirm A", "a=equivalent:A b=unmatched:")]
    [DataRow("a refuse B", "a=!B,equal:A b=unmatched:")]
    [DataRow("a none", "a=unmatched: b=unmatched:")]
    [DataRow("a clear", "b=unmatched:")]
    [DataRow("b confirm B", "a=equal:A b=equivalent:B")]
    [DataRow("b add B", "a=equal:A b=equivalent:B")]
    [DataRow("c confirm C; d refuse D", "a=equal:A b=unmatched: c=equivalent:C d=!D")]
    [DataRow("a clear; b clear", "")]
    public void A_decision_changes_its_code_and_nothing_else(string decisions, string expected)
    {
        var changed = new MapWork(Parse(Map), "urn:local", null).With(Decisions(decisions));
        var group = changed.Root["group"].FirstOrDefault(one => one.First("source").Text == "urn:local");
        Assert.AreEqual(expected, string.Join(' ', group["element"].Select(Words)));
        Assert.AreEqual(
            "X", changed.Root["group"].Single(one => one.First("source").Text == "urn:other").At("element.target.code").Text);
        if (group.Exists)
        {
            Assert.AreEqual("UNK", group.At("unmapped.code").Text);
        }
    }

    [TestMethod]
    public void The_first_decision_makes_the_group()
    {
        var empty = Parse("""{"resourceType":"ConceptMap","url":"urn:map","status":"draft"}""");
        var work = new MapWork(empty, "urn:local", "urn:standard");
        var changed = work.With(Decisions("a confirm A"));
        Assert.AreEqual(("urn:local", "urn:standard"), (changed.Root.At("group.source").Text, changed.Root.At("group.target").Text));
        Assert.AreEqual("a", string.Join(' ', new MapWork(changed, null, null).Decided));
        Assert.IsFalse(work.With(Decisions("a clear")).Root["group"].Any());
    }

    [TestMethod]
    public void What_is_decided_and_what_was_refused_is_known_afterwards()
    {
        var changed = new MapWork(Parse(Map), "urn:local", null).With(Decisions("a refuse A; a refuse B; c refuse C"));
        var work = new MapWork(changed, "urn:local", null);
        Assert.AreEqual("b", string.Join(' ', work.Decided));
        CollectionAssert.AreEqual(new[] { "A", "B" }, work.RefusedFor("a").ToArray());
        Assert.IsEmpty(work.RefusedFor("b"));
    }

    [TestMethod]
    public void A_map_that_could_mean_several_systems_wants_them_named()
    {
        var map = Parse(Map);
        Assert.AreEqual(
            ProblemKind.Invalid, Assert.ThrowsExactly<FhirException>(() => new MapWork(map, null, null)).Problem.Kind);
        Assert.ThrowsExactly<FhirException>(() => new MapWork(map, "urn:unknown", null));
    }

    static List<MappingDecision> Decisions(string text) =>
    [
        .. text.Split("; ").Select(one => one.Split(' ')).Select(words => new MappingDecision(
            words[0], Enum.Parse<MappingAction>(words[1], ignoreCase: true), words.ElementAtOrDefault(2))),
    ];

    static string Words(FhirNode element) => element.First("code").Text + "=" + string.Join(',', element["extension"]
        .Select(refused => "!" + refused.First("value").Text)
        .Concat(element["target"].Select(target => $"{target.First("equivalence").Text}:{target.First("code").Text}")));

    static FhirDocument Parse(string json) => FhirDocument.ParseJson(Encoding.UTF8.GetBytes(json));
}
