namespace FhirHub.Unit.Profiles.Slicing;

[TestClass]
public sealed class SlicingTests
{
    const string Url = "http://example.org/profile";
    readonly Validating _world = new();

    [TestMethod]
    [DataRow("a", "")]
    [DataRow("a b", "")]
    [DataRow("b", "cardinality-min Patient.identifier")]
    [DataRow("a a", "cardinality-max Patient.identifier")]
    [DataRow("", "cardinality-min Patient.identifier")]
    public Task A_slice_by_value_has_a_cardinality_of_its_own(string systems, string expected) => IdentifiersAsync(
        systems, expected,
        Sliced("open", "value", "system"),
        """ "path":"Patient.identifier","sliceName":"a","min":1,"max":"1" """,
        """ "path":"Patient.identifier.system","fixedUri":"http://example.org/a" """);

    [TestMethod]
    [DataRow("open", "x a", "")]
    [DataRow("closed", "a x", "slice-unmatched Patient.identifier[1]")]
    [DataRow("closed", "a", "")]
    [DataRow("openAtEnd", "a x", "")]
    [DataRow("openAtEnd", "x a", "slice-not-at-end Patient.identifier[1]")]
    public Task What_is_of_no_slice_is_treated_as_the_rules_say(string rules, string systems, string expected) =>
        IdentifiersAsync(
            systems, expected,
            Sliced(rules, "value", "system"),
            """ "path":"Patient.identifier","sliceName":"a" """,
            """ "path":"Patient.identifier.system","fixedUri":"http://example.org/a" """);

    [TestMethod]
    [DataRow("a b", "")]
    [DataRow("b a", "slice-out-of-order Patient.identifier[1]")]
    public Task Ordered_slices_stand_in_their_order(string systems, string expected) => IdentifiersAsync(
        systems, expected,
        Sliced("open", "value", "system", "true"),
        """ "path":"Patient.identifier","sliceName":"a" """,
        """ "path":"Patient.identifier.system","fixedUri":"http://example.org/a" """,
        """ "path":"Patient.identifier","sliceName":"b" """,
        """ "path":"Patient.identifier.system","fixedUri":"http://example.org/b" """);

    [TestMethod]
    [DataRow("pattern")]
    [DataRow("value")]
    public Task A_slice_by_pattern_looks_into_the_element(string kind) => IdentifiersAsync(
        "a", "cardinality-min Patient.identifier[0].value",
        Sliced("open", kind, "$this"),
        """ "path":"Patient.identifier","sliceName":"a","patternIdentifier":{"system":"http://example.org/a"} """,
        """ "path":"Patient.identifier.value","min":1 """);

    [TestMethod]
    [DataRow("\"period\":{\"start\":\"2020\"}", "cardinality-min Patient.identifier[0].value")]
    [DataRow("\"use\":\"old\"", "")]
    public async Task A_slice_by_existence(string identifier, string expected)
    {
        Profile(
            "Patient",
            Sliced("open", "exists", "period"),
            """ "path":"Patient.identifier","sliceName":"timed" """,
            """ "path":"Patient.identifier.period","min":1 """,
            """ "path":"Patient.identifier.value","min":1 """);
        Assert.AreEqual(expected, await _world.ErrorsAsync(
            "{\"resourceType\":\"Patient\",\"identifier\":[{" + identifier + "}]}", Url));
    }

    [TestMethod]
    [DataRow("\"valueQuantity\":{\"value\":1}", "cardinality-min Observation.value.code")]
    [DataRow("\"valueString\":\"x\"", "")]
    public async Task A_slice_by_type(string value, string expected)
    {
        Profile(
            "Observation",
            """ "path":"Observation.value[x]","slicing":{"discriminator":[{"type":"type","path":"$this"}],"rules":"open"} """,
            """ "path":"Observation.value[x]","sliceName":"valueQuantity","type":[{"code":"Quantity"}] """,
            """ "path":"Observation.value[x].code","min":1 """);
        Assert.AreEqual(expected, await _world.ErrorsAsync(Observation(value), Url));
    }

