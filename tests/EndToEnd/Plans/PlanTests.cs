using System.Text.Json.Nodes;
using FhirHub.EndToEnd.Http;
using FhirHub.EndToEnd.Hub;
using FhirHub.Samples.Generator;
using static System.Net.HttpStatusCode;

namespace FhirHub.EndToEnd.Plans;

/// <summary>The guide's plans, standards and measures on the sample region, in a server that has both.</summary>
[TestClass]
public sealed partial class PlanTests
{
    const string Canonical = "urn:fhirhub:mch/";

    static HubProcess _hub = null!; // set before the first test

    static FhirClient Fhir => _hub.Fhir;

    [ClassInitialize]
    public static async Task Install(TestContext _)
    {
        var folder = Path.Combine(Repository.Root, "artifacts", "guide");
        var package = await File.ReadAllBytesAsync(Directory.GetFiles(folder, "fhirhub.cn.mch-*.tgz").Single());
        _hub = await HubProcess.StartAsync(null, "--Hub:AllowsPackages=true");
        foreach (var set in Region.Make(Region.Committed))
        {
            (await Fhir.PostAsync("", RegionImportTests.Transaction(set))).Expect(OK);
        }

        var installed = await Fhir.SendAsync(
            HttpMethod.Post, "$install-package", package, ("Content-Type", "application/gzip"));
        Assert.DoesNotContain("problem", installed.Expect(OK).Text);
        await Indexed.CompleteAsync(Fhir);
    }

    [ClassCleanup]
    public static async Task Stop() => await _hub.DisposeAsync();

    [TestMethod]
    public async Task Antenatal_care_is_planned_by_the_due_date_of_the_pregnancy_that_is_going_on()
    {
        // The sample's due date is 2026-03-31.
        var plan = await ApplyAsync("PlanDefinition/antenatal-schedule-public-health/$apply?subject=Patient/patient-0049");
        Assert.AreEqual("CarePlan", $"{plan["resourceType"]}");
        Assert.AreEqual(
            $"{Canonical}PlanDefinition/antenatal-schedule-public-health|1.0.0", $"{plan["instantiatesCanonical"]?[0]}");
        Assert.AreEqual("antenatal", $"{plan["category"]?[0]?["coding"]?[0]?["code"]}");
        Assert.AreEqual("2025-08-05..2026-04-06", $"{plan["period"]?["start"]}..{plan["period"]?["end"]}");
        CollectionAssert.AreEqual(
            new[]
            {
                "2025-08-05..2025-09-22 建册与第1次产前检查（13周前）", "2025-10-14..2025-11-17 第2次产前检查（16至20周）",
                "2025-11-18..2025-12-15 第3次产前检查（21至24周）", "2026-01-06..2026-03-09 第4次产前检查（28至36周）",
                "2026-03-10..2026-04-06 第5次产前检查（37至40周）",
            },
            Windows(plan));
        Assert.AreEqual("#requests", $"{plan["activity"]?[0]?["reference"]?["reference"]}");
        var group = plan["contained"]?[0];
        Assert.AreEqual("RequestGroup", $"{group?["resourceType"]}");
        Assert.AreEqual("2025-08-05", $"{group?["action"]?[0]?["timingPeriod"]?["start"]}");
        Assert.AreEqual("一般体检与妇科检查", $"{group?["action"]?[0]?["action"]?[0]?["title"]}");
        // R4 wants every action of a group to have actions or a resource (rqg-1).
        Assert.AreEqual(
            "一般体检与妇科检查", $"{group?["action"]?[0]?["action"]?[0]?["resource"]?["display"]}");
        Assert.IsNull(group?["action"]?[0]?["resource"]);
        await ValidAsync(plan, $"{Canonical}StructureDefinition/mch-careplan");
    }

    [TestMethod]
    public async Task Child_care_is_planned_by_birth_and_discharge_also_when_the_plan_is_named_by_its_URL()
    {
        // Born on 2024-01-14, discharged on 2024-01-17; the last window is counted over three leap days.
        var plan = await ApplyAsync(
            $"PlanDefinition/$apply?url={Canonical}PlanDefinition/child-schedule|1.0.0&subject=Patient/patient-0003");
        var windows = Windows(plan);
        Assert.HasCount(13, windows);
        Assert.AreEqual("2024-01-17..2024-01-24 新生儿家庭访视（出院后1周内）", windows[0]);
        Assert.AreEqual("2024-02-11..2024-02-13 满月健康管理（28至30天）", windows[1]);
        Assert.AreEqual("2030-01-14..2030-07-14 6岁", windows[^1]);
        await ValidAsync(plan, $"{Canonical}StructureDefinition/mch-careplan");
    }

