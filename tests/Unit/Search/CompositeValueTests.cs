using FhirHub.Fhir.Definitions;
using static FhirHub.Unit.Search.Extracting;

namespace FhirHub.Unit.Search;

// https://hl7.org/fhir/R4/search.html#composite
[TestClass]
public sealed class CompositeValueTests
{
    const string Pressure = """
        {"resourceType":"Observation","status":"final","code":{"coding":[{"code":"bp"},{"code":"pressure"}]},"component":[
         {"code":{"coding":[{"code":"sys"}]},"valueQuantity":{"value":120}},
         {"code":{"coding":[{"code":"dia"}]},"valueQuantity":{"value":80}},
         {"code":{"coding":[{"code":"arm"}]},"valueCodeableConcept":{"coding":[{"code":"left"}]}},
         {"code":{"coding":[{"code":"none"}]}}]}
        """;

    [TestMethod]
    public void Components_pair_only_within_one_element()
    {
        AreValues(
            Values(Pressure, "component-code-value-quantity"),
            "|sys $ 120 [119.5, 120.5]",
            "|dia $ 80 [79.5, 80.5]");
        AreValues(Values(Pressure, "component-code-value-concept"), "|arm $ |left");
    }

    [TestMethod]
    public void A_union_of_elements_pairs_within_each() => AreValues(
        Values(
            """
            {"resourceType":"Observation","status":"final","code":{"coding":[{"code":"a"},{"code":"b"}]},
             "valueQuantity":{"value":1},"component":[{"code":{"text":"c"},"valueQuantity":{"value":2}}]}
            """,
            "combo-code-value-quantity"),
        "|a, |b $ 1 [0.5, 1.5]",
        "| 'c' $ 2 [1.5, 2.5]");

    [TestMethod]
    public void An_element_without_one_of_the_components_has_no_value()
    {
        AreValues(Values(Pressure, "code-value-quantity"));
        AreValues(Values(Pressure, "code-value-concept"));
    }

    [TestMethod]
    [DataRow(""" "valueDateTime":"2020-01-01" """, "code-value-date", "|c $ 2019-12-31T16:00:00..2020-01-01T16:00:00")]
    [DataRow(""" "valuePeriod":{"start":"2020-01-01"} """, "code-value-date", "|c $ 2019-12-31T16:00:00..")]
    [DataRow(""" "valueString":"x" """, "code-value-string", "|c $ x")]
    [DataRow(""" "valueCodeableConcept":{"text":"y"} """, "code-value-concept", "|c $ | 'y'")]
    public void Each_type_of_value_has_its_composite(string value, string code, string expected) => AreValues(
        Values($$"""{"resourceType":"Observation","status":"final","code":{"coding":[{"code":"c"}]},{{value}}}""", code),
        expected);

    [TestMethod]
    public void A_component_may_come_from_the_resource() => AreValues(
        Values(
            """
            {"resourceType":"MolecularSequence","coordinateSystem":0,"referenceSeq":{"chromosome":{"coding":[{"code":"X"}]}},
             "variant":[{"start":1,"end":2},{"start":3},{"start":5,"end":6}]}
            """,
            "chromosome-variant-coordinate"),
        "|X $ 1 [1, 1] $ 2 [2, 2]",
        "|X $ 5 [5, 5] $ 6 [6, 6]");

    [TestMethod]
    public void A_slip_of_the_specification_does_not_leave_a_composite_without_values() => AreValues(
        Values(
            """
            {"resourceType":"DocumentReference","status":"current","content":[{"attachment":{"title":"x"}}],
             "relatesTo":[{"code":"replaces","target":{"reference":"DocumentReference/1"}}]}
            """,
            "relationship"),
        "Relative DocumentReference/1 type=DocumentReference id=1 "
            + "$ http://hl7.org/fhir/document-relationship-type|replaces");

    [TestMethod]
    public void A_component_may_have_several_types() => AreValues(
        Values(
            """
            {"resourceType":"Library","status":"draft","type":{"text":"x"},"useContext":[
             {"code":{"code":"age"},"valueRange":{"low":{"value":1}}},
             {"code":{"code":"age"},"valueQuantity":{"value":2}},
             {"code":{"code":"task"},"valueCodeableConcept":{"text":"t"}}]}
            """,
            "context-type-quantity"),
        "|age $ [1, ]",
        "|age $ 2 [1.5, 2.5]");

    [TestMethod]
    public void A_component_that_a_plan_cannot_express_is_evaluated() => AreValues(
        Values(
            With(Custom(
                "Observation",
                SearchParameterType.Composite,
                "Observation.component",
                new SearchComponentSchema("http://hl7.org/fhir/SearchParameter/Observation-component-code", "code"),
                new SearchComponentSchema(
                    "http://hl7.org/fhir/SearchParameter/Observation-value-quantity",
                    "value.as(Quantity).where(value > 100)"))),
            Pressure,
            "custom"),
        "|sys $ 120 [119.5, 120.5]");
}
