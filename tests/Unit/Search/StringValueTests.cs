using FhirHub.Fhir.Definitions;
using static FhirHub.Unit.Search.Extracting;

namespace FhirHub.Unit.Search;

// https://hl7.org/fhir/R4/search.html#string
[TestClass]
public sealed class StringValueTests
{
    [TestMethod]
    public void A_name_is_each_of_its_parts_and_its_text()
    {
        const string Patient = """
            {"resourceType":"Patient","name":[{"id":"n1","use":"official","text":"王小明","family":"王","given":["小明","Xiaoming"],
             "prefix":["Dr"],"suffix":["MD"],"period":{"start":"2020"}},{"family":"Wang"}]}
            """;
        AreValues(Values(Patient, "name"), "王小明", "王", "小明", "Xiaoming", "Dr", "MD", "Wang");
        AreValues(Values(Patient, "family"), "王", "Wang");
        AreValues(Values(Patient, "given"), "小明", "Xiaoming");
        AreValues(Values(Patient, "phonetic"), "王小明", "王", "小明", "Xiaoming", "Dr", "MD", "Wang");
    }

    [TestMethod]
    public void An_address_is_each_of_its_parts_and_its_text()
    {
        const string Patient = """
            {"resourceType":"Patient","address":[{"use":"home","type":"both","text":"内蒙古","line":["1 Street","Room 2"],
             "city":"Bayannur","district":"Linhe","state":"Inner Mongolia","postalCode":"015000","country":"CN"}]}
            """;
        AreValues(
            Values(Patient, "address"),
            "内蒙古", "1 Street", "Room 2", "Bayannur", "Linhe", "Inner Mongolia", "015000", "CN");
        AreValues(Values(Patient, "address-city"), "Bayannur");
        AreValues(Values(Patient, "address-use"), "http://hl7.org/fhir/address-use|home");
    }

    [TestMethod]
    public void Strings_and_markdown_are_themselves_without_their_escapes() => AreValues(
        Values("""{"resourceType":"ValueSet","status":"draft","description":"a\n\"b\" \u4e2d\ud83d\ude00"}""", "description"),
        "a\n\"b\" 中😀");

    [TestMethod]
    public void A_concept_gives_its_text_where_the_expression_asks_for_it()
    {
        const string Observation = """{"resourceType":"Observation","status":"final","code":{"text":"x"},""";
        AreValues(Values(Observation + """ "valueString":"positive"}""", "value-string"), "positive");
        AreValues(
            Values(Observation + """ "valueCodeableConcept":{"coding":[{"code":"1"}],"text":"negative"}}""", "value-string"),
            "negative");
    }

    [TestMethod]
    public void Parts_with_only_extensions_are_none() => AreValues(Values(
        """
        {"resourceType":"Patient","name":[{"_family":{"extension":[{"url":"http://example.org/why","valueString":"x"}]},
         "given":[null,"A"],"_given":[{"extension":[{"url":"http://example.org/why","valueString":"x"}]},null]}]}
        """,
        "name"),
        "A");

    [TestMethod]
    [DataRow("Patient.extension('http://example.org/maiden')")]
    [DataRow("Patient.extension('http://example.org/maiden').value")]
    [DataRow("Patient.extension.where(url = 'http://example.org/maiden').value.ofType(string)")]
    [DataRow("Patient.extension.skip(0).where(url = 'http://example.org/maiden')")]
    public void An_extension_is_what_it_holds(string expression) => AreValues(
        Values(
            With(Custom("Patient", SearchParameterType.String, expression)),
            """
            {"resourceType":"Patient","extension":[{"url":"http://example.org/a","valueString":"no"},
             {"url":"http://example.org/maiden","valueString":"Li"}]}
            """,
            "custom"),
        "Li");

    [TestMethod]
    public void Two_branches_of_a_union_are_one_parameter() => AreValues(
        Values("""{"resourceType":"InsurancePlan","alias":["B","C"],"name":"A"}""", "name"), "B", "C", "A");
}
