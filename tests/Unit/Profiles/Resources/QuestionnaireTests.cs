namespace FhirHub.Unit.Profiles.Resources;

[TestClass]
public sealed class QuestionnaireTests
{
    readonly Validating _world = new();

    [TestMethod]
    [DataRow("boolean", "\"valueBoolean\":true", "")]
    [DataRow("boolean", "\"valueString\":\"x\"", "response-answer-type QuestionnaireResponse.item[0].answer[0].value")]
    [DataRow("text", "\"valueString\":\"x\"", "")]
    [DataRow("url", "\"valueUri\":\"http://x.example\"", "")]
    [DataRow("open-choice", "\"valueString\":\"x\"", "")]
    [DataRow("choice", "\"valueString\":\"x\"", "response-answer-type QuestionnaireResponse.item[0].answer[0].value")]
    [DataRow("quantity", "\"valueQuantity\":{\"value\":1}", "")]
    [DataRow("integer", "\"valueDecimal\":1.5", "response-answer-type QuestionnaireResponse.item[0].answer[0].value")]
    public Task An_answer_has_the_type_of_the_question(string type, string answer, string expected) =>
        ResponseAsync(Item("q", type), Answered("q", answer), expected);

    [TestMethod]
    [DataRow("completed", "response-item-missing QuestionnaireResponse")]
    [DataRow("in-progress", "")]
    public Task What_is_required_is_answered_when_the_response_is_complete(string status, string expected) =>
        ResponseAsync(Item("q", "string", "\"required\":true"), "", expected, status);

    [TestMethod]
    public Task A_question_that_does_not_repeat_has_one_answer() => ResponseAsync(
        Item("q", "string"),
        """{"linkId":"q","answer":[{"valueString":"x"},{"valueString":"y"}]}""",
        "response-item-repeats QuestionnaireResponse.item[0]");

    [TestMethod]
    [DataRow(1, "response-item-occurs QuestionnaireResponse.item[0]")]
    [DataRow(2, "")]
    [DataRow(4, "response-item-occurs QuestionnaireResponse.item[0]")]
    public Task Least_and_most_answers_are_those_the_item_says(int count, string expected)
    {
        const string Extensions = "http://hl7.org/fhir/StructureDefinition/questionnaire-";
        var item = Item(
            "q", "string",
            "\"repeats\":true",
            $$"""
            "extension":[{"url":"{{Extensions}}minOccurs","valueInteger":2},{"url":"{{Extensions}}maxOccurs","valueInteger":3}]
            """);
        var answers = string.Join(',', Enumerable.Range(0, count).Select(i => $$"""{"valueString":"{{i}}"}"""));
        return ResponseAsync(item, $$"""{"linkId":"q","answer":[{{answers}}]}""", expected);
    }

    [TestMethod]
    public Task Items_are_those_of_the_questionnaire() => ResponseAsync(
        Item("q", "string"), Answered("other", "\"valueString\":\"x\""),
        "response-item-unknown QuestionnaireResponse.item[0]");

    [TestMethod]
    public Task Items_stand_in_the_order_of_the_questionnaire() => ResponseAsync(
        Item("a", "string") + "," + Item("b", "string"),
        Answered("b", "\"valueString\":\"x\"") + "," + Answered("a", "\"valueString\":\"x\""),
        "response-item-order QuestionnaireResponse.item[1]");

    [TestMethod]
    public Task Groups_take_items_and_no_answers() => ResponseAsync(
        """{"linkId":"g","type":"group","item":[{"linkId":"q","type":"string"}]}""",
        """{"linkId":"g","answer":[{"valueString":"x"}]}""",
        "response-item-no-answer QuestionnaireResponse.item[0].answer[0]");

    [TestMethod]
    public Task Questions_inside_of_groups_and_answers_are_found() => ResponseAsync(
        """
        {"linkId":"g","type":"group","item":[{"linkId":"q","type":"string","item":[{"linkId":"r","type":"integer","required":true}]}]}
        """,
        """{"linkId":"g","item":[{"linkId":"q","answer":[{"valueString":"x"}]}]}""",
        "response-item-missing QuestionnaireResponse.item[0].item[0].answer[0]");