    [TestMethod]
    public async Task An_encounter_says_which_pregnancy_is_meant_and_who_applies_is_kept()
    {
        // That pregnancy is finished: delivered on 2024-01-14, discharged on 2024-01-17.
        var plan = await ApplyAsync(
            "PlanDefinition/postnatal-schedule-public-health/$apply?subject=Patient/patient-0002"
                + "&encounter=Encounter/pregnancy-0002-delivery&practitioner=Practitioner/practitioner-011"
                + "&organization=Organization/arong-hospital");
        CollectionAssert.AreEqual(
            new[] { "2024-01-17..2024-01-24 产后访视（出院后1周内）", "2024-02-25..2024-03-10 产后42天健康检查" },
            Windows(plan));
        Assert.AreEqual("Encounter/pregnancy-0002-delivery", $"{plan["encounter"]?["reference"]}");
        Assert.AreEqual("Practitioner/practitioner-011", $"{plan["author"]?["reference"]}");
        Assert.AreEqual("Organization/arong-hospital", $"{plan["contributor"]?[0]?["reference"]}");
        Assert.AreEqual("Practitioner/practitioner-011", $"{plan["contained"]?[0]?["author"]?["reference"]}");
    }

    [TestMethod]
    public async Task A_last_period_that_was_observed_is_enough_for_the_due_date()
    {
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var patient = (await Fhir.PostAsync("Patient", """{"resourceType":"Patient","gender":"female"}""")).Expect(Created).Id;
        (await Fhir.PostAsync("Observation", $$"""
            {"resourceType":"Observation","status":"final",
             "code":{"coding":[{"system":"http://loinc.org","code":"8665-2"}]},
             "subject":{"reference":"Patient/{{patient}}"},
             "effectiveDateTime":"{{today:yyyy-MM-dd}}","valueDateTime":"{{today.AddDays(-70):yyyy-MM-dd}}"}
            """)).Expect(Created);
        var plan = await ApplyAsync(
            $"PlanDefinition/antenatal-schedule-public-health/$apply?subject=Patient/{patient}");
        // The first window begins 238 days before the due date, which is 42 days after the last period.
        Assert.StartsWith($"{today.AddDays(-70 + 42):yyyy-MM-dd}..", Windows(plan)[0]);
    }

    [TestMethod]
    public async Task A_contact_whose_date_is_not_known_yet_has_no_window_and_is_told()
    {
        var patient = (await Fhir.PostAsync("Patient", """{"resourceType":"Patient","birthDate":"2024-02-29"}"""))
            .Expect(Created).Id;
        var plan = await ApplyAsync($"PlanDefinition/child-schedule/$apply?subject=Patient/{patient}");
        var windows = Windows(plan);
        Assert.HasCount(12, windows);
        Assert.AreEqual("2025-02-28..2025-03-29 12月龄", windows[4]);
        Assert.AreEqual("2028-02-29..2028-08-29 4岁", windows[9]);
        Assert.Contains("新生儿家庭访视", $"{plan["note"]?[0]?["text"]}");
        Assert.IsNull(plan["contained"]?[0]?["action"]?[0]?["timingPeriod"]);
        await ValidAsync(plan, $"{Canonical}StructureDefinition/mch-careplan");
    }

    [TestMethod]
    public async Task What_the_caller_knows_goes_before_what_is_recorded()
    {
        var told = await Fhir.PostAsync("PlanDefinition/antenatal-schedule-clinical-2018/$apply", """
            {"resourceType":"Parameters","parameter":[{"name":"subject","valueString":"Patient/patient-0049"},
              {"name":"parameters","resource":{"resourceType":"Parameters","parameter":[
                {"name":"edd","valueDate":"2028-03-31"}]}}]}
            """);
        Assert.AreEqual("2027-08-06..2027-09-30 第1次（6至13周+6）", Windows(told.Expect(OK).Json)[0]);
    }