    [TestMethod]
    public async Task The_short_name_of_a_choice_is_a_slice_by_type()
    {
        Profile("Observation", """ "path":"Observation.valueQuantity.code","min":1 """);
        Assert.AreEqual(
            "cardinality-min Observation.value.code",
            await _world.ErrorsAsync(Observation("\"valueQuantity\":{\"value\":1}"), Url));
        Assert.Contains(
            "type-not-permitted Observation.value", await _world.ErrorsAsync(Observation("\"valueString\":\"x\""), Url));
    }

    [TestMethod]
    public async Task A_slice_by_the_profile_of_what_a_reference_leads_to()
    {
        const string Named = "http://example.org/named";
        _world.Source.Add(Named, "Patient", ProfileSource.Base + "Patient", """ "path":"Patient.name","min":1 """);
        Profile(
            "Group",
            """ "path":"Group.member","slicing":{"discriminator":[{"type":"profile","path":"entity.resolve()"}],"rules":"closed"} """,
            """ "path":"Group.member","sliceName":"named" """,
            $$"""
            "path":"Group.member.entity","type":[{"code":"Reference","targetProfile":["{{Named}}"]}]
            """);
        _world.Store("Patient/1", """{"resourceType":"Patient","name":[{"text":"x"}]}""");
        _world.Store("Patient/2", """{"resourceType":"Patient"}""");
        const string Group = """{"resourceType":"Group","type":"person","actual":true,"member":[{"entity":{"reference":"Patient/""";
        Assert.AreEqual("", await _world.ErrorsAsync(Group + "1\"}}]}", Url));
        Assert.AreEqual("slice-unmatched Group.member[0]", await _world.ErrorsAsync(Group + "2\"}}]}", Url));
    }

    [TestMethod]
    public async Task A_slice_by_the_type_of_what_a_reference_leads_to_in_a_bundle()
    {
        Profile(
            "Bundle",
            """ "path":"Bundle.entry","slicing":{"discriminator":[{"type":"type","path":"resource"}],"rules":"closed"} """,
            """ "path":"Bundle.entry","sliceName":"patient","max":"1" """,
            """ "path":"Bundle.entry.resource","type":[{"code":"Patient"}] """);
        const string Patient = """{"resource":{"resourceType":"Patient"}}""";
        Assert.AreEqual("", await _world.ErrorsAsync(Bundle(Patient), Url));
        Assert.AreEqual("cardinality-max Bundle.entry", await _world.ErrorsAsync(Bundle($"{Patient},{Patient}"), Url));
        Assert.AreEqual(
            "slice-unmatched Bundle.entry[0]",
            await _world.ErrorsAsync(Bundle("""{"resource":{"resourceType":"Basic","code":{"text":"x"}}}"""), Url));
    }

    [TestMethod]
    public async Task A_slice_by_the_value_of_an_extension()
    {
        const string Kind = "http://example.org/kind";
        Profile(
            "Patient",
            $$"""
            "path":"Patient.name","slicing":{"discriminator":[{"type":"value","path":"extension('{{Kind}}').value"}],"rules":"open"}
            """,
            """ "id":"Patient.name:legal","path":"Patient.name","sliceName":"legal" """,
            $$"""
            "id":"Patient.name:legal.extension:kind","path":"Patient.name.extension","sliceName":"kind"
            """,
            $$"""
            "id":"Patient.name:legal.extension:kind.url","path":"Patient.name.extension.url","fixedUri":"{{Kind}}"
            """,
            """
            "id":"Patient.name:legal.extension:kind.value[x]","path":"Patient.name.extension.value[x]","type":[{"code":"code"}],
            "fixedCode":"legal"
            """,
            """ "id":"Patient.name:legal.family","path":"Patient.name.family","min":1 """);
        string Named(string kind) => $$"""
            {"resourceType":"Patient","name":[{"text":"x","extension":[{"url":"{{Kind}}","valueCode":"{{kind}}"}]}]}
            """;
        Assert.AreEqual("cardinality-min Patient.name[0].family", await _world.ErrorsAsync(Named("legal"), Url));
        Assert.AreEqual("", await _world.ErrorsAsync(Named("other"), Url));
    }

