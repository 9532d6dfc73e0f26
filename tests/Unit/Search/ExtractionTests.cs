using FhirHub.Core.Search;
using FhirHub.Fhir.Definitions;
using static FhirHub.Unit.Search.Extracting;

namespace FhirHub.Unit.Search;

[TestClass]
public sealed class ExtractionTests
{
    const string Patient = """
        {"resourceType":"Patient","id":"p","name":[{"family":"Wang","given":["A","B"]},{"family":"Li","given":["C"]}],
         "contained":[{"resourceType":"Organization","id":"o","name":"Ward"}]}
        """;

    [TestMethod]
    public void A_custom_parameter_is_extracted_like_any_other() => AreValues(
        Values(With(Custom("Patient", SearchParameterType.String, "Patient.name[1].given")), Patient, "custom"), "C");

    [TestMethod]
    [DataRow("Patient.name.given.first()", "A")]
    [DataRow("Patient.name[1].family", "Li")]
    [DataRow("Patient.name.given[2]", "C")]
    [DataRow("Patient.name.where(given = 'C').family", "Li")]
    [DataRow("Patient.name.where(given = 'A').family", "")] // two given names are not one
    [DataRow("Patient.name.where(given.exists($this = 'A')).family", "Wang")]
    [DataRow("Patient.contained.ofType(Organization).name", "Ward")]
    [DataRow("Patient.name.skip(1).family", "Li")]
    [DataRow("Patient.name.family.first() + ' ' + Patient.name.given.first()", "Wang A")]
    public void Positions_filters_and_functions_work_in_custom_parameters(string expression, string expected) => AreValues(
        Values(With(Custom("Patient", SearchParameterType.String, expression)), Patient, "custom"),
        expected.Length == 0 ? [] : [expected]);

    [TestMethod]
    [DataRow(SearchParameterType.Number, "Patient.name.count()", "2 [2, 2]")]
    [DataRow(SearchParameterType.Number, "Patient.name.count() / 4", "0.5 [0.45, 0.55]")]
    [DataRow(SearchParameterType.Token, "Patient.name.family.first().upper()", "|WANG")]
    [DataRow(SearchParameterType.Token, "Patient.name.count() > 1", "true")]
    [DataRow(SearchParameterType.Uri, "'urn:x:' + Patient.id", "urn:x:p")]
    [DataRow(SearchParameterType.Reference, "'Patient/' + Patient.id", "Relative Patient/p type=Patient id=p")]
    [DataRow(SearchParameterType.Date, "@2020-01-01", "2019-12-31T16:00:00..2020-01-01T16:00:00")]
    [DataRow(SearchParameterType.Quantity, "4 'mg'", "4 [3.5, 4.5] http://unitsofmeasure.org|mg 'mg' = 0.004 [0.0035, 0.0045] g")]
    [DataRow(SearchParameterType.Special, "1 + 1", "")]
    public void Computed_values_are_values_too(SearchParameterType type, string expression, string expected) => AreValues(
        Values(With(Custom("Patient", type, expression)), Patient, "custom"), expected.Length == 0 ? [] : [expected]);

    [TestMethod]
    public void An_expression_that_fails_is_reported_and_the_others_go_on()
    {
        var extraction = With(Custom("Patient", SearchParameterType.String, "Patient.name.given.single()"))
            .Extract(Parse(Patient));
        Assert.HasCount(1, extraction.Problems);
        Assert.AreEqual("custom", extraction.Problems[0].Parameter.Code);
        Assert.DoesNotContain("Wang", extraction.Problems[0].Text);
        AreValues(Of(extraction, "family"), "Wang", "Li");
        AreValues(Of(extraction, "custom"));
    }

    [TestMethod]
    public void Failing_data_is_not_quoted()
    {
        const string Hostile = """{"resourceType":"Patient","name":[{"family":"Secret("}]}""";
        var extraction = With(Custom("Patient", SearchParameterType.Token, "'x'.matches(Patient.name.family)"))
            .Extract(Parse(Hostile));
        Assert.HasCount(1, extraction.Problems);
        Assert.DoesNotContain("Secret", extraction.Problems[0].Text);
    }

    [TestMethod]
    [DataRow("Patient.descendants().count()", 0)]
    [DataRow("Patient.descendants().where(%resource.descendants().count() > 3).count()", 1)]
    public void An_expression_may_go_through_a_large_resource_but_not_again_for_each_element(
        string expression, int problems)
    {
        var names = string.Join(',', Enumerable.Range(0, 2000).Select(i => $$"""{"family":"N{{i}}"}"""));
        var extraction = With(Custom("Patient", SearchParameterType.Number, expression))
            .Extract(Parse($$"""{"resourceType":"Patient","name":[{{names}}]}"""));
        Assert.HasCount(problems, extraction.Problems);
        Assert.HasCount(1 - problems, Of(extraction, "custom"));
    }

    [TestMethod]
    [DataRow("Patient.name..family")]
    [DataRow("Patient.name.nonsense()")]
    public void An_expression_that_is_not_FHIRPath_is_reported_and_the_others_go_on(string expression)
    {
        var extraction = With(Custom("Patient", SearchParameterType.String, expression)).Extract(Parse(Patient));
        Assert.HasCount(1, extraction.Problems);
        AreValues(Of(extraction, "family"), "Wang", "Li");
    }