    [TestMethod]
    public async Task A_plan_that_is_sent_is_applied_with_its_conditions_and_nothing_is_stored()
    {
        var before = await CountAsync("CarePlan");
        var answer = await Fhir.PostAsync("PlanDefinition/$apply?subject=Patient/patient-0003", """
            {"resourceType":"PlanDefinition","status":"active","url":"http://example.org/PlanDefinition/p","action":[
              {"title":"applies","priority":"urgent",
               "documentation":[{"type":"citation","citation":"a book"}],
               "relatedAction":[{"actionId":"x","relationship":"before","offsetDuration":{"value":1,"unit":"d"}}],
               "timingDuration":{"value":3,"unit":"d","system":"http://unitsofmeasure.org","code":"d"},
               "condition":[{"kind":"applicability","expression":{"language":"text/fhirpath",
                 "expression":"parameter.where(name = 'birthDate').value < @2024-06-01"}},
                {"kind":"stop","expression":{"language":"text/cql","expression":"Done"}}],
               "action":[{"title":"inner","groupingBehavior":"logical-group"}]},
              {"title":"does not","condition":[{"kind":"applicability","expression":{"language":"text/fhirpath",
                 "expression":"parameter.where(name = 'birthDate').value > @2024-06-01"}}],
               "action":[{"title":"nor what is in it"}]},
              {"title":"nobody knows","condition":[{"kind":"applicability","expression":{"language":"text/fhirpath",
                 "expression":"parameter.where(name = 'weight').value > 100"}}]}]}
            """);
        var actions = answer.Expect(OK).Json["contained"]?[0]?["action"]?.AsArray() ?? [];
        Assert.HasCount(1, actions);
        Assert.AreEqual("“nobody knows”是否适用，资料不足，未能判定。", $"{answer.Json["note"]?[0]?["text"]}");
        Assert.AreEqual("applies", $"{actions[0]?["title"]}");
        Assert.AreEqual("urgent", $"{actions[0]?["priority"]}");
        Assert.AreEqual("a book", $"{actions[0]?["documentation"]?[0]?["citation"]}");
        Assert.AreEqual("before", $"{actions[0]?["relatedAction"]?[0]?["relationship"]}");
        Assert.AreEqual("3", $"{actions[0]?["timingDuration"]?["value"]}");
        Assert.AreEqual("stop", $"{actions[0]?["condition"]?[0]?["kind"]}");
        Assert.AreEqual("logical-group", $"{actions[0]?["action"]?[0]?["groupingBehavior"]}");
        Assert.AreEqual(before, await CountAsync("CarePlan"));
    }

    [TestMethod]
    [DataRow("antenatal-schedule-public-health", "ext-edd", "edd")]
    [DataRow("postnatal-schedule-2011", "Procedure.performed", "deliveryDate")]
    public async Task A_subject_without_the_date_is_refused_with_the_element_to_record(
        string schedule, string element, string name)
    {
        var answer = await Fhir.GetAsync($"PlanDefinition/{schedule}/$apply?subject=Patient/patient-0003");
        answer.ExpectProblem(UnprocessableEntity, $"'{name}'");
        Assert.Contains(element, $"{answer.Json["issue"]?[0]?["expression"]?[0]}");
    }

    [TestMethod]
    [DataRow("")]
    [DataRow(""","birthDate":"2024" """)]
    [DataRow(""","birthDate":"2024-02" """)]
    public async Task A_child_without_the_day_of_birth_is_refused_with_the_element(string birth)
    {
        var patient = (await Fhir.PostAsync("Patient", $$"""{"resourceType":"Patient"{{birth}}}""")).Expect(Created).Id;
        var answer = await Fhir.GetAsync($"PlanDefinition/child-eye-schedule/$apply?subject=Patient/{patient}");
        answer.ExpectProblem(UnprocessableEntity, "birthDate");
        Assert.AreEqual("Patient.birthDate", $"{answer.Json["issue"]?[0]?["expression"]?[0]}");
    }

    [TestMethod]
    public async Task Two_pregnancies_at_once_are_not_guessed_at()
    {
        var patient = (await Fhir.PostAsync("Patient", """{"resourceType":"Patient"}""")).Expect(Created).Id;
        foreach (var due in (string[])["2026-03-31", "2027-03-31"])
        {
            (await Fhir.PostAsync("EpisodeOfCare", $$"""
                {"resourceType":"EpisodeOfCare","status":"active","patient":{"reference":"Patient/{{patient}}"},
                 "extension":[{"url":"urn:fhirhub:mch/StructureDefinition/ext-edd","valueDate":"{{due}}"}]}
                """)).Expect(Created);
        }

        (await Fhir.GetAsync($"PlanDefinition/antenatal-schedule-public-health/$apply?subject=Patient/{patient}"))
            .ExpectProblem(UnprocessableEntity, "2 pregnancies", "'encounter'");
    }

