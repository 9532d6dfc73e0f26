namespace FhirHub.Unit.Profiles.Assertions;

[TestClass]
public sealed class ElementRuleTests
{
    const string Url = "http://example.org/profile";
    readonly Validating _world = new();

    [TestMethod]
    [DataRow("", "cardinality-min Patient.name")]
    [DataRow(""" "name":[{"family":"a"}] """, "")]
    [DataRow(""" "name":[{"family":"a"},{"family":"b"},{"family":"c"}] """, "cardinality-max Patient.name")]
    public Task Cardinality_is_counted(string members, string expected) =>
        PatientAsync(members, expected, """ "path":"Patient.name","min":1,"max":"2" """);

    [TestMethod]
    public Task What_is_forbidden_is_refused() =>
        PatientAsync(""" "gender":"male" """, "cardinality-max Patient.gender", """ "path":"Patient.gender","max":"0" """);

    [TestMethod]
    public Task An_element_that_is_missing_deep_inside_is_named_where_it_belongs() => PatientAsync(
        """ "name":[{"family":"a"},{"text":"b"}] """,
        "cardinality-min Patient.name[1].family",
        """ "path":"Patient.name.family","min":1 """);

    [TestMethod]
    public Task Primitives_that_are_only_extensions_are_counted_with_the_others() => PatientAsync(
        """
        "name":[{"given":["a",null],"family":"x","_given":[null,
        {"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"unknown"}]}]}]
        """,
        "cardinality-max Patient.name[0].given",
        """ "path":"Patient.name.given","max":"1" """);

    [TestMethod]
    [DataRow(""" "deceasedBoolean":true """, "")]
    [DataRow(""" "deceasedDateTime":"2020" """, "type-not-permitted Patient.deceased")]
    public Task Types_are_those_the_profile_leaves(string members, string expected) => PatientAsync(
        members, expected, """ "path":"Patient.deceased[x]","type":[{"code":"boolean"}] """);

    [TestMethod]
    [DataRow(""" "maritalStatus":{"text":"x","coding":[{"code":"M"}]} """, "")]
    [DataRow(""" "maritalStatus":{"coding":[{"code":"M"}],"text":"x"} """, "")]
    [DataRow(""" "maritalStatus":{"text":"x","coding":[{"code":"S"}]} """, "fixed-value Patient.maritalStatus")]
    [DataRow(""" "maritalStatus":{"text":"x","coding":[{"code":"M"},{"code":"M"}]} """, "fixed-value Patient.maritalStatus")]
    [DataRow(""" "maritalStatus":{"coding":[{"code":"M"}]} """, "fixed-value Patient.maritalStatus")]
    public Task A_fixed_value_is_the_whole_value_in_any_order_of_elements(string members, string expected) => PatientAsync(
        members.Replace("\"code\"", "\"system\":\"http://example.org/x\",\"code\"", StringComparison.Ordinal),
        expected,
        """
        "path":"Patient.maritalStatus","fixedCodeableConcept":{"coding":[{"system":"http://example.org/x","code":"M"}],"text":"x"}
        """);

    [TestMethod]
    [DataRow(""" "name":[{"use":"official","family":"a"}] """, "")]
    [DataRow(""" "name":[{"use":"old"}] """, "pattern-value Patient.name[0]")]
    [DataRow(""" "name":[{"family":"a"}] """, "pattern-value Patient.name[0]")]
    public Task A_pattern_is_what_there_has_to_be_at_least(string members, string expected) => PatientAsync(
        members, expected, """ "path":"Patient.name","patternHumanName":{"use":"official"} """);

    [TestMethod]
    public Task A_pattern_of_a_list_finds_its_items_among_others() => PatientAsync(
        """ "name":[{"given":["x","b","a"]}] """, "",
        """ "path":"Patient.name","patternHumanName":{"given":["a","b"]} """);

    [TestMethod]
    [DataRow(0, "value-min Patient.multipleBirth")]
    [DataRow(1, "")]
    [DataRow(5, "")]
    [DataRow(6, "value-max Patient.multipleBirth")]
    public Task Limits_of_numbers_include_themselves(int value, string expected) => PatientAsync(
        $"\"multipleBirthInteger\":{value}", expected,
        """ "path":"Patient.multipleBirth[x]","type":[{"code":"integer"}],"minValueInteger":1,"maxValueInteger":5 """);

