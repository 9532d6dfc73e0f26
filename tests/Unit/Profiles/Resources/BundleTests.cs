namespace FhirHub.Unit.Profiles.Resources;

[TestClass]
public sealed class BundleTests
{
    const string Composition = """
        {"resourceType":"Composition","status":"final","type":{"text":"x"},"date":"2020","author":[{"display":"x"}],"title":"x",
        "subject":{"reference":"urn:uuid:05f2e1a0-0000-4000-8000-000000000001"}}
        """;

    const string Head = """
        {"resourceType":"Bundle","type":"document","timestamp":"2020-01-01T00:00:00Z","identifier":{"system":"urn:x","value":"1"},
        "entry":[
        """;

    readonly Validating _world = new();

    [TestMethod]
    public async Task A_document_holds_what_it_refers_to()
    {
        var composition = Entry("urn:uuid:05f2e1a0-0000-4000-8000-000000000000", Composition);
        var patient = Entry("urn:uuid:05f2e1a0-0000-4000-8000-000000000001", """{"resourceType":"Patient"}""");
        Assert.AreEqual("", await _world.ErrorsAsync($"{Head}{composition},{patient}]}}"));
        Assert.AreEqual(
            "bundle-reference-not-found Bundle.entry[0].resource.subject",
            await _world.ErrorsAsync($"{Head}{composition}]}}"));
    }

    [TestMethod]
    public async Task What_nothing_in_a_document_leads_to_is_said()
    {
        var composition = Entry("urn:uuid:05f2e1a0-0000-4000-8000-000000000000", Composition);
        var patient = Entry("urn:uuid:05f2e1a0-0000-4000-8000-000000000001", """{"resourceType":"Patient"}""");
        var other = Entry("urn:uuid:05f2e1a0-0000-4000-8000-000000000002", """{"resourceType":"Patient"}""");
        Assert.Contains(
            "bundle-entry-unreachable Bundle.entry[2].resource",
            await _world.AllAsync($"{Head}{composition},{patient},{other}]}}"));
    }

    [TestMethod]
    public async Task A_document_begins_with_a_composition()
    {
        var patient = Entry("urn:uuid:05f2e1a0-0000-4000-8000-000000000001", """{"resourceType":"Patient"}""");
        var issues = await _world.IssuesAsync($"{Head}{patient}]}}");
        Assert.IsTrue(issues.Any(i => i.IsError && i.Text.StartsWith("bdl-11", StringComparison.Ordinal)));
    }

    [TestMethod]
    [DataRow("http://example.org/fhir/Patient/1", "")]
    [DataRow("http://example.org/fhir/Patient/2", "bundle-full-url-differs Bundle.entry[0].fullUrl")]
    [DataRow("http://example.org/fhir/Group/1", "bundle-full-url-differs Bundle.entry[0].fullUrl")]
    [DataRow("Patient/1", "bundle-full-url-relative Bundle.entry[0].fullUrl")]
    [DataRow("urn:uuid:05f2e1a0-0000-4000-8000-000000000001", "")]
    public async Task A_full_url_is_absolute_and_names_the_resource(string url, string expected) => Assert.AreEqual(
        expected,
        await _world.ErrorsAsync(Collection(Entry(url, """{"resourceType":"Patient","id":"1"}"""))));

    [TestMethod]
    public async Task A_relative_reference_is_read_from_the_server_its_entry_came_from()
    {
        const string Observation = """
            {"resourceType":"Observation","id":"1","status":"final","code":{"text":"x"},"subject":{"reference":"Patient/1"},
            "focus":[{"reference":"http://b.example/fhir/Patient/1"}]}
            """;
        const string Url = "http://example.org/profile";
        _world.Source.Add(
            Url, "Bundle", ProfileSource.Base + "Bundle",
            """ "path":"Bundle.entry.resource","type":[{"code":"Resource"}] """);
        Assert.AreEqual("", await _world.AllAsync(
            Collection(
                Entry("http://a.example/fhir/Observation/1", Observation),
                Entry("http://a.example/fhir/Patient/1", """{"resourceType":"Patient","id":"1"}""")),
            Url));
    }

    [TestMethod]
    public async Task A_reference_by_URN_leads_into_its_bundle()
    {
        const string Urn = "urn:uuid:05f2e1a0-0000-4000-8000-000000000001";
        const string Group = """
            {"resourceType":"Group","id":"1","type":"person","actual":true,"member":[{"entity":{"reference":"urn:uuid:05f2e1a0-0000-4000-8000-000000000001"}}]}
            """;
        var group = Entry("http://a.example/fhir/Group/1", Group);
        Assert.AreEqual(
            "", await _world.AllAsync(Collection(group, Entry(Urn, """{"resourceType":"Patient"}"""))));
        Assert.AreEqual(
            "bundle-urn-not-found Bundle.entry[0].resource.member[0].entity", await _world.AllAsync(Collection(group)));
    }

    [TestMethod]
    public async Task Resources_in_a_bundle_are_validated_as_what_they_say_they_are()
    {
        _world.Source.Add(
            "http://example.org/named", "Patient", ProfileSource.Base + "Patient", """ "path":"Patient.name","min":1 """);
        Assert.AreEqual(
            "cardinality-min Bundle.entry[0].resource.name",
            await _world.ErrorsAsync(Collection(Entry(
                "http://a.example/fhir/Patient/1",
                """{"resourceType":"Patient","id":"1","meta":{"profile":["http://example.org/named"]}}"""))));
    }

    [TestMethod]
    public async Task Contained_resources_have_ids_and_each_its_own()
    {
        const string Group = """{"resourceType":"Group","type":"person","actual":true,"contained":[""";
        const string Members = "\"member\":[{\"entity\":{\"reference\":\"#a\"}}]}";
        Assert.Contains("contained-no-id Group.contained[0]", await _world.ErrorsAsync(
            Group + """{"resourceType":"Patient"}]}"""));
        Assert.AreEqual("contained-duplicate-id Group.contained[1]", await _world.ErrorsAsync(
            Group + """{"resourceType":"Patient","id":"a"},{"resourceType":"Patient","id":"a"}],""" + Members));
    }

    static string Entry(string url, string resource) => $$"""{"fullUrl":"{{url}}","resource":{{resource}}}""";

    static string Collection(params string[] entries) =>
        $$"""{"resourceType":"Bundle","type":"collection","entry":[{{string.Join(",", entries)}}]}""";
}
