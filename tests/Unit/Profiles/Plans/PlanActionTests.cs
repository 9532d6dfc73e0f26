using System.Text;
using FhirHub.Core.Model;
using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Plans;

namespace FhirHub.Unit.Profiles.Plans;

/// <summary>What a plan's actions give, and what is refused of them with the element that says it.</summary>
[TestClass]
public sealed class PlanActionTests
{
    [TestMethod]
    [DataRow("edd", "2026-06-17", "- 238 days", "2025-10-22")]
    [DataRow("edd", "2024-05-01", "- 168 days", "2023-11-15")] // over 29 February
    [DataRow("edd", "2023-05-01", "- 168 days", "2022-11-14")]
    [DataRow("birthDate", "2024-02-29", "+ 12 months", "2025-02-28")]
    [DataRow("birthDate", "2024-02-29", "+ 48 months", "2028-02-29")]
    [DataRow("birthDate", "2026-06-30", "+ 8 months", "2027-02-28")]
    [DataRow("birthDate", "2025-12-31", "+ 28 days", "2026-01-28")]
    public void A_window_is_counted_from_its_date(string name, string date, string span, string expected)
    {
        var values = Values($"parameter.where(name = '{name}').value {span}", $$"""{"name":"{{name}}","valueDate":"{{date}}"}""");
        Assert.AreEqual(expected, values?.Single().Value.ToString());
    }

    [TestMethod]
    public void A_date_that_nobody_knows_gives_no_window()
    {
        var action = Action("parameter.where(name = 'edd').value - 7 days");
        CollectionAssert.AreEqual(new[] { "edd" }, action.Missing(new Facts()).ToArray());
        Assert.IsNull(Values("parameter.where(name = 'edd').value - 7 days", """{"name":"age","valueInteger":1}"""));
    }

    [TestMethod]
    [DataRow("""{"name":"age","valueInteger":36}""", true)]
    [DataRow("""{"name":"age","valueInteger":20}""", false)]
    [DataRow("""{"name":"other","valueInteger":20}""", null)]
    public void An_action_applies_when_its_conditions_hold(string known, bool? applies)
    {
        var plan = Plan("""
            {"condition":[
              {"kind":"applicability","expression":{"language":"text/fhirpath","expression":"parameter.exists()"}},
              {"kind":"applicability","expression":{"language":"text/fhirpath",
                "expression":"parameter.where(name = 'age').value > 35"}},
              {"kind":"stop","expression":{"language":"text/cql","expression":"Discharged"}}]}
            """);
        var action = new PlanAction(plan, plan.First("action"));
        Assert.AreEqual(applies, action.Applies(Known(known)));
    }

    [TestMethod]
    [DataRow(
        """{"condition":[{"kind":"applicability","expression":{"language":"text/cql","expression":"x"}}]}""",
        "PlanDefinition.action[0].condition[0].expression.language", ProblemKind.NotSupported)]
    [DataRow(
        """
        {"condition":[{"kind":"applicability","expression":{"language":"text/fhirpath","reference":"http://x/y"}}]}
        """,
        "PlanDefinition.action[0].condition[0].expression", ProblemKind.NotSupported)]
    [DataRow(
        """
        {"dynamicValue":[{"path":"status","expression":{"language":"text/fhirpath","expression":"'draft'"}}]}
        """,
        "PlanDefinition.action[0].dynamicValue[0].path", ProblemKind.NotSupported)]
    [DataRow(
        """
        {"condition":[{"kind":"applicability","expression":{"language":"text/fhirpath","expression":"a +"}}]}
        """,
        "PlanDefinition.action[0].condition[0].expression.expression", ProblemKind.Unprocessable)]
    public void What_is_not_evaluated_is_refused_by_its_element(string action, string element, ProblemKind kind)
    {
        var plan = Plan(action);
        var refused = Assert.ThrowsExactly<FhirException>(() => new PlanAction(plan, plan.First("action")));
        Assert.AreEqual(element, refused.Problem.Expression);
        Assert.AreEqual(kind, refused.Problem.Kind);
    }

    [TestMethod]
    public void Several_values_for_one_element_are_refused()
    {
        var refused = Assert.ThrowsExactly<FhirException>(
            () => Values("parameter.value", """{"name":"a","valueDate":"2026-01-01"},{"name":"b","valueDate":"2026-01-02"}"""));
        Assert.AreEqual("PlanDefinition.action[0].dynamicValue[0]", refused.Problem.Expression);
    }

    [TestMethod]
    public void A_path_that_an_activity_does_not_have_is_refused()
    {
        var value = new PlanValue("scheduledWhen", "PlanDefinition.action[0].dynamicValue[0].path", default);
        var refused = Assert.ThrowsExactly<FhirException>(
            () => value.SetOn(FhirBuilder.Create("CarePlan").At("activity[0].detail"), value.Path));
        Assert.AreEqual("PlanDefinition.action[0].dynamicValue[0].path", refused.Problem.Expression);
    }

    [TestMethod]
    [DataRow("""{"definitionCanonical":"http://x/ActivityDefinition/y"}""", "PlanDefinition.action[0].definition")]
    [DataRow("""{"participant":[{"type":"practitioner"}]}""", "PlanDefinition.action[0].participant[0]")]
    [DataRow("""{"action":[{"goalId":["g"]}]}""", "PlanDefinition.action[0].action[0].goalId[0]")]
    public void A_plan_of_which_a_part_would_be_left_out_is_refused(string action, string element)
    {
        var refused = Assert.ThrowsExactly<FhirException>(() => PlanCheck.Require(Plan(action)));
        Assert.AreEqual(element, refused.Problem.Expression);
        Assert.AreEqual(ProblemKind.NotSupported, refused.Problem.Kind);
    }

    [TestMethod]
    public void Everything_that_is_not_carried_out_is_told_at_once()
    {
        var plan = FhirDocument.ParseJson(Encoding.UTF8.GetBytes("""
            {"resourceType":"PlanDefinition","status":"active","library":["http://x/Library/y"],
             "subjectCodeableConcept":{"coding":[{"code":"Location"}]},
             "action":[{"transform":"http://x/StructureMap/y"}]}
            """)).Root;
        var refused = Assert.ThrowsExactly<FhirException>(() => PlanCheck.Require(plan)).Problem;
        CollectionAssert.AreEqual(
            new[] { "PlanDefinition.library[0]", "PlanDefinition.subject", "PlanDefinition.action[0].transform" },
            refused.More.Prepend(refused).Select(problem => problem.Expression).ToArray());
    }

    static IReadOnlyList<PlanValue>? Values(string expression, string known) => Action(expression).Values(Known(known));

    static PlanAction Action(string expression)
    {
        var plan = Plan($$"""
            {"dynamicValue":[{"path":"activity.detail.scheduledPeriod.start",
              "expression":{"language":"text/fhirpath","expression":"{{expression}}"} }]}
            """);
        return new PlanAction(plan, plan.First("action"));
    }

    static FhirNode Plan(string action) => FhirDocument.ParseJson(Encoding.UTF8.GetBytes(
        $$"""{"resourceType":"PlanDefinition","status":"active","action":[{{action}}]}""")).Root;

    static FhirNode Known(string parameters) => FhirDocument.ParseJson(Encoding.UTF8.GetBytes(
        $$"""{"resourceType":"Parameters","parameter":[{{parameters}}]}""")).Root;
}
