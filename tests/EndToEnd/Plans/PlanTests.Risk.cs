using System.Text.Json.Nodes;
using static System.Net.HttpStatusCode;

namespace FhirHub.EndToEnd.Plans;

public sealed partial class PlanTests
{
    const string National = $"{Canonical}PlanDefinition/pregnancy-risk-cn-2017|2017";
    const string Provincial = $"{Canonical}PlanDefinition/pregnancy-risk-cn-33-2018|2018";

    /// <summary>
    /// The generator grades by a table of its own. What it drew a clinician would assert; everything else the standard
    /// has to compute from the same record, as it was on that day.
    /// </summary>
    [TestMethod]
    public async Task Every_grading_of_the_region_is_found_again()
    {
        var wrong = new List<string>();
        var gradings = (await Fhir.GetAsync("RiskAssessment?_count=500")).Expect(OK).Entries
            .Select(entry => entry["resource"]).Where(grading => $"{grading?["status"]}" == "final").ToList();
        foreach (var grading in gradings)
        {
            var encounter = (await Fhir.GetAsync($"{grading?["encounter"]?["reference"]}")).Expect(OK).Json;
            var codes = (grading?["extension"]?.AsArray() ?? [])
                .Select(extension => extension?["valueCodeableConcept"]?["coding"]?[0]?["code"])
                .Where(code => code is not null).Select(code => $"&assert={code}");
            var answer = await Fhir.GetAsync(
                $"{encounter["episodeOfCare"]?[0]?["reference"]}/$evaluate-risk?date={grading?["occurrenceDateTime"]}"
                    + string.Concat(codes));
            var expected = (grading?["prediction"]?.AsArray() ?? [])
                .Select(prediction => $"{prediction?["qualitativeRisk"]?["coding"]?[0]?["code"]}").Order().ToList();
            // Who has nothing but an infection is green beside it; the generator says purple alone.
            var found = Colours(answer.Expect(OK).Json).Order().ToList();
            if (expected is ["purple"] ? found is not ["green", "purple"] : !found.SequenceEqual(expected))
            {
                wrong.Add($"{grading?["id"]}: {string.Join('+', expected)}, not {string.Join('+', found)}");
            }
        }

        Assert.IsGreaterThan(40, gradings.Count);
        Assert.AreEqual("", string.Join('\n', wrong));
    }

    [TestMethod]
    public async Task An_item_that_holds_is_given_with_its_words_and_the_record_it_rests_on()
    {
        var answer = (await Fhir.GetAsync("EpisodeOfCare/pregnancy-0049/$evaluate-risk?date=2026-01-01")).Expect(OK).Json;
        var item = Parameters(answer, "item").Single(p => $"{Part(p, "code")?["code"]}" == "yellow.2.6.2");
        Assert.AreEqual("Hb 60–110 g/L", $"{Part(item, "code")?["display"]}");
        Assert.AreEqual("黄（一般风险）", $"{Part(item, "colour")?["display"]}");
        Assert.AreEqual("computed", $"{Part(item, "origin")}");
        Assert.AreEqual(
            "Observation/pregnancy-0049-antenatal-4-haemoglobin", $"{Part(item, "evidence")?["reference"]}");
        var standard = Parameters(answer, "standard").Single();
        Assert.AreEqual(National, $"{Part(standard, "canonical")}");
        Assert.AreEqual("CN", $"{Part(standard, "jurisdiction")?["coding"]?[0]?["code"]}");
        Assert.IsGreaterThan(60, Parameters(answer, "to-assert").Count());
        var undecided = Parameters(answer, "undecided").Single(p => $"{Part(p, "code")?["code"]}" == "yellow.3.1");
        Assert.AreEqual("fetuses", $"{Part(undecided, "missing")}");
        await ValidAsync(
            Parameters(answer, "assessment").Single()["resource"]!, // an assessment is always given
            $"{Canonical}StructureDefinition/pregnancy-risk");
    }