    [TestMethod]
    public async Task A_slice_by_a_path_through_lists_takes_what_has_it_anywhere()
    {
        const string BloodPressure = "http://hl7.org/fhir/StructureDefinition/bp";
        const string Loinc = "http://loinc.org";
        string Component(string code) => $$"""
            {"code":{"coding":[{"system":"http://example.org","code":"own"},{"system":"{{Loinc}}","code":"{{code}}"}]},
            "valueQuantity":{"value":1,"unit":"mmHg","system":"http://unitsofmeasure.org","code":"mm[Hg]"} }
            """;
        string Pressure(params string[] components) => $$"""
            {"resourceType":"Observation","status":"final","subject":{"reference":"Patient/1"},"effectiveDateTime":"2020-01-01",
            "category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"vital-signs"}]}],
            "code":{"coding":[{"system":"{{Loinc}}","code":"85354-9"}]},"component":[{{string.Join(",", components)}}]}
            """;
        Assert.AreEqual(
            "", await _world.ErrorsAsync(Pressure(Component("8480-6"), Component("8462-4")), BloodPressure));
        Assert.AreEqual(
            "cardinality-min Observation.component",
            await _world.ErrorsAsync(Pressure(Component("8480-6"), Component("1234-5")), BloodPressure));
    }

    [TestMethod]
    public async Task A_slice_of_a_slice_counts_within_it()
    {
        Profile(
            "Patient",
            Sliced("open", "value", "system"),
            """ "id":"Patient.identifier:a","path":"Patient.identifier","sliceName":"a","slicing":{"discriminator":[{"type":"value","path":"use"}],"rules":"closed"} """,
            """ "id":"Patient.identifier:a.system","path":"Patient.identifier.system","fixedUri":"http://example.org/a" """,
            """ "id":"Patient.identifier:a/old","path":"Patient.identifier","sliceName":"a/old","max":"1" """,
            """ "id":"Patient.identifier:a/old.use","path":"Patient.identifier.use","fixedCode":"old" """);
        const string Old = """{"system":"http://example.org/a","use":"old","value":"1"}""";
        const string Usual = """{"system":"http://example.org/a","use":"usual","value":"1"}""";
        string Patient(string identifiers) => $$"""{"resourceType":"Patient","identifier":[{{identifiers}}]}""";
        Assert.AreEqual("", await _world.ErrorsAsync(Patient(Old), Url));
        Assert.AreEqual("cardinality-max Patient.identifier", await _world.ErrorsAsync(Patient($"{Old},{Old}"), Url));
        Assert.AreEqual(
            "slice-unmatched Patient.identifier[1]", await _world.ErrorsAsync(Patient($"{Old},{Usual}"), Url));
    }

    [TestMethod]
    public async Task What_is_of_no_slice_is_of_the_default_slice_where_there_is_one()
    {
        Profile(
            "Patient",
            Sliced("closed", "value", "system"),
            """ "id":"Patient.identifier:a","path":"Patient.identifier","sliceName":"a" """,
            """ "id":"Patient.identifier:a.system","path":"Patient.identifier.system","fixedUri":"http://example.org/a" """,
            """ "id":"Patient.identifier:@default","path":"Patient.identifier","sliceName":"@default","max":"1" """,
            """ "id":"Patient.identifier:@default.value","path":"Patient.identifier.value","min":1 """);
        string Patient(string identifiers) => $$"""{"resourceType":"Patient","identifier":[{{identifiers}}]}""";
        const string Slice = """{"system":"http://example.org/a"}""";
        Assert.AreEqual("", await _world.ErrorsAsync(Patient(Slice + """,{"value":"1"}"""), Url));
        Assert.AreEqual(
            "cardinality-min Patient.identifier[1].value",
            await _world.ErrorsAsync(Patient(Slice + ",{\"use\":\"old\"}"), Url));
        Assert.AreEqual(
            "cardinality-max Patient.identifier",
            await _world.ErrorsAsync(Patient("""{"value":"1"},{"value":"2"}"""), Url));
    }

    [TestMethod]
    public async Task A_slice_by_position_is_the_occurrence_at_its_place()
    {
        Profile(
            "Patient",
            """ "path":"Patient.name","slicing":{"discriminator":[{"type":"position","path":"$this"}],"rules":"open"} """,
            """ "path":"Patient.name","sliceName":"first" """,
            """ "path":"Patient.name.family","min":1 """);
        Assert.AreEqual(
            "", await _world.ErrorsAsync("""{"resourceType":"Patient","name":[{"family":"a"},{"text":"b"}]}""", Url));
        Assert.AreEqual(
            "cardinality-min Patient.name[0].family",
            await _world.ErrorsAsync("""{"resourceType":"Patient","name":[{"text":"b"},{"family":"a"}]}""", Url));
    }