    [TestMethod]
    [DataRow("child-schedule/$apply", 400, "'subject'")]
    [DataRow("child-schedule/$apply?subject=Group/1", 400, "'subject'")]
    [DataRow("child-schedule/$apply?subject=Patient/nobody", 422, "'subject'")]
    [DataRow("child-schedule/$apply?subject=Patient/patient-0003&subject=Patient/patient-0049", 501, "'subject'")]
    [DataRow("child-schedule/$apply?subject=Patient/patient-0003&encounter=Encounter/none", 422, "'encounter'")]
    [DataRow("child-schedule/$apply?subject=Patient/patient-0003&practitioner=Patient/1", 400, "'practitioner'")]
    [DataRow(
        "postnatal-schedule-2011/$apply?subject=Patient/patient-0049&encounter=Encounter/pregnancy-0002-delivery", 422,
        "'encounter'")]
    [DataRow("child-schedule/$apply?subject=Patient/patient-0003&userType=x", 501, "'userType'")]
    [DataRow("child-schedule/$apply?subject=Patient/patient-0003&url=x", 400, "'url'")]
    [DataRow("child-schedule/$apply?subject=Patient/patient-0003&colour=red", 400, "'colour'")]
    [DataRow("child-schedule/$apply?subject=Patient/patient-0003&parameters=x", 400, "'parameters'")]
    [DataRow("none/$apply?subject=Patient/patient-0003", 404, "PlanDefinition/none")]
    [DataRow("$apply?subject=Patient/patient-0003", 400, "'planDefinition'")]
    [DataRow("$apply?subject=Patient/patient-0003&url=urn:none", 404, "'url'")]
    [DataRow("pregnancy-risk-cn-2017/$apply?subject=Patient/patient-0049", 501, "$evaluate-risk")]
    public async Task What_cannot_be_applied_is_refused_by_name(string path, int status, string word) =>
        (await Fhir.GetAsync("PlanDefinition/" + path)).ExpectProblem((System.Net.HttpStatusCode)status, word);

    [TestMethod]
    public async Task A_language_that_is_not_evaluated_is_refused_with_its_element()
    {
        var answer = await Fhir.PostAsync("PlanDefinition/$apply?subject=Patient/patient-0003", """
            {"resourceType":"PlanDefinition","status":"active","action":[{"title":"a"},{"action":[{"condition":[
              {"kind":"applicability","expression":{"language":"text/cql","expression":"Is Pregnant"}}]}]}]}
            """);
        answer.ExpectProblem(NotImplemented, "text/cql");
        Assert.AreEqual(
            "PlanDefinition.action[1].action[0].condition[0].expression.language",
            $"{answer.Json["issue"]?[0]?["expression"]?[0]}");
    }

    [TestMethod]
    public async Task The_operations_are_declared_where_they_are()
    {
        var resources = (await Fhir.GetAsync("metadata")).Expect(OK).Json["rest"]?[0]?["resource"]?.AsArray() ?? [];
        string Definition(string type, string name) => $"{resources.Single(r => $"{r?["type"]}" == type)?["operation"]?
            .AsArray().SingleOrDefault(o => $"{o?["name"]}" == name)?["definition"]}";
        Assert.AreEqual(
            "http://hl7.org/fhir/OperationDefinition/PlanDefinition-apply", Definition("PlanDefinition", "apply"));
        Assert.AreEqual(
            "http://hl7.org/fhir/OperationDefinition/Measure-evaluate-measure",
            Definition("Measure", "evaluate-measure"));
        Assert.AreEqual("urn:fhirhub:operation:evaluate-risk", Definition("EpisodeOfCare", "evaluate-risk"));
        Assert.AreEqual("", Definition("Patient", "apply"));
    }

    static async Task<JsonNode> ApplyAsync(string path) => (await Fhir.GetAsync(path)).Expect(OK).Json;

    /// <summary>The activities that are given in detail: their windows and what they are.</summary>
    static string[] Windows(JsonNode plan) =>
    [
        .. (plan["activity"]?.AsArray() ?? []).Select(activity => activity?["detail"]).Where(detail => detail is not null)
            .Select(detail => $"{detail?["scheduledPeriod"]?["start"]}..{detail?["scheduledPeriod"]?["end"]} "
                + $"{detail?["description"]}"),
    ];

    static async Task ValidAsync(JsonNode resource, string profile)
    {
        var answer = await Fhir.PostAsync(
            $"{resource["resourceType"]}/$validate?profile={profile}", resource.ToJsonString());
        var errors = (answer.Expect(OK).Json["issue"]?.AsArray() ?? [])
            .Where(issue => $"{issue?["severity"]}" is "error" or "fatal").Select(issue => $"{issue?["diagnostics"]}");
        Assert.AreEqual("", string.Join('\n', errors));
    }

    static async Task<string> CountAsync(string type) =>
        $"{(await Fhir.GetAsync($"{type}?_summary=count")).Expect(OK).Json["total"]}";
}