    [TestMethod]
    [DataRow("=", "yes", "yes", true)]
    [DataRow("=", "yes", "no", false)]
    [DataRow("!=", "yes", "no", true)]
    [DataRow("!=", "yes", "yes", false)]
    public async Task An_item_is_answered_only_where_it_is_enabled(string op, string wanted, string given, bool isEnabled)
    {
        var items = Item("a", "string") + "," + Item(
            "b", "string", "\"required\":true",
            $$"""
            "enableWhen":[{"question":"a","operator":"{{op}}","answerString":"{{wanted}}"}]
            """);
        var first = Answered("a", $"\"valueString\":\"{given}\"");
        var second = Answered("b", "\"valueString\":\"x\"");
        await ResponseAsync(items, first, isEnabled ? "response-item-missing QuestionnaireResponse" : "");
        await ResponseAsync(
            items, $"{first},{second}", isEnabled ? "" : "response-item-not-enabled QuestionnaireResponse.item[1]");
    }

    [TestMethod]
    [DataRow(">", 3, false)]
    [DataRow(">=", 3, true)]
    [DataRow("<", 4, true)]
    [DataRow("<=", 2, false)]
    public Task Conditions_compare_numbers(string op, int limit, bool isEnabled) => ResponseAsync(
        Item("a", "integer") + "," + Item(
            "b", "string",
            $$"""
            "enableWhen":[{"question":"a","operator":"{{op}}","answerInteger":{{limit}}}]
            """),
        Answered("a", "\"valueInteger\":3") + "," + Answered("b", "\"valueString\":\"x\""),
        isEnabled ? "" : "response-item-not-enabled QuestionnaireResponse.item[1]");

    [TestMethod]
    [DataRow("any", "")]
    [DataRow("all", "response-item-not-enabled QuestionnaireResponse.item[1]")]
    public Task Several_conditions_are_met_all_or_any(string behaviour, string expected) => ResponseAsync(
        Item("a", "string") + "," + Item(
            "b", "string", $"\"enableBehavior\":\"{behaviour}\"",
            """
            "enableWhen":[{"question":"a","operator":"=","answerString":"x"},{"question":"a","operator":"=","answerString":"y"}]
            """),
        Answered("a", "\"valueString\":\"x\"") + "," + Answered("b", "\"valueString\":\"x\""),
        expected);

    [TestMethod]
    [DataRow("choice", "a", "")]
    [DataRow("choice", "c", "response-answer-option QuestionnaireResponse.item[0].answer[0].value")]
    [DataRow("open-choice", "c", "")]
    public Task A_choice_is_one_of_its_options(string type, string code, string expected) => ResponseAsync(
        Item(
            "q", type,
            """
            "answerOption":[{"valueCoding":{"system":"urn:x","code":"a"}},{"valueCoding":{"system":"urn:x","code":"b"}}]
            """),
        Answered("q", $$"""
            "valueCoding":{"system":"urn:x","code":"{{code}}","display":"worded otherwise"}
            """),
        expected);

    [TestMethod]
    [DataRow("male", "")]
    [DataRow("unheard-of", "response-answer-option QuestionnaireResponse.item[0].answer[0].value")]
    public Task A_choice_is_from_its_value_set(string code, string expected) => ResponseAsync(
        Item("q", "choice", "\"answerValueSet\":\"http://hl7.org/fhir/ValueSet/administrative-gender\""),
        Answered("q", $$"""
            "valueCoding":{"system":"http://hl7.org/fhir/administrative-gender","code":"{{code}}"}
            """),
        expected);

    [TestMethod]
    public Task An_answer_is_no_longer_than_it_may_be() => ResponseAsync(
        Item("q", "string", "\"maxLength\":3"), Answered("q", "\"valueString\":\"四个汉字\""),
        "response-answer-too-long QuestionnaireResponse.item[0].answer[0].value");

