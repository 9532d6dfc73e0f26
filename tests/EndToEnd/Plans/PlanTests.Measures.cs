using System.Globalization;
using System.Text.Json.Nodes;
using static System.Net.HttpStatusCode;

namespace FhirHub.EndToEnd.Plans;

public sealed partial class PlanTests
{
    const string AllYears = "periodStart=2019&periodEnd=2025";

    /// <summary>Before everybody that another test makes meanwhile.</summary>
    const string EarlyYears = "periodStart=2019&periodEnd=2023";

    [TestMethod]
    public async Task A_rate_is_what_counting_the_resources_themselves_gives()
    {
        var (from, to) = ("2024-01-01", "2025-09-30");
        var births = (await Fhir.GetAsync("Procedure?_count=1000")).Expect(OK).Entries.Select(entry => entry["resource"])
            .Where(birth => $"{birth?["outcome"]?["coding"]?[0]?["code"]}" == "live"
                && $"{birth?["performedDateTime"]}"[..10] is var day
                && string.CompareOrdinal(day, from) >= 0 && string.CompareOrdinal(day, to) <= 0).ToList();
        var cesareans = births.Count(birth => $"{birth?["code"]?["coding"]?[0]?["code"]}" == "3");
        var report = await EvaluateAsync("cesarean-rate", $"periodStart={from}&periodEnd={to}");
        Assert.IsGreaterThan(0, cesareans);
        Assert.AreEqual($"{cesareans} of {births.Count}", Counts(report["group"]?[0]));
        Assert.AreEqual(
            Math.Round(100m * cesareans / births.Count, 4),
            decimal.Parse($"{report["group"]?[0]?["measureScore"]?["value"]}", CultureInfo.InvariantCulture));
        Assert.AreEqual("%", $"{report["group"]?[0]?["measureScore"]?["code"]}");
        Assert.AreEqual("summary", $"{report["type"]}");
        Assert.AreEqual($"{Canonical}Measure/cesarean-rate|1.0.0", $"{report["measure"]}");
        Assert.AreEqual($"{from}..{to}", $"{report["period"]?["start"]}..{report["period"]?["end"]}");
        await ValidAsync(report, "http://hl7.org/fhir/StructureDefinition/MeasureReport");
    }

    [TestMethod]
    public async Task Every_measure_is_either_counted_or_refused_with_the_element()
    {
        var (counted, refused) = (0, 0);
        // Another test stores measures of its own meanwhile.
        foreach (var measure in (await Fhir.GetAsync("Measure?_count=200")).Expect(OK).Entries
            .Where(entry => $"{entry["resource"]?["url"]}".StartsWith(Canonical, StringComparison.Ordinal))
            .Select(entry => $"{entry["resource"]?["id"]}"))
        {
            var answer = await Fhir.GetAsync($"Measure/{measure}/$evaluate-measure?{AllYears}");
            if (answer.Status == OK)
            {
                counted++;
                await ValidAsync(answer.Json, "http://hl7.org/fhir/StructureDefinition/MeasureReport");
            }
            else
            {
                refused++;
                answer.ExpectProblem(NotImplemented, "text/x-formula");
                Assert.MatchesRegex(
                    @"^Measure\.group\[0\]\.population\[[01]\]\.criteria$",
                    $"{answer.Json["issue"]?[0]?["expression"]?[0]}", measure);
            }
        }

        Assert.AreEqual("25 counted, 15 refused", $"{counted} counted, {refused} refused");
    }

    [TestMethod]
    [DataRow("under-seven-health-management")]
    [DataRow("hiv-testing-rate")]
    [DataRow("stunting-rate")]
    public async Task The_numerator_of_a_proportion_is_part_of_its_denominator_in_every_stratum(string measure)
    {
        var group = (await EvaluateAsync(measure, EarlyYears))["group"]?[0];
        var (above, below) = Numbers(group);
        Assert.IsGreaterThan(0, below);
        Assert.IsLessThanOrEqualTo(below, above);
        foreach (var stratifier in group?["stratifier"]?.AsArray() ?? [])
        {
            var strata = (stratifier?["stratum"]?.AsArray() ?? []).Select(Numbers).ToList();
            Assert.IsTrue(strata.TrueForAll(stratum => stratum.Above <= stratum.Below), $"{stratifier}");
            Assert.AreEqual(above, strata.Sum(stratum => stratum.Above));
            Assert.AreEqual(below, strata.Sum(stratum => stratum.Below));
        }
    }