    [TestMethod]
    public void A_composite_of_unknown_parameters_is_reported()
    {
        var composite = Custom(
            "Patient", SearchParameterType.Composite, "Patient.name", new SearchComponentSchema("http://example.org/none", "family"));
        var extraction = With(composite).Extract(Parse(Patient));
        Assert.HasCount(1, extraction.Problems);
        Assert.Contains("http://example.org/none", extraction.Problems[0].Text);
    }

    [TestMethod]
    public void Values_stand_in_document_order()
    {
        var extraction = R4.Extract(Parse("""{"birthDate":"2020","resourceType":"Patient","gender":"male","active":true,"id":"p"}"""));
        Assert.AreEqual(
            "deceased birthdate gender active _id _content", string.Join(' ', extraction.Entries.Select(e => e.Parameter.Code)));
    }

    [TestMethod]
    public void A_node_counts_once_and_equal_values_of_two_nodes_count_twice() => AreValues(
        Values(
            With(Custom("Patient", SearchParameterType.String, "Patient.name.family | Patient.name.family")),
            """{"resourceType":"Patient","name":[{"family":"Wang"},{"family":"Wang"}]}""",
            "custom"),
        "Wang",
        "Wang");

    [TestMethod]
    public void Values_outlive_the_caller_s_interest_in_the_document()
    {
        // They are slices of the bytes it was parsed from.
        var document = Parse(Patient);
        var family = (SearchValue.String)R4.Extract(document).Entries.First(e => e.Parameter.Code == "family").Value;
        Assert.IsTrue(document.Json.Span.Overlaps(family.Text.Span));
    }

    [TestMethod]
    public void Equal_values_are_equal_however_deep()
    {
        const string Observation = """
            {"resourceType":"Observation","status":"final","identifier":[{"type":{"coding":[{"code":"t"}]},"value":"1"}],
             "code":{"coding":[{"code":"c"}]},"subject":{"reference":"Patient/1","identifier":{"value":"2"}},
             "valueQuantity":{"value":1,"system":"http://unitsofmeasure.org","code":"g"},"effectiveDateTime":"2020"}
            """;
        var one = R4.Extract(Parse(Observation)).Entries;
        var other = R4.Extract(Parse(Observation)).Entries;
        Assert.IsTrue(one.SequenceEqual(other));
        Assert.AreEqual(one.Distinct().Count(), one.Concat(other).Distinct().Count());
    }

    [TestMethod]
    public void Many_variants_or_references_take_time_in_proportion()
    {
        // Were each to look through all of the resource again, this would take minutes.
        var variants = string.Join(',', Enumerable.Repeat("""{"start":1,"end":2}""", 50_000));
        Assert.HasCount(50_000, Values(
            $$$"""{"resourceType":"MolecularSequence","referenceSeq":{"chromosome":{"text":"X"}},"variant":[{{{variants}}}]}""",
            "chromosome-variant-coordinate"));
        var contained = string.Join(',', Enumerable.Range(0, 50_000).Select(i => $$"""{"resourceType":"Patient","id":"{{i}}"}"""));
        var targets = string.Join(',', Enumerable.Range(0, 50_000).Select(i => $$"""{"reference":"#{{i}}"}"""));
        Assert.HasCount(50_000, Values(
            $$"""{"resourceType":"Provenance","contained":[{{contained}}],"target":[{{targets}}]}""", "patient"));
    }

    [TestMethod]
    public void Threads_share_an_extractor()
    {
        var extractor = new SearchValueExtractor(ParameterCatalog.R4);
        var document = Parse(Patient);
        var expected = extractor.Extract(document).Entries.Count;
        Parallel.For(0, 64, _ => Assert.HasCount(expected, extractor.Extract(document).Entries));
    }

    [TestMethod]
    public void Resources_inside_others_bring_values_of_their_own_behind_all_others()
    {
        var entries = R4.Extract(Parse(
            """
            {"resourceType":"Patient","gender":"male","generalPractitioner":[{"reference":"#b"}],
             "contained":[{"resourceType":"Organization","id":"a","name":"One"},
             {"resourceType":"Practitioner","id":"b","gender":"female","name":[{"family":"Wang"}]}]}
            """)).Entries;
        var parts = entries.Select(e => e.Within).ToList();
        Assert.IsNull(parts[0]);
        CollectionAssert.AreEqual(parts.OrderBy(p => p?.Place ?? -1).ToList(), parts);
        Assert.AreEqual("female", Show(entries, new ContainedPart(1, "Practitioner", "b"), "gender"));
        Assert.AreEqual("Wang", Show(entries, new ContainedPart(1, "Practitioner", "b"), "family"));
        Assert.AreEqual("male", Show(entries, null, "gender"));
        Assert.AreEqual("", Show(entries, null, "family"));

        static string Show(IReadOnlyList<SearchEntry> entries, ContainedPart? part, string code) => string.Join(
            ' ',
            entries.Where(e => e.Within == part && e.Parameter.Code == code).Select(e => e.Value switch
            {
                SearchValue.Token token => token.Code.ToString(),
                SearchValue.String { Form: StringForm.Written } text => text.Text.ToString(),
                _ => "",
            }).Where(text => text.Length > 0));
    }
}