    [TestMethod]
    public async Task Two_standards_stand_side_by_side_and_the_caller_or_the_region_chooses()
    {
        var (inner, _) = await PregnancyAsync("150721");
        var (coast, _) = await PregnancyAsync("330106");
        foreach (var episode in (string[])[inner, coast])
        {
            await MeasuredAsync(episode, "8302-2", 144, "cm");
        }

        Assert.AreEqual($"{National} green", await GradeAsync(inner, ""));
        Assert.AreEqual($"{Provincial} yellow", await GradeAsync(coast, ""));
        Assert.AreEqual($"{Provincial} yellow", await GradeAsync(inner, "?region=330000"));
        Assert.AreEqual($"{National} green", await GradeAsync(coast, "?region=150000"));
        Assert.AreEqual($"{National} green", await GradeAsync(coast, $"?standard={National}"));
        Assert.AreEqual($"{Provincial} yellow", await GradeAsync(inner, $"?standard={Provincial.Split('|')[0]}"));
        // The province has none before 2018, the country none before 22 September 2017.
        Assert.AreEqual($"{National} green", await GradeAsync(coast, "?date=2017-12-31"));
        (await Fhir.GetAsync($"{coast}/$evaluate-risk?date=2017-09-21"))
            .ExpectProblem(UnprocessableEntity, "No scoring standard is in force");
    }

    [TestMethod]
    public async Task A_standard_that_is_stored_stands_in_place_of_the_one_in_the_package()
    {
        // Another place, so that no other test meets it.
        var (episode, _) = await PregnancyAsync("460106");
        var standard = (await Fhir.GetAsync("PlanDefinition/pregnancy-risk-cn-33-2018")).Expect(OK).Json;
        standard["url"] = "urn:example:hainan";
        standard["version"] = "1";
        standard["id"] = "hainan";
        standard["jurisdiction"] = JsonNode.Parse(
            """[{"coding":[{"system":"urn:oid:2.16.156.10011.2.3.3.2","code":"460000"}]}]""");
        (await Fhir.PutAsync("PlanDefinition/hainan", standard.ToJsonString())).Expect(Created);
        Assert.AreEqual("urn:example:hainan|1 green", await GradeAsync(episode, ""));
        standard["status"] = "retired";
        (await Fhir.PutAsync("PlanDefinition/hainan", standard.ToJsonString())).Expect(OK);
        Assert.AreEqual($"{National} green", await GradeAsync(episode, ""));
    }

    [TestMethod]
    public async Task Values_are_converted_and_what_says_too_little_decides_nothing()
    {
        var (episode, _) = await PregnancyAsync("150721");
        await MeasuredAsync(episode, "718-7", 9.8m, "g/dL");
        Assert.AreEqual($"{National} yellow", await GradeAsync(episode, ""));

        var (other, _) = await PregnancyAsync("150721");
        await MeasuredAsync(other, "718-7", 110, "g/L", """ "comparator":"<", """);
        var answer = (await Fhir.GetAsync($"{other}/$evaluate-risk")).Expect(OK).Json;
        CollectionAssert.AreEqual(new[] { "green" }, Colours(answer).ToArray());
        Assert.IsTrue(Parameters(answer, "undecided").Any(p => $"{Part(p, "missing")}" == "haemoglobin"));
    }

    [TestMethod]
    public async Task What_was_found_in_another_pregnancy_or_in_error_does_not_count()
    {
        var (episode, patient) = await PregnancyAsync("150721");
        await ObserveAsync(patient, "718-7", 38, "g/L", "final", DaysAgo(400));
        await ObserveAsync(patient, "718-7", 38, "g/L", "entered-in-error", DaysAgo(1));
        Assert.AreEqual($"{National} green", await GradeAsync(episode, ""));
        await ObserveAsync(patient, "718-7", 38, "g/L", "final", DaysAgo(2));
        Assert.AreEqual($"{National} red", await GradeAsync(episode, ""));
        await ObserveAsync(patient, "718-7", 120, "g/L", "final", DaysAgo(1));
        Assert.AreEqual($"{National} green", await GradeAsync(episode, "")); // the last one counts
        Assert.AreEqual($"{National} red", await GradeAsync(episode, $"?date={DaysAgo(2)}"));
    }

    [TestMethod]
    public async Task A_pregnancy_that_is_over_is_evaluated_by_what_was_known_at_its_end()
    {
        // It ended on 2024-06-14, and the same woman was pregnant again in 2025.
        var end = (await Fhir.GetAsync("EpisodeOfCare/pregnancy-0001/$evaluate-risk?date=2024-06-14")).Expect(OK).Json;
        var now = (await Fhir.GetAsync("EpisodeOfCare/pregnancy-0001/$evaluate-risk")).Expect(OK).Json;
        Assert.AreEqual(end.ToJsonString(), now.ToJsonString());
        Assert.AreEqual(
            "2024-06-14", $"{Parameters(now, "assessment").Single()["resource"]?["occurrenceDateTime"]}");
    }