    [TestMethod]
    public async Task Strata_are_the_townships_and_households_of_the_patients()
    {
        var group = (await EvaluateAsync("under-seven-health-management", EarlyYears))["group"]?[0];
        Assert.AreEqual("户籍与非户籍", $"{group?["stratifier"]?[0]?["code"]?[0]?["text"]}");
        Assert.AreEqual("本县（区）户籍", $"{group?["stratifier"]?[0]?["stratum"]?[0]?["value"]?["text"]}");
        var townships = (group?["stratifier"]?[1]?["stratum"]?.AsArray() ?? [])
            .Select(stratum => $"{stratum?["value"]?["text"]}").ToList();
        Assert.IsGreaterThan(3, townships.Count);
        Assert.IsTrue(townships.TrueForAll(township => township.StartsWith("150721", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task What_one_patient_has_of_a_measure_is_an_individual_report()
    {
        // Her child was born on 2024-01-14.
        var report = await EvaluateAsync("hospital-delivery-rate", $"{AllYears}&subject=Patient/patient-0002");
        Assert.AreEqual("individual", $"{report["type"]}");
        Assert.AreEqual("Patient/patient-0002", $"{report["subject"]?["reference"]}");
        Assert.AreEqual("1 of 1", Counts(report["group"]?[0]));
        // As the examples of R4 name it.
        Assert.AreEqual("1 of 1", Counts((await EvaluateAsync(
            "hospital-delivery-rate", $"{AllYears}&subject=patient-0002"))["group"]?[0]));
        var before = await EvaluateAsync(
            "hospital-delivery-rate", "periodStart=2023&periodEnd=2023-12&subject=Patient/patient-0002&reportType=subject");
        Assert.AreEqual("0 of 0", Counts(before["group"]?[0]));
        Assert.IsNull(before["group"]?[0]?["measureScore"]);
    }

    [TestMethod]
    public async Task A_list_of_subjects_has_a_report_of_each_that_adds_up_to_the_whole()
    {
        var report = await EvaluateAsync("cesarean-rate", $"{EarlyYears}&reportType=subject-list");
        Assert.AreEqual("subject-list", $"{report["type"]}");
        var group = report["group"]?[0];
        var contained = (report["contained"]?.AsArray() ?? []).ToDictionary(one => $"#{one?["id"]}");
        foreach (var population in group?["population"]?.AsArray() ?? [])
        {
            var list = contained[$"{population?["subjectResults"]?["reference"]}"];
            var code = $"{population?["code"]?["coding"]?[0]?["code"]}";
            var reports = (list?["entry"]?.AsArray() ?? []).Select(entry => contained[$"{entry?["item"]?["reference"]}"]);
            var counts = reports.Select(one => code == "numerator"
                ? Numbers(one?["group"]?[0]).Above
                : Numbers(one?["group"]?[0]).Below).ToList();
            Assert.IsTrue(counts.TrueForAll(count => count > 0), $"{list}");
            Assert.AreEqual(population?["count"]?.GetValue<int>(), counts.Sum(), code);
        }

        Assert.IsGreaterThan(0, Numbers(group).Above);
        await ValidAsync(report, "http://hl7.org/fhir/StructureDefinition/MeasureReport");
    }

    [TestMethod]
    public async Task The_last_day_belongs_to_the_period()
    {
        Assert.AreEqual("1 of 1", await CountsOnAsync("2024-01-14"));
        Assert.AreEqual("0 of 0", await CountsOnAsync("2024-01-13"));
        Assert.AreEqual("0 of 0", await CountsOnAsync("2024-01-15"));

        static async Task<string> CountsOnAsync(string day) => Counts((await EvaluateAsync(
            "hospital-delivery-rate", $"periodStart={day}&periodEnd={day}&subject=Patient/patient-0002"))["group"]?[0]);
    }

    [TestMethod]
    public async Task A_measure_is_named_by_its_URL_or_its_address_by_GET_and_by_POST()
    {
        var byInstance = Counts((await EvaluateAsync("cesarean-rate", AllYears))["group"]?[0]);
        foreach (var named in (string[])
            [
                $"{Canonical}Measure/cesarean-rate", $"{Canonical}Measure/cesarean-rate|1.0.0", "Measure/cesarean-rate",
                "cesarean-rate",
            ])
        {
            var byGet = await Fhir.GetAsync($"Measure/$evaluate-measure?measure={named}&{AllYears}&reportType=population");
            Assert.AreEqual(byInstance, Counts(byGet.Expect(OK).Json["group"]?[0]));
            var byPost = await Fhir.PostAsync("Measure/$evaluate-measure", $$"""
                {"resourceType":"Parameters","parameter":[{"name":"measure","valueString":"{{named}}"},
                  {"name":"periodStart","valueDate":"2019-01-01"},{"name":"periodEnd","valueDate":"2025-12-31"}]}
                """);
            Assert.AreEqual(byInstance, Counts(byPost.Expect(OK).Json["group"]?[0]));
        }
    }

    [TestMethod]
    [DataRow("cesarean-rate/$evaluate-measure?periodStart=2025", 400, "'periodEnd'")]
    [DataRow("cesarean-rate/$evaluate-measure?periodStart=2025-02&periodEnd=2025-01", 400, "'periodStart'")]
    [DataRow("cesarean-rate/$evaluate-measure?periodStart=2025-02-30&periodEnd=2025", 400, "'periodStart'")]
    [DataRow($"cesarean-rate/$evaluate-measure?{AllYears}&reportType=subject", 400, "'subject'")]
    [DataRow($"cesarean-rate/$evaluate-measure?{AllYears}&reportType=subject-list&subject=Patient/1", 400, "'reportType'")]
    [DataRow($"cesarean-rate/$evaluate-measure?{AllYears}&reportType=x", 400, "'reportType'")]
    [DataRow($"cesarean-rate/$evaluate-measure?{AllYears}&reportType=population&subject=Patient/1", 400, "'reportType'")]
    [DataRow($"cesarean-rate/$evaluate-measure?{AllYears}&practitioner=Practitioner/1", 501, "'practitioner'")]
    [DataRow($"cesarean-rate/$evaluate-measure?{AllYears}&lastReceivedOn=2025-01-01", 501, "'lastReceivedOn'")]
    [DataRow($"cesarean-rate/$evaluate-measure?{AllYears}&subject=Group/1", 501, "'subject'")]
    [DataRow($"cesarean-rate/$evaluate-measure?{AllYears}&subject=Patient/none", 422, "'subject'")]
    [DataRow($"cesarean-rate/$evaluate-measure?{AllYears}&measure=x", 400, "'measure'")]
    [DataRow($"none/$evaluate-measure?{AllYears}", 404, "Measure/none")]
    [DataRow($"$evaluate-measure?{AllYears}", 400, "'measure'")]
    [DataRow($"$evaluate-measure?{AllYears}&measure=urn:none", 404, "'measure'")]
    public async Task What_cannot_be_evaluated_is_refused_by_name(string path, int status, string word) =>
        (await Fhir.GetAsync("Measure/" + path)).ExpectProblem((System.Net.HttpStatusCode)status, word);

    [TestMethod]
    [DataRow(
        """ "scoring":{"coding":[{"code":"continuous-variable"}]} """, "Patient?active=true", "Patient?active=true",
        "Measure.scoring")]
    [DataRow(
        """ "scoring":{"coding":[{"code":"proportion"}]} """, "Encounter?status=finished", "Patient?active=true",
        "Measure.group[0].population[0].criteria")]
    [DataRow(
        """ "scoring":{"coding":[{"code":"ratio"}]},"library":["http://x/Library/y"] """, "Patient", "Patient",
        "Measure.library[0]")]
    [DataRow(
        """ "scoring":{"coding":[{"code":"ratio"}]} """, "Patient?shoe-size=38", "Patient",
        "Measure.group[0].population[0].criteria")]
    [DataRow(
        """ "scoring":{"coding":[{"code":"ratio"}]},"supplementalData":[{"criteria":{"language":"text/cql"}}] """,
        "Patient", "Patient", "Measure.supplementalData[0]")]
    public async Task A_measure_with_a_part_that_is_not_computed_gives_no_number(
        string scoring, string above, string below, string element)
    {
        var id = (await Fhir.PostAsync("Measure", $$"""
            {"resourceType":"Measure","status":"active","url":"urn:example:measure",{{scoring}},"group":[{"population":[
              {"code":{"coding":[{"code":"numerator"}]},
               "criteria":{"language":"application/x-fhir-query","expression":"{{above}}"} },
              {"code":{"coding":[{"code":"denominator"}]},
               "criteria":{"language":"application/x-fhir-query","expression":"{{below}}"} }]}]}
            """)).Expect(Created).Id;
        var answer = await Fhir.GetAsync($"Measure/{id}/$evaluate-measure?{AllYears}");
        Assert.AreEqual("OperationOutcome", $"{answer.Json["resourceType"]}", answer.Text);
        Assert.AreEqual(element, $"{answer.Json["issue"]?[0]?["expression"]?[0]}", answer.Text);
        (await Fhir.DeleteAsync($"Measure/{id}")).ExpectSuccess();
    }

    static async Task<JsonNode> EvaluateAsync(string measure, string query) =>
        (await Fhir.GetAsync($"Measure/{measure}/$evaluate-measure?{query}")).Expect(OK).Json;

    static string Counts(JsonNode? group)
    {
        var (above, below) = Numbers(group);
        return $"{above} of {below}";
    }

    static (int Above, int Below) Numbers(JsonNode? group)
    {
        int Of(string code) => (group?["population"]?.AsArray() ?? [])
            .Single(population => $"{population?["code"]?["coding"]?[0]?["code"]}" == code)?["count"]?.GetValue<int>() ?? 0;
        return (Of("numerator"), Of("denominator"));
    }
}