    [TestMethod]
    [DataRow("1899-12-31", "value-min Patient.birthDate")]
    [DataRow("1900-01-01", "")]
    [DataRow("2999-01-01", "value-max Patient.birthDate")]
    public Task Limits_of_dates_may_be_dates_or_counted_from_now(string value, string expected) => PatientAsync(
        $"\"birthDate\":\"{value}\"", expected,
        """
        "path":"Patient.birthDate","minValueDate":"1900-01-01",
        "maxValueQuantity":{"value":0,"unit":"d","system":"http://unitsofmeasure.org","code":"d"}
        """);

    [TestMethod]
    [DataRow("四个汉字", "")]
    [DataRow("五个汉字了", "value-too-long Patient.name[0].text")]
    [DataRow("𠮷𠮷𠮷𠮷", "")]
    public Task Lengths_count_characters_and_not_bytes(string text, string expected) => PatientAsync(
        $"\"name\":[{{\"text\":\"{text}\"}}]", expected, """ "path":"Patient.name.text","maxLength":4 """);

    [TestMethod]
    [DataRow("\"family\":\"a\"", "")]
    [DataRow("\"text\":\"a\"", "")]
    [DataRow("\"use\":\"old\"", "profile-none-met Patient.name[0]")]
    public async Task Of_several_profiles_of_a_type_one_is_met(string name, string expected)
    {
        const string HumanName = ProfileSource.Base + "HumanName";
        _world.Source.Add("http://example.org/family", "HumanName", HumanName, """ "path":"HumanName.family","min":1 """);
        _world.Source.Add("http://example.org/text", "HumanName", HumanName, """ "path":"HumanName.text","min":1 """);
        _world.Source.Add(
            Url, "Patient", ProfileSource.Base + "Patient",
            """
            "path":"Patient.name","type":[{"code":"HumanName","profile":["http://example.org/family","http://example.org/text"]}]
            """);
        Assert.AreEqual(
            expected, await _world.ErrorsAsync("{\"resourceType\":\"Patient\",\"name\":[{" + name + "}]}", Url));
    }

    [TestMethod]
    public async Task The_profile_of_a_type_is_checked_where_the_value_is()
    {
        _world.Source.Add(
            "http://example.org/family", "HumanName", ProfileSource.Base + "HumanName", """ "path":"HumanName.family","min":1 """);
        _world.Source.Add(
            Url, "Patient", ProfileSource.Base + "Patient",
            """ "path":"Patient.name","type":[{"code":"HumanName","profile":["http://example.org/family"]}] """);
        var issue = (await _world.IssuesAsync("""{"resourceType":"Patient","name":[{"text":"x"}]}""", Url)).Single();
        Assert.AreEqual("Patient.name[0].family", issue.Expression);
        Assert.AreEqual("http://example.org/family", issue.Profile);
    }

    [TestMethod]
    public async Task A_limit_in_another_dimension_cannot_be_compared()
    {
        _world.Source.Add(
            Url, "Observation", ProfileSource.Base + "Observation",
            """
            "path":"Observation.value[x]","type":[{"code":"Quantity"}],
            "minValueQuantity":{"value":1,"system":"http://unitsofmeasure.org","code":"kg"}
            """);
        string Observation(string value, string unit) => $$"""
            {"resourceType":"Observation","status":"final","code":{"text":"x"},
            "valueQuantity":{"value":{{value}},"system":"http://unitsofmeasure.org","code":"{{unit}}"} }
            """;
        Assert.AreEqual("", await _world.ErrorsAsync(Observation("1000", "g"), Url));
        Assert.AreEqual("value-min Observation.value", await _world.ErrorsAsync(Observation("999", "g"), Url));
        Assert.AreEqual("value-limit-incomparable Observation.value", await _world.AllAsync(Observation("1", "m"), Url));
    }