    [TestMethod]
    public async Task A_clinician_asserts_and_tells_what_no_record_says()
    {
        var (episode, _) = await PregnancyAsync("150721");
        Assert.AreEqual($"{National} orange", await GradeAsync(episode, "?assert=orange.2.2&assert=yellow.1.3"));
        var answer = await Fhir.PostAsync($"{episode}/$evaluate-risk", """
            {"resourceType":"Parameters","parameter":[
              {"name":"assert","valueCode":"purple.tuberculosis"},
              {"name":"parameters","resource":{"resourceType":"Parameters","parameter":[
                {"name":"fetuses","valueInteger":3},{"name":"uterineScar","valueBoolean":true}]}}]}
            """);
        CollectionAssert.AreEqual(new[] { "orange", "purple" }, Colours(answer.Expect(OK).Json).ToArray());
        var asserted = Parameters(answer.Json, "item").Where(p => $"{Part(p, "origin")}" == "asserted");
        Assert.AreEqual("purple.tuberculosis", $"{Part(asserted.Single(), "code")?["code"]}");
    }

    [TestMethod]
    public async Task It_stores_only_when_it_is_told_to()
    {
        var (episode, patient) = await PregnancyAsync("150721");
        var search = $"RiskAssessment?subject=Patient/{patient}";
        (await Fhir.GetAsync($"{episode}/$evaluate-risk?assert=yellow.1.3")).Expect(OK);
        Assert.IsEmpty((await Fhir.GetAsync(search)).Expect(OK).Ids);
        (await Fhir.GetAsync($"{episode}/$evaluate-risk?store=true")).ExpectProblem(BadRequest, "'store'");
        var answer = await Fhir.PostAsync($"{episode}/$evaluate-risk", """
            {"resourceType":"Parameters","parameter":[
              {"name":"assert","valueCode":"yellow.1.3"},{"name":"store","valueBoolean":true}]}
            """);
        var stored = Parameters(answer.Expect(OK).Json, "assessment").Single()["resource"];
        CollectionAssert.AreEqual(new[] { $"{stored?["id"]}" }, (await Fhir.GetAsync(search)).Expect(OK).Ids.ToArray());
        Assert.AreEqual("preliminary", $"{stored?["status"]}");
        Assert.AreEqual("1", $"{stored?["meta"]?["versionId"]}");
    }

    [TestMethod]
    [DataRow("?standard=urn:none", 422, "'standard'")]
    [DataRow("?standard=urn:fhirhub:mch/PlanDefinition/child-schedule", 422, "PlanDefinition.topic")]
    [DataRow("?standard=urn:fhirhub:mch/PlanDefinition/pregnancy-risk-cn-2017|1999", 422, "'standard'")]
    [DataRow("?assert=pink.1", 422, "'assert'")]
    [DataRow("?date=2026-13-01", 400, "'date'")]
    [DataRow("?store=yes", 400, "'store'")]
    [DataRow("?region=CN-ZJ", 400, "'region'")]
    [DataRow("?region=330000&standard=urn:fhirhub:mch/PlanDefinition/pregnancy-risk-cn-2017", 400, "'region'")]
    [DataRow("?colour=red", 400, "'colour'")]
    public async Task What_the_standard_does_not_know_is_refused_by_name(string query, int status, string word) =>
        (await Fhir.GetAsync($"EpisodeOfCare/pregnancy-0049/$evaluate-risk{query}"))
            .ExpectProblem((System.Net.HttpStatusCode)status, word);