    [TestMethod]
    [DataRow("\"valueCodeableConcept\":{\"coding\":[{\"system\":\"urn:x\",\"code\":\"a\"}]}", "cardinality-min Observation.component[0].interpretation")]
    [DataRow("\"valueString\":\"a\"", "")]
    public async Task A_discriminator_may_go_through_one_type_of_a_choice(string value, string expected)
    {
        Profile(
            "Observation",
            """ "path":"Observation.component","slicing":{"discriminator":[{"type":"value","path":"value.ofType(CodeableConcept)"}],"rules":"open"} """,
            """ "id":"Observation.component:a","path":"Observation.component","sliceName":"a" """,
            """ "id":"Observation.component:a.value[x]","path":"Observation.component.value[x]","type":[{"code":"CodeableConcept"}],"patternCodeableConcept":{"coding":[{"system":"urn:x","code":"a"}]} """,
            """ "id":"Observation.component:a.interpretation","path":"Observation.component.interpretation","min":1 """);
        Assert.AreEqual(expected, await _world.ErrorsAsync(
            "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"text\":\"x\"},\"component\":[{\"code\":{\"text\":\"y\"},"
            + value + "}]}",
            Url));
    }

    [TestMethod]
    public async Task Without_a_discriminator_what_conforms_is_of_the_slice()
    {
        Profile(
            "Patient",
            """ "path":"Patient.name","slicing":{"rules":"open","description":"by content"} """,
            """ "path":"Patient.name","sliceName":"full","min":1 """,
            """ "path":"Patient.name.family","min":1 """);
        Assert.AreEqual(
            "", await _world.ErrorsAsync("""{"resourceType":"Patient","name":[{"text":"x"},{"family":"y"}]}""", Url));
        Assert.AreEqual(
            "cardinality-min Patient.name",
            await _world.ErrorsAsync("""{"resourceType":"Patient","name":[{"text":"x"}]}""", Url));
    }

    [TestMethod]
    public async Task What_is_said_of_the_element_holds_for_its_slices_as_well()
    {
        Profile(
            "Patient",
            Sliced("open", "value", "system"),
            """ "id":"Patient.identifier.value","path":"Patient.identifier.value","min":1 """,
            """ "id":"Patient.identifier:a","path":"Patient.identifier","sliceName":"a" """,
            """ "id":"Patient.identifier:a.system","path":"Patient.identifier.system","fixedUri":"http://example.org/a" """);
        Assert.AreEqual(
            "cardinality-min Patient.identifier[0].value\ncardinality-min Patient.identifier[1].value",
            await _world.ErrorsAsync(
                """
                {"resourceType":"Patient","identifier":[{"system":"http://example.org/a"},{"system":"http://example.org/b"}]}
                """,
                Url));
    }

    async Task IdentifiersAsync(string systems, string expected, params string[] elements)
    {
        Profile("Patient", elements);
        var identifiers = string.Join(
            ',', systems.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(s => $$"""{"system":"http://example.org/{{s}}"}"""));
        var json = identifiers.Length == 0
            ? """{"resourceType":"Patient"}"""
            : $$"""{"resourceType":"Patient","identifier":[{{identifiers}}]}""";
        Assert.AreEqual(expected, await _world.ErrorsAsync(json, Url));
    }

    void Profile(string type, params string[] elements) =>
        _world.Source.Add(Url, type, ProfileSource.Base + type, elements);

    static string Sliced(string rules, string kind, string path, string ordered = "false") =>
        "\"path\":\"Patient.identifier\",\"slicing\":{\"discriminator\":[{\"type\":\"" + kind + "\",\"path\":\"" + path
        + "\"}],\"ordered\":" + ordered + ",\"rules\":\"" + rules + "\"}";

    static string Observation(string value) =>
        "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"text\":\"x\"}," + value + "}";

    static string Bundle(string entries) => """{"resourceType":"Bundle","type":"collection","entry":[""" + entries + "]}";
}
