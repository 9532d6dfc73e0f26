using System.Text;
using FhirHub.Fhir.Documents;
using FhirHub.Terminology.Dictionaries;

namespace FhirHub.Unit.Terminology.Dictionaries;

/// <summary>What is told of two versions of a definition.</summary>
[TestClass]
public sealed class ComparisonTests
{
    [TestMethod]
    public void Codes_come_and_go_and_change()
    {
        const string Start = """{"resourceType":"CodeSystem","url":"urn:s","status":"draft","content":"complete","concept":[""";
        AssertChanges(
            Start + """{"code":"1","display":"一"},{"code":"2","display":"二","concept":[{"code":"3"}]},{"code":"4","property":[{"code":"p","valueInteger":1}]}]}""",
            Start + """{"code":"1","display":"壹"},{"code":"2","display":"二"},{"code":"3"},{"code":"4","property":[{"code":"p","valueInteger":1}]},{"code":"5"}]}""",
            "Changed 1: display: 一 > display: 壹", "Changed 3: parent: 2 > ", "Added 5:  > ");
        AssertChanges(
            Start + """{"code":"1","designation":[{"language":"en","value":"one"}]}]}""",
            Start + """{"code":"2"}]}""",
            "Added 2:  > ", "Removed 1: designation en: one > ");
    }

    [TestMethod]
    public void Mappings_are_compared_by_their_codes()
    {
        const string Start = """{"resourceType":"ConceptMap","url":"urn:m","status":"draft","group":[{"source":"urn:l","target":"urn:t","element":[""";
        const string Refused = """{"code":"r","extension":[{"url":"urn:fhirhub:extension:refused-target","valueCode":"X"}]}""";
        AssertChanges(
            Start + """{"code":"a","target":[{"code":"A","equivalence":"equal"}]},{"code":"b","target":[{"code":"B","equivalence":"equal"}]}]}]}""",
            Start + """{"code":"a","target":[{"code":"A2","equivalence":"equal"}]},{"code":"c","target":[{"equivalence":"unmatched"}]},""" + Refused + "]}]}",
            "Changed urn:l|a: equal: urn:t|A > equal: urn:t|A2", "Added urn:l|c:  > unmatched: -", "Removed urn:l|b: equal: urn:t|B > ");
    }

    [TestMethod]
    public void Value_sets_are_compared_by_what_they_name()
    {
        const string Start = """{"resourceType":"ValueSet","url":"urn:v","status":"draft","compose":{"include":[""";
        AssertChanges(
            Start + """{"system":"urn:a","concept":[{"code":"1"},{"code":"2"}]}]}}""",
            Start + """{"system":"urn:a","concept":[{"code":"1"}]},{"system":"urn:b"}]}}""",
            "Added urn:b:  > include: *", "Removed urn:a|2: include:  > ");
    }

    static void AssertChanges(string before, string after, params string[] expected)
    {
        var changes = Comparison.Of(Parse(before), Parse(after)).Changes;
        CollectionAssert.AreEqual(expected, changes.Select(change =>
            $"{change.Kind} {change.Code}: {string.Join(", ", change.Before)} > {string.Join(", ", change.After)}").ToArray());
        Assert.IsEmpty(Comparison.Of(Parse(before), Parse(before)).Changes);
    }

    static FhirNode Parse(string json) => FhirDocument.ParseJson(Encoding.UTF8.GetBytes(json)).Root;
}