    [TestMethod]
    public async Task A_fact_the_standard_has_not_and_an_episode_that_is_no_pregnancy_are_refused()
    {
        (await Fhir.PostAsync("EpisodeOfCare/pregnancy-0049/$evaluate-risk", """
            {"resourceType":"Parameters","parameter":[{"name":"parameters","resource":
              {"resourceType":"Parameters","parameter":[{"name":"shoeSize","valueInteger":38}]}}]}
            """)).ExpectProblem(BadRequest, "'shoeSize'", "haemoglobin");
        (await Fhir.PostAsync("EpisodeOfCare/pregnancy-0049/$evaluate-risk", """
            {"resourceType":"Parameters","parameter":[{"name":"parameters","resource":
              {"resourceType":"Parameters","parameter":[{"name":"haemoglobin","valueString":"low"}]}}]}
            """)).ExpectProblem(BadRequest, "'haemoglobin'", "valueDecimal");
        var episode = (await Fhir.PostAsync("EpisodeOfCare", """
            {"resourceType":"EpisodeOfCare","status":"active","patient":{"reference":"Patient/patient-0049"}}
            """)).Expect(Created).Id;
        (await Fhir.GetAsync($"EpisodeOfCare/{episode}/$evaluate-risk"))
            .ExpectProblem(UnprocessableEntity, "no pregnancy");
        (await Fhir.GetAsync("EpisodeOfCare/none/$evaluate-risk")).ExpectProblem(NotFound, "EpisodeOfCare/none");
    }

    /// <summary>A pregnancy in its 20th week that is looked after in a division: its address and its patient.</summary>
    static async Task<(string Episode, string Patient)> PregnancyAsync(string division)
    {
        var organization = (await Fhir.PostAsync("Organization", $$"""
            {"resourceType":"Organization","name":"x","address":[{"extension":[
              {"url":"urn:fhirhub:mch/StructureDefinition/ext-division","valueCoding":
                {"system":"urn:oid:2.16.156.10011.2.3.3.2","code":"{{division}}"} }]}]}
            """)).Expect(Created).Id;
        var patient = (await Fhir.PostAsync("Patient", $$"""
            {"resourceType":"Patient","birthDate":"{{DaysAgo(28 * 365)}}"}
            """)).Expect(Created).Id;
        var episode = (await Fhir.PostAsync("EpisodeOfCare", $$"""
            {"resourceType":"EpisodeOfCare","status":"active","patient":{"reference":"Patient/{{patient}}"},
             "managingOrganization":{"reference":"Organization/{{organization}}"},
             "extension":[{"url":"urn:fhirhub:mch/StructureDefinition/ext-edd","valueDate":"{{DaysAgo(-140)}}"}]}
            """)).Expect(Created).Id;
        return ($"EpisodeOfCare/{episode}", patient);
    }

    static async Task MeasuredAsync(string episode, string code, decimal value, string unit, string comparator = "")
    {
        var patient = (await Fhir.GetAsync(episode)).Expect(OK).Json["patient"]?["reference"];
        await ObserveAsync($"{patient}"["Patient/".Length..], code, value, unit, "final", DaysAgo(3), comparator);
    }

    static async Task ObserveAsync(
        string patient, string code, decimal value, string unit, string status, string day, string comparator = "") =>
        (await Fhir.PostAsync("Observation", $$"""
            {"resourceType":"Observation","status":"{{status}}","subject":{"reference":"Patient/{{patient}}"},
             "code":{"coding":[{"system":"http://loinc.org","code":"{{code}}"}]},"effectiveDateTime":"{{day}}",
             "valueQuantity":{ {{comparator}} "value":{{FormattableString.Invariant($"{value}")}},
               "system":"http://unitsofmeasure.org","code":"{{unit}}"} }
            """)).Expect(Created);

    static async Task<string> GradeAsync(string episode, string query)
    {
        var answer = (await Fhir.GetAsync($"{episode}/$evaluate-risk{query}")).Expect(OK).Json;
        return $"{Part(Parameters(answer, "standard").Single(), "canonical")} {string.Join(' ', Colours(answer))}";
    }

    static IEnumerable<string> Colours(JsonNode answer) =>
        Parameters(answer, "colour").Select(colour => $"{colour["valueCoding"]?["code"]}");

    static IEnumerable<JsonNode> Parameters(JsonNode answer, string name) =>
        (answer["parameter"]?.AsArray() ?? []).OfType<JsonNode>().Where(p => $"{p["name"]}" == name);

    /// <summary>The value of the first part of that name, whatever its type.</summary>
    static JsonNode? Part(JsonNode parameter, string name) => parameter["part"]?.AsArray().OfType<JsonNode>()
        .FirstOrDefault(part => $"{part["name"]}" == name)?.AsObject().First(p => p.Key != "name").Value;

    /// <summary>The day on which the tests began, so that midnight comes between no two dates of one.</summary>
    static readonly DateOnly Today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    static string DaysAgo(int days) =>
        Today.AddDays(-days).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