    [TestMethod]
    public async Task A_calculated_answer_that_differs_is_a_warning()
    {
        const string Calculated = """
            "extension":[{"url":"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression",
            "valueExpression":{"language":"text/fhirpath","expression":"%resource.item.where(linkId='a').answer.value + 1"}}]
            """;
        var items = Item("a", "integer") + "," + Item("b", "integer", Calculated);
        var first = Answered("a", "\"valueInteger\":1");
        Store(items);
        Assert.Contains(
            "response-calculation-differs QuestionnaireResponse.item[1].answer[0].value",
            await _world.AllAsync(Response(first + "," + Answered("b", "\"valueInteger\":5"))));
        Assert.DoesNotContain(
            "response-calculation-differs",
            await _world.AllAsync(Response(first + "," + Answered("b", "\"valueInteger\":2"))));
    }

    [TestMethod]
    public async Task A_questionnaire_that_is_not_here_is_named_and_no_error()
    {
        var issue = (await _world.IssuesAsync(Response(Answered("q", "\"valueString\":\"x\"")))).Single();
        Assert.AreEqual("response-questionnaire-unknown", issue.MessageId);
        Assert.IsFalse(issue.IsError);
    }

    [TestMethod]
    public async Task What_calculates_an_answer_is_FHIRPath() => Assert.Contains(
        "questionnaire-expression-broken Questionnaire.item[0].extension[0].value.expression",
        await _world.ErrorsAsync(Questionnaire(Item(
            "q", "integer",
            """
            "extension":[{"url":"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression",
            "valueExpression":{"language":"text/fhirpath","expression":"1 +"}}]
            """))));

    [TestMethod]
    public async Task A_condition_on_existence_wants_a_boolean()
    {
        string Asked(string answer) => Questionnaire(Item("a", "string") + "," + Item(
            "b", "string", "\"enableWhen\":[{\"question\":\"a\",\"operator\":\"exists\"," + answer + "}]"));
        Assert.AreEqual("", await _world.ErrorsAsync(Asked("\"answerBoolean\":true")));
        Assert.AreEqual(
            "invariant Questionnaire.item[1].enableWhen[0]", await _world.ErrorsAsync(Asked("\"answerString\":\"x\"")));
    }

    [TestMethod]
    [DataRow("absent", "questionnaire-enable-when-unknown Questionnaire.item[0].enableWhen[0].question")]
    [DataRow("q", "questionnaire-enable-when-itself Questionnaire.item[0].enableWhen[0].question")]
    public async Task Conditions_ask_about_other_items_of_the_questionnaire(string asked, string expected) =>
        Assert.AreEqual(expected, await _world.ErrorsAsync(Questionnaire(Item(
            "q", "string",
            $$"""
            "enableWhen":[{"question":"{{asked}}","operator":"exists","answerBoolean":true}]
            """))));

    async Task ResponseAsync(string items, string answers, string expected, string status = "completed")
    {
        Store(items);
        Assert.AreEqual(expected, await _world.ErrorsAsync(Response(answers, status)));
    }

    void Store(string items) => _world.Source.Add(Questionnaire(items));

    static string Questionnaire(string items) => $$"""
        {"resourceType":"Questionnaire","url":"http://example.org/questionnaire","status":"active","item":[{{items}}]}
        """;

    static string Response(string answers, string status = "completed") => $$"""
        {"resourceType":"QuestionnaireResponse","questionnaire":"http://example.org/questionnaire","status":"{{status}}"
        {{(answers.Length > 0 ? $",\"item\":[{answers}]" : "")}}}
        """;

    static string Item(string linkId, string type, params string[] more) =>
        $$"""{"linkId":"{{linkId}}","type":"{{type}}"{{string.Concat(more.Select(m => "," + m))}}}""";

    static string Answered(string linkId, string value) =>
        "{\"linkId\":\"" + linkId + "\",\"answer\":[{" + value + "}]}";
}