    [TestMethod]
    public async Task A_broken_profile_is_told_and_checked_as_far_as_it_goes()
    {
        _world.Source.Add(
            Url, "Patient", ProfileSource.Base + "Patient",
            """ "path":"Patient.nonsense","min":1 """, """ "path":"Patient.name","min":1 """);
        Assert.AreEqual(
            "profile-broken Patient\ncardinality-min Patient.name",
            await _world.ErrorsAsync("""{"resourceType":"Patient"}""", Url));
    }

    [TestMethod]
    public async Task More_findings_than_a_report_holds_are_told_as_such()
    {
        var contacts = string.Join(',', Enumerable.Repeat("""{"gender":"male"}""", 2_000));
        var issues = await _world.IssuesAsync($$"""{"resourceType":"Patient","contact":[{{contacts}}]}""");
        Assert.HasCount(1_001, issues);
        Assert.AreEqual("validation-incomplete", issues[^1].MessageId);
    }

    [TestMethod]
    public async Task A_profile_of_another_type_is_refused()
    {
        _world.Source.Add(Url, "Patient", ProfileSource.Base + "Patient", """ "path":"Patient.name","min":1 """);
        var errors = await _world.ErrorsAsync("""{"resourceType":"Basic","code":{"text":"x"}}""", Url);
        Assert.AreEqual("profile-of-other-type Basic", errors);
    }

    [TestMethod]
    public async Task A_profile_asked_for_that_is_not_here_is_an_error_and_one_the_resource_names_a_warning()
    {
        var asked = await _world.IssuesAsync("""{"resourceType":"Patient"}""", "http://example.org/absent");
        Assert.AreEqual("profile-unknown", asked.Single().MessageId);
        Assert.IsTrue(asked[0].IsError);
        var named = await _world.IssuesAsync(
            """{"resourceType":"Patient","meta":{"profile":["http://example.org/absent"]}}""");
        Assert.AreEqual("profile-unknown", named.Single().MessageId);
        Assert.IsFalse(named[0].IsError);
        Assert.AreEqual("Patient.meta.profile[0]", named[0].Expression);
    }

    [TestMethod]
    public async Task A_profile_the_resource_names_is_checked_without_being_asked_for()
    {
        _world.Source.Add(Url, "Patient", ProfileSource.Base + "Patient", """ "path":"Patient.name","min":1 """);
        var json = """{"resourceType":"Patient","meta":{"profile":["http://example.org/profile"]}}""";
        Assert.AreEqual("cardinality-min Patient.name", await _world.ErrorsAsync(json));
    }

    [TestMethod]
    public async Task A_profile_that_changes_counts_at_once()
    {
        _world.Source.Add(Url, "Patient", ProfileSource.Base + "Patient", """ "path":"Patient.name","min":1 """);
        Assert.AreEqual("cardinality-min Patient.name", await _world.ErrorsAsync("""{"resourceType":"Patient"}""", Url));
        _world.Source.Add(Url, "Patient", ProfileSource.Base + "Patient", """ "path":"Patient.gender","min":1 """);
        _world.Changes.Note();
        Assert.AreEqual("cardinality-min Patient.gender", await _world.ErrorsAsync("""{"resourceType":"Patient"}""", Url));
    }

    [TestMethod]
    public async Task An_issue_says_where_in_both_languages()
    {
        _world.Source.Add(Url, "Patient", ProfileSource.Base + "Patient", """ "path":"Patient.name.family","min":1 """);
        var issue = (await _world.IssuesAsync("{\"resourceType\":\"Patient\",\n  \"name\":[{\"text\":\"x\"}]}", Url)).Single();
        Assert.AreEqual((2, 11), (issue.Line, issue.Column));
        Assert.AreEqual("required", issue.Code);
        Assert.AreEqual(Url, issue.Profile);
        Assert.Contains("at least 1 times", issue.Text);
        Assert.Contains("至少应出现 1 次", issue.ChineseText);
    }

    async Task PatientAsync(string members, string expected, string element)
    {
        _world.Source.Add(Url, "Patient", ProfileSource.Base + "Patient", element);
        var json = "{\"resourceType\":\"Patient\"" + (members.Trim().Length > 0 ? "," + members : "") + "}";
        Assert.AreEqual(expected, await _world.ErrorsAsync(json, Url));
    }
}
