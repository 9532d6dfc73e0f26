using System.Text;
using FhirHub.Core.Terminology;
using FhirHub.Fhir.Documents;
using FhirHub.Terminology.ConceptMaps;

namespace FhirHub.Unit.Terminology;

/// <summary>https://hl7.org/fhir/R4/conceptmap-operation-translate.html</summary>
[TestClass]
public sealed class ConceptMapTests
{
    const string Local = "http://example.org/local";
    const string Standard = "http://example.org/standard";

    const string Map = """
        {"resourceType":"ConceptMap","url":"http://example.org/map","status":"active","group":[
          {"source":"http://example.org/local","target":"http://example.org/standard","element":[
            {"code":"a","target":[{"code":"A","display":"Letter A","equivalence":"equivalent"},{"code":"A1","equivalence":"narrower"}]},
            {"code":"b","target":[{"code":"B","equivalence":"wider"}]},
            {"code":"c","target":[{"equivalence":"unmatched"}]},
            {"code":"d"},
            {"code":"e","target":[{"code":"E1","equivalence":"equal","dependsOn":[{"property":"sex","system":"http://example.org/sex","value":"f"}]},
              {"code":"E2","equivalence":"equal","dependsOn":[{"property":"sex","value":"m"}]}]}],
           "unmapped":{"mode":"fixed","code":"UNK","display":"Unknown"}},
          {"source":"http://example.org/local","target":"http://example.org/third","element":[
            {"code":"a","target":[{"code":"3a","equivalence":"equal"}]}],"unmapped":{"mode":"provided"}},
          {"source":"http://example.org/other","target":"http://example.org/standard",
           "element":[{"code":"z","target":[{"code":"A","equivalence":"subsumes"}]}],
           "unmapped":{"mode":"other-map","url":"http://example.org/next"}}]}
        """;

    [TestMethod]
    [DataRow("a", "equivalent A, narrower A1", true)]
    [DataRow("b", "wider B", true)]
    [DataRow("c", "unmatched -", false)]
    [DataRow("d", "unmatched -", false)]
    [DataRow("nobody", "relatedto UNK", true)]
    public void A_code_translates_to_what_its_group_says(string code, string matches, bool result)
    {
        var translation = Translate(new TranslationRequest(new Coding(Local, code)) { TargetSystem = Standard });
        Assert.AreEqual(matches, Words(translation));
        Assert.AreEqual(result, translation.Result);
    }

    [TestMethod]
    public void Without_a_target_system_every_group_answers()
    {
        Assert.AreEqual("equivalent A, narrower A1, equal 3a", Words(Translate(new(new Coding(Local, "a")))));
        Assert.AreEqual("wider B, relatedto b", Words(Translate(new(new Coding(Local, "b")))));
        Assert.AreEqual("", Words(Translate(new(new Coding("http://example.org/nobody", "a")))));
    }

    [TestMethod]
    [DataRow("A", "equivalent a, specializes z")]
    [DataRow("A1", "wider a")]
    [DataRow("B", "narrower b")]
    [DataRow("UNK", "")]
    public void Backwards_the_equivalence_turns_round(string code, string matches) => Assert.AreEqual(
        matches, Words(Translate(new(new Coding(Standard, code)) { IsReverse = true })));

    [TestMethod]
    public void A_mapping_that_depends_on_something_needs_it()
    {
        var asked = new TranslationRequest(new Coding(Local, "e")) { TargetSystem = Standard };
        Assert.AreEqual("", Words(Translate(asked)));
        Assert.AreEqual("equal E1", Words(Translate(asked with
        {
            Dependencies = [new Dependency("sex", "http://example.org/sex", "f")],
        })));
        Assert.AreEqual("", Words(Translate(asked with { Dependencies = [new Dependency("sex", null, "f")] })));
        Assert.AreEqual("equal E2", Words(Translate(asked with
        {
            Dependencies = [new Dependency("sex", "http://example.org/any", "m")],
        })));
    }

    [TestMethod]
    public void Another_map_is_named_where_this_one_says_so()
    {
        var map = ConceptMapReader.Read(
            FhirDocument.ParseJson(Encoding.UTF8.GetBytes(Map), ParseOptions.Lenient).OrThrow().Root);
        var matches = new List<TranslationMatch>();
        Assert.AreEqual("http://example.org/next", map.Translate(new(new Coding("http://example.org/other", "y")), matches));
        Assert.IsEmpty(matches);
        Assert.IsNull(map.Translate(new(new Coding("http://example.org/other", "z")), matches));
    }

    static Translation Translate(TranslationRequest request)
    {
        var map = ConceptMapReader.Read(
            FhirDocument.ParseJson(Encoding.UTF8.GetBytes(Map), ParseOptions.Lenient).OrThrow().Root);
        var matches = new List<TranslationMatch>();
        map.Translate(request, matches);
        return new Translation(matches);
    }

    static string Words(Translation translation) => string.Join(
        ", ", translation.Matches.Select(match => $"{match.Equivalence} {match.Concept?.Code ?? "-"}"));
}
