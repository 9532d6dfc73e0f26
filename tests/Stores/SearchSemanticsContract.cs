using System.Text.Json.Nodes;
using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;

namespace FhirHub.Stores;

/// <summary>What https://hl7.org/fhir/R4/search.html says of single cases, asked as a query string.</summary>
public abstract partial class SearchSemanticsContract
{
    const string Base = "http://hub.example/fhir";

    readonly SearchParser _parser = new(ParameterCatalog.R4, SearchZone.China, TimeProvider.System);

    protected abstract StoragePair Create();

    [TestMethod]
    [DataRow("gender=http://hl7.org/fhir/administrative-gender|male", "m")]
    [DataRow("gender=male", "m")]
    [DataRow("gender=|male", "")]
    [DataRow("gender=http://hl7.org/fhir/administrative-gender|", "f m")]
    [DataRow("gender=http://other.example|male", "")]
    [DataRow("gender:not=http://hl7.org/fhir/administrative-gender|male", "none f")]
    [DataRow("gender:not=|male", "none f m")]
    [DataRow("_filter=gender ne http://hl7.org/fhir/administrative-gender|male", "f")]
    [DataRow("_filter=gender ne http://other.example|male", "f m")]
    [DataRow("gender:missing=true", "none")]
    public Task Codes_have_the_system_of_their_value_set(string search, string expected) => Finds(
        "Patient",
        search,
        expected,
        """{"resourceType":"Patient","id":"m","gender":"male"}""",
        """{"resourceType":"Patient","id":"f","gender":"female"}""",
        """{"resourceType":"Patient","id":"none"}""");

    [TestMethod]
    [DataRow("family=obrien", "irish")]
    [DataRow("family=o'brien", "irish")]
    [DataRow("family=O’Brien", "irish")]
    [DataRow("name=obrien mary-ann", "irish")]
    [DataRow("name=obrien  maryann", "irish")]
    [DataRow("family:exact=OBrien", "")]
    [DataRow("family:exact=O'Brien", "irish")]
    [DataRow("family:contains=BRI(E)N", "irish")]
    [DataRow("name=买买提艾力", "uyghur")]
    [DataRow("name=买买提。艾力", "uyghur")]
    [DataRow("name=买买提•艾力", "uyghur")]
    [DataRow("name:contains=提-艾", "uyghur")]
    [DataRow("address=北京路1号，3楼", "han")]
    [DataRow("address=北京路1号3楼", "han")]
    [DataRow("address=a b", "han")]
    [DataRow("_filter=family eq obrien", "irish")]
    public Task Punctuation_and_spaces_of_no_meaning_do_not_count(string search, string expected) => Finds(
        "Patient",
        search,
        expected,
        """{"resourceType":"Patient","id":"irish","name":[{"family":"O'Brien","given":["Mary-Ann"]}]}""",
        """{"resourceType":"Patient","id":"uyghur","name":[{"text":"买买提·艾力"}]}""",
        """{"resourceType":"Patient","id":"han","address":[{"line":["（北京路）1号，3楼","A , B"]}]}""");

    [TestMethod]
    [DataRow("value-quantity=ge5", "above at")]
    [DataRow("value-quantity=eb5", "below")]
    [DataRow("value-quantity=lt5", "at below")]
    [DataRow("value-quantity=gt4.99", "above at below")]
    [DataRow("value-quantity=ge5000|http://unitsofmeasure.org|mg", "above at")]
    [DataRow("value-quantity=eb5000|http://unitsofmeasure.org|mg", "below")]
    [DataRow("value-quantity=sa7", "above")]
    [DataRow("value-quantity=le7", "at below")]
    [DataRow("_filter=value-quantity co 7", "")]
    [DataRow("_filter=value-quantity co 8", "above")]
    [DataRow("_filter=value-quantity co 5", "at")]
    [DataRow("_filter=value-quantity co 4.5|ucum|g", "at below")]
    public Task A_comparator_does_not_reach_its_number(string search, string expected) => Finds(
        "Observation",
        search,
        expected,
        Observation("below", "<", 5),
        Observation("at", "<=", 5),
        Observation("above", ">", 7));

    /// <summary>The precision of 1.0E2 covers 95 up to and without 105, and a Range has both its ends.</summary>
    [TestMethod]
    [DataRow("onset-age=1.0E2", "inside")]
    [DataRow("onset-age=ne1.0E2", "outside")]
    [DataRow("onset-age=1.0E2|http://unitsofmeasure.org|a", "inside")]
    [DataRow("onset-age=ne1.0E2|http://unitsofmeasure.org|a", "outside")]
    [DataRow("onset-age=1200|http://unitsofmeasure.org|mo", "")]
    public Task A_range_equals_a_number_whose_precision_holds_all_of_it(string search, string expected) => Finds(
        "Condition", search, expected, Onset("inside", 104), Onset("outside", 105));

    static string Onset(string id, int high) => $$"""
        {"resourceType":"Condition","id":"{{id}}","subject":{"display":"x"},"onsetRange":{
         "low":{"value":95,"system":"http://unitsofmeasure.org","code":"a"},
         "high":{"value":{{high}},"system":"http://unitsofmeasure.org","code":"a"} } }
        """;

    static string Observation(string id, string comparator, int value) => $$"""
        {"resourceType":"Observation","id":"{{id}}","status":"final","code":{"text":"x"},"valueQuantity":{"value":{{value}},
         "comparator":"{{comparator}}","unit":"g","system":"http://unitsofmeasure.org","code":"g"} }
        """;

    [TestMethod]
    [DataRow("contenttype:below=text/xml", "upper charset plain")]
    [DataRow("contenttype:below=urn:ietf:bcp:13|text/xml", "upper charset plain")]
    [DataRow("contenttype:below=text/plain", "")]
    [DataRow("contenttype=text/xml", "upper plain")]
    public Task Below_a_media_type_are_those_with_parameters(string search, string expected) => Finds(
        "DocumentReference",
        search,
        expected,
        Document("plain", "text/xml"),
        Document("longer", "text/xml-external-parsed-entity"),
        Document("charset", "text/xml; charset=utf-8"),
        Document("upper", "TEXT/XML"));

    static string Document(string id, string type) => $$"""
        {"resourceType":"DocumentReference","id":"{{id}}","status":"current",
         "content":[{"attachment":{"contentType":"{{type}}"} }]}
        """;

    [TestMethod]
    [DataRow("instantiates-canonical:below=http://a.example/p", "ten two one none beta")]
    [DataRow("instantiates-canonical:below=http://a.example/p|1", "one")]
    [DataRow("instantiates-canonical:below=http://a.example/p|1.2", "one")]
    [DataRow("instantiates-canonical:above=http://a.example/p|1.2.3", "one none")]
    [DataRow("instantiates-canonical:above=http://a.example/p|2.2", "two none")]
    [DataRow("instantiates-canonical:above=http://a.example/p", "none")]
    [DataRow("instantiates-canonical:below=http://a.example", "")]
    public Task Below_a_canonical_are_its_versions(string search, string expected) => Finds(
        "CarePlan",
        search,
        expected,
        Plan("beta", "|1-a"),
        Plan("none", ""),
        Plan("one", "|1.2"),
        Plan("two", "|2"),
        Plan("ten", "|10"),
        Plan("longer", "/x"));

    static string Plan(string id, string version) => $$"""
        {"resourceType":"CarePlan","id":"{{id}}","status":"active","intent":"plan","subject":{"display":"x"},
         "instantiatesCanonical":["http://a.example/p{{version}}"]}
        """;

    [TestMethod]
    [DataRow("Location", "partof:below=house", "near bed room ward")]
    [DataRow("Location", "partof:below=room", "near bed")]
    [DataRow("Location", "partof:below=Location/room", "near bed")]
    [DataRow("Location", "partof:above=room", "bed room ward")]
    [DataRow("Location", "partof:above=near", "near bed room ward")]
    [DataRow("Encounter", "location:above=near", "e3 e2 e1")]
    [DataRow("Encounter", "location:below=bed", "e3 e2")]
    [DataRow("Encounter", "status=planned&location:below=bed", "e3")]
    [DataRow("Location", "partof:above=house", "ward")]
    [DataRow("Location", "partof:below=ring1", "ring2 ring1")]
    [DataRow("Location", "partof:below=nowhere", "")]
    [DataRow("Encounter", "location:below=house", "e3 e2 e1")]
    [DataRow("Encounter", "location:below=near", "e3")]
    [DataRow("Encounter", "location:above=bed", "e2 e1")]
    [DataRow("Encounter", "location:above=ward", "e1")]
    [DataRow("Encounter", "location:below=http://hub.example/fhir/Location/house", "e3 e2 e1")]
    [DataRow("Encounter", "location.partof:below=house", "e3 e2 e1")]
    [DataRow("Encounter", "status=planned&location:below=house", "e3 e1")]
    public Task Below_a_place_is_what_is_part_of_it(string type, string search, string expected) => Finds(
        type,
        search,
        expected,
        Place("house", null),
        Place("ward", "Location/house"),
        Place("room", "Location/ward"),
        Place("bed", "Location/room"),
        Place("far", "http://other.example/fhir/Location/room"),
        Place("near", "http://hub.example/fhir/Location/bed"),
        Place("ring1", "Location/ring2"),
        Place("ring2", "Location/ring1"),
        Encounter("e1", "planned", "Location/ward"),
        Encounter("e2", "finished", "Location/bed"),
        Encounter("e3", "planned", "http://hub.example/fhir/Location/near"));

    static string Place(string id, string? whole) => $$"""
        {"resourceType":"Location","id":"{{id}}"{{(whole is null ? "" : $$""","partOf":{"reference":"{{whole}}"}""")}}}
        """;

    static string Encounter(string id, string status, string place) => $$"""
        {"resourceType":"Encounter","id":"{{id}}","status":"{{status}}","class":{"code":"AMB"},
         "location":[{"location":{"reference":"{{place}}"} }]}
        """;

    [TestMethod]
    [DataRow("subject.gender=male", "versioned own local")]
    [DataRow("subject:Patient.gender=female", "")]
    [DataRow("subject=p", "versioned own local")]
    [DataRow("subject=Patient/p", "versioned own local")]
    [DataRow("subject:Patient=p", "versioned own local")]
    [DataRow("subject=http://hub.example/fhir/Patient/p", "versioned own local")]
    [DataRow("subject=Patient/p/_history/1", "versioned")]
    [DataRow("subject=http://other.example/fhir/Patient/p", "foreign")]
    [DataRow("subject=http://other.example/fhir/Patient/p/_history/2", "foreign")]
    [DataRow("subject.name=nobody", "")]
    [DataRow("subject.gender=male&status=final", "own local")]
    public Task References_may_begin_with_the_servers_own_base(string search, string expected) => Finds(
        "Observation", search, expected, OwnBase);

    [TestMethod]
    [DataRow("_has:Observation:subject:status=final", "p")]
    [DataRow("_has:Observation:subject:status=amended", "p")]
    [DataRow("_has:Observation:subject:status=registered", "")]
    [DataRow("gender=male&_has:Observation:subject:status=amended", "p")]
    [DataRow("_id=p&_has:Observation:subject:status=registered", "")]
    public Task Reverse_chains_follow_the_servers_own_base(string search, string expected) => Finds(
        "Patient", search, expected, OwnBase);

    [TestMethod]
    public async Task Includes_and_compartments_follow_the_servers_own_base()
    {
        await using var pair = await FilledAsync(OwnBase);
        Assert.AreEqual("Patient/p", await IncludedAsync(pair, "Observation", "_id=own&_include=Observation:subject"));
        Assert.AreEqual("Patient/p", await IncludedAsync(pair, "Observation", "_id=versioned&_include=*"));
        Assert.AreEqual("", await IncludedAsync(pair, "Observation", "_id=foreign&_include=*"));
        Assert.AreEqual(
            "Observation/local Observation/own Observation/versioned",
            await IncludedAsync(pair, "Patient", "_id=p&_revinclude=Observation:subject"));
        var compartment = new Compartment("Patient", "p");
        Assert.AreEqual("versioned own local", Ids(await PageAsync(pair, "Observation", "", compartment)));
        Assert.AreEqual("versioned", Ids(await PageAsync(pair, "Observation", "status=amended", compartment)));
    }

    static readonly string[] OwnBase =
    [
        """{"resourceType":"Patient","id":"p","gender":"male"}""",
        About("local", "final", "Patient/p"),
        About("own", "final", $"{Base}/Patient/p"),
        About("versioned", "amended", $"{Base}/Patient/p/_history/1"),
        About("foreign", "registered", "http://other.example/fhir/Patient/p/_history/2"),
    ];

    static string About(string id, string status, string subject) => $$"""
        {"resourceType":"Observation","id":"{{id}}","status":"{{status}}","code":{"text":"x"},
         "subject":{"reference":"{{subject}}"} }
        """;

    [TestMethod]
    [DataRow("CarePlan", "instantiates-canonical:PlanDefinition.name=second", "any two")]
    [DataRow("CarePlan", "instantiates-canonical:PlanDefinition.name=first", "any one")]
    [DataRow("CarePlan", "instantiates-canonical:PlanDefinition.name=other", "")]
    [DataRow("CarePlan", "status=active&instantiates-canonical:PlanDefinition.name=first", "any one")]
    [DataRow("PlanDefinition", "_has:CarePlan:instantiates-canonical:_id=any", "p2 p1")]
    [DataRow("PlanDefinition", "_has:CarePlan:instantiates-canonical:_id=one", "p1")]
    [DataRow("PlanDefinition", "status=draft&_has:CarePlan:instantiates-canonical:_id=two", "p2")]
    [DataRow("PlanDefinition", "_has:CarePlan:instantiates-canonical:_id=none", "")]
    public Task Canonicals_are_chained(string type, string search, string expected) => Finds(
        type, search, expected, Canonicals);

    [TestMethod]
    public async Task Canonicals_are_included_both_ways()
    {
        await using var pair = await FilledAsync(Canonicals);
        const string Forward = "_include=CarePlan:instantiates-canonical";
        Assert.AreEqual(
            "PlanDefinition/p1 PlanDefinition/p2", await IncludedAsync(pair, "CarePlan", $"_id=any&{Forward}"));
        Assert.AreEqual("PlanDefinition/p2", await IncludedAsync(pair, "CarePlan", $"_id=two&{Forward}"));
        const string Backward = "_revinclude=CarePlan:instantiates-canonical";
        Assert.AreEqual(
            "CarePlan/any CarePlan/one", await IncludedAsync(pair, "PlanDefinition", $"_id=p1&{Backward}"));
        Assert.AreEqual(
            "CarePlan/any CarePlan/two", await IncludedAsync(pair, "PlanDefinition", $"_id=p2&{Backward}"));
    }

    static readonly string[] Canonicals =
    [
        """{"resourceType":"PlanDefinition","id":"p1","url":"http://a.example/p","version":"1A","name":"first","status":"draft"}""",
        """{"resourceType":"PlanDefinition","id":"p2","url":"http://a.example/p","version":"2","name":"second","status":"draft"}""",
        """{"resourceType":"PlanDefinition","id":"p3","url":"http://a.example/q","name":"other","status":"draft"}""",
        Plan("two", "|2"),
        Plan("one", "|1A"),
        Plan("none", "|3"),
        Plan("any", ""),
    ];

    [TestMethod]
    [DataRow("MedicationRequest", "medication.code=a", "both inside outside")]
    [DataRow("MedicationRequest", "medication.code=b", "")]
    [DataRow("MedicationRequest", "medication:Medication.code=urn:x|a&status=draft", "both inside")]
    [DataRow("MedicationRequest", "medication.code:not=a", "")]
    [DataRow("MedicationRequest", "medication.status:missing=true", "both inside outside")]
    [DataRow("MedicationRequest", "medication.manufacturer.name=maker", "both inside")]
    [DataRow("MedicationRequest", "requester.name=who", "both")]
    [DataRow("MedicationRequest", "medication:missing=true", "without")]
    [DataRow("MedicationRequest", "medication:missing=false", "both inside outside")]
    [DataRow("MedicationRequest", "_filter=medication pr true and status eq draft", "both inside")]
    [DataRow("MedicationRequest", "_filter=medication._lastUpdated pr true", "outside")]
    [DataRow("MedicationRequest", "_filter=_lastUpdated pr true and status eq draft", "both inside")]
    [DataRow("MedicationRequest", "_filter=_lastUpdated pr false", "")]
    [DataRow("Medication", "code=a", "m")]
    [DataRow("Medication", "code=a&_contained=false", "m")]
    [DataRow("Medication", "code=a&_contained=true", "both inside")]
    [DataRow("Medication", "code=a,b&_contained=true", "both inside")]
    [DataRow("Medication", "code=a&_contained=both", "both inside m")]
    [DataRow("Medication", "_contained=true&_containedType=contained&code=a", "m1 m1")]
    [DataRow("Medication", "_contained=true&_containedType=contained&code=b", "m2")]
    [DataRow("Medication", "_contained=both&_containedType=contained&code=a", "m m1 m1")]
    [DataRow("Medication", "_contained=true&_containedType=contained&_id=m2", "m2")]
    [DataRow("Medication", "_contained=true&_id=M2,m", "")]
    [DataRow("Medication", "_contained=true&code:not=a", "both")]
    [DataRow("Medication", "_contained=true&_lastUpdated=gt2020", "")]
    [DataRow("Medication", "_contained=true&manufacturer.name=maker", "both inside")]
    [DataRow("Medication", "_contained=true&_containedType=contained&_sort=-code", "m2 m1 m1")]
    [DataRow("Medication", "_contained=true&_sort=code", "both inside")]
    [DataRow("Medication", "_contained=true&status:missing=true&manufacturer:missing=true", "both")]
    [DataRow("MedicationRequest", "_contained=both&status=draft", "both inside")]
    [DataRow("Patient", "_contained=true", "")]
    public Task Contained_resources_are_searched_inside(string type, string search, string expected) => Finds(
        type, search, expected, Contained);

    [TestMethod]
    public Task What_is_contained_is_part_of_nothing_elsewhere() => Finds(
        "Condition",
        "evidence-detail:above=Location/l",
        "",
        """{"resourceType":"Location","id":"l","contained":[{"resourceType":"Basic","id":"c"}],"partOf":{"reference":"#c"}}""",
        """
        {"resourceType":"Condition","contained":[{"resourceType":"Basic","id":"b"}],"id":"x",
         "evidence":[{"detail":[{"reference":"#b"}]}]}
        """);

    /// <summary>A compartment's definition names parameters, and what is contained has them like others.</summary>
    [TestMethod]
    [DataRow("Observation", "_contained=true", "mine both")]
    [DataRow("Observation", "_contained=both", "mine both plain")]
    [DataRow("Observation", "_contained=true&_containedType=contained&_sort=code", "a b")]
    [DataRow("Observation", "_contained=true&code=b", "mine")]
    [DataRow("Observation", "_contained=true&code=c", "")]
    [DataRow("Patient", "_contained=true", "linked")]
    [DataRow("DiagnosticReport", "_contained=true", "")]
    public async Task Contained_resources_are_in_a_compartment_by_what_they_refer_to(
        string type, string search, string expected)
    {
        string[] resources =
        [
            """{"resourceType":"Patient","id":"p","active":true}""",
            Seen("plain", "Patient/p", "a"),
            Report("both", "Patient/q", Seen("x", "Patient/p", "a"), Seen("y", "Patient/q", "c")),
            Report("mine", "Patient/p", Seen("x", Base + "/Patient/p", "b"), Seen("y", "Patient/q", "c")),
            Report("other", "Patient/p", Seen("x", "#pat", "c"), """{"resourceType":"Patient","id":"pat"}"""),
            Report("linked", "Patient/q", """
                {"resourceType":"Patient","id":"p","link":[{"other":{"reference":"Patient/p"},"type":"seealso"}]}
                """),
        ];
        await using var pair = await FilledAsync(resources);
        var page = await PageAsync(pair, type, search + "&_total=accurate", new Compartment("Patient", "p"));
        var found = page.Matches.Select(m => m.Container is null ? m.Key.Id : Code(m));
        Assert.AreEqual(expected, string.Join(' ', found));
        Assert.AreEqual(page.Matches.Count, page.Total);

        static string Code(StoredResource observation) => JsonNode.Parse(observation.Json.Span)
            !["code"]!["coding"]![0]!["code"]!.ToString();

        static string Seen(string id, string subject, string code) => $$$"""
            {"resourceType":"Observation","id":"{{{id}}}","status":"final","code":{"coding":[{"code":"{{{code}}}"}]},
             "subject":{"reference":"{{{subject}}}"}}
            """;

        static string Report(string id, string subject, params string[] contained) => $$"""
            {"resourceType":"DiagnosticReport","id":"{{id}}","status":"final","code":{"text":"x"},
             "subject":{"reference":"{{subject}}"},"contained":[{{string.Join(',', contained)}}]}
            """;
    }

    [TestMethod]
    public Task A_chain_into_the_resource_itself_finds_whole_addresses_of_this_server() => Finds(
        "MedicationRequest",
        "medication.manufacturer=Organization/o",
        "inside",
        """{"resourceType":"Medication","id":"m","manufacturer":{"reference":"Organization/o"}}""",
        Request("inside", "#m", Inside("m", "a", $$""","manufacturer":{"reference":"{{Base}}/Organization/o"}""")),
        Request("other", "#m", Inside("m", "a", $$""","manufacturer":{"reference":"{{Base}}/Organization/p"}""")));

    [TestMethod]
    public async Task A_contained_match_is_given_as_the_parameters_say()
    {
        await using var pair = await FilledAsync(Contained);
        const string Search = "_contained=true&code=b&_total=accurate";
        var container = (await PageAsync(pair, "Medication", Search)).Matches[0];
        Assert.AreEqual("MedicationRequest/both", container.Key.ToString());
        Assert.IsNull(container.Container);

        var page = await PageAsync(pair, "Medication", $"{Search}&_containedType=contained");
        Assert.AreEqual(1, page.Total);
        var contained = page.Matches[0];
        Assert.AreEqual("Medication/m2", contained.Key.ToString());
        Assert.AreEqual("MedicationRequest/both", contained.Container?.ToString());
        StringAssert.StartsWith(
            System.Text.Encoding.UTF8.GetString(contained.Json.Span), """{"resourceType":"Medication","id":"m2",""");
    }

    [TestMethod]
    public async Task What_is_contained_comes_in_pages_of_one_moment_and_goes_with_its_container()
    {
        await using var pair = await FilledAsync(Contained);
        var query = _parser.Parse(
            new SearchScope { Tenant = Sample.Tenant, Type = "Medication" },
            ConditionalQuery.Pairs("_contained=both&_containedType=contained&_count=1&_total=accurate")).Query;
        var page = await pair.Search.SearchAsync(query, CancellationToken.None);
        Assert.AreEqual(4, page.Total);
        await pair.PutAsync(Request("later", "#m1", Inside("m1", "a")));
        await pair.PutAsync("""{"resourceType":"MedicationRequest","id":"inside","status":"draft","intent":"plan"}""");
        var found = new List<string>();
        while (page.Next is { } next)
        {
            found.Add($"{page.Matches[0].Container} {page.Matches[0].Key.Id}");
            page = await pair.Search.SearchAsync(query with { After = next }, CancellationToken.None);
        }

        found.Add($"{page.Matches[0].Container} {page.Matches[0].Key.Id}");
        Assert.AreEqual(
            " m, MedicationRequest/inside m1, MedicationRequest/both m1, MedicationRequest/both m2",
            string.Join(", ", found));
        Assert.AreEqual("later both", Ids(await PageAsync(pair, "Medication", "code=a&_contained=true")));
        await pair.DeleteAsync("MedicationRequest", "both");
        Assert.AreEqual("later", Ids(await PageAsync(pair, "Medication", "code=a&_contained=true")));
        Assert.IsEmpty(await pair.CheckAsync());
    }

    [TestMethod]
    [DataRow("_contained=maybe")]
    [DataRow("_containedType=x")]
    [DataRow("_contained=true&_containedType=contained&_include=*")]
    public void What_cannot_be_asked_of_contained_resources_is_refused(string search)
    {
        var scope = new SearchScope { Tenant = Sample.Tenant, Type = "Medication" };
        Assert.ThrowsExactly<FhirException>(() => _parser.Parse(scope, ConditionalQuery.Pairs(search)));
    }

    static readonly string[] Contained =
    [
        """{"resourceType":"Organization","id":"o","name":"maker"}""",
        """{"resourceType":"Medication","id":"m","code":{"coding":[{"system":"urn:x","code":"a"}]}}""",
        """{"resourceType":"MedicationRequest","id":"without","status":"active","intent":"plan"}""",
        Request("outside", "Medication/m", null),
        Request("inside", "#m1", Inside("m1", "a", ""","manufacturer":{"reference":"Organization/o"}""")),
        Request(
            "both",
            "#m1",
            $"{Inside("m1", "a", ""","manufacturer":{"reference":"Organization/o"}""")},{Inside("m2", "b")},"
                + """{"resourceType":"Practitioner","id":"p","name":[{"family":"who"}]}""",
            ""","requester":{"reference":"#p"}"""),
    ];

    static string Request(string id, string medication, string? contained, string more = "") => $$"""
        {"resourceType":"MedicationRequest","id":"{{id}}","status":"{{(contained is null ? "active" : "draft")}}",
         {{(contained is null ? "" : $""" "contained":[{contained}],""")}}"intent":"plan","subject":{"display":"x"},
         "medicationReference":{"reference":"{{medication}}"}{{more}}}
        """;

    static string Inside(string id, string code, string more = "") => $$"""
        {"resourceType":"Medication","id":"{{id}}","code":{"coding":[{"system":"urn:x","code":"{{code}}"}]}{{more}}}
        """;

    /// <summary>Stores the resources and searches; the last one stored is found first.</summary>
    async Task Finds(string type, string search, string expected, params string[] resources)
    {
        await using var pair = await FilledAsync(resources);
        Assert.AreEqual(expected, Ids(await PageAsync(pair, type, search)));
    }

    async Task<StoragePair> FilledAsync(string[] resources)
    {
        var pair = Create();
        foreach (var resource in resources)
        {
            var entry = Sample.Put(resource);
            await pair.CommitAsync(entry with { Compartments = Compartments.Of(entry.Key, entry.SearchValues) });
        }

        return pair;
    }

    static string Ids(SearchPage page) => string.Join(' ', page.Matches.Select(match => match.Key.Id));

    async Task<string> IncludedAsync(StoragePair pair, string type, string search) => string.Join(
        ' ',
        (await PageAsync(pair, type, search)).Included.Select(i => $"{i.Key.Type}/{i.Key.Id}")
            .Order(StringComparer.Ordinal));

    async Task<SearchPage> PageAsync(
        StoragePair pair, string type, string search, Compartment? compartment = null)
    {
        var scope = new SearchScope
        {
            Tenant = Sample.Tenant,
            Type = type,
            BaseUrl = Base,
            Compartment = compartment,
        };
        var query = _parser.Parse(scope, ConditionalQuery.Pairs(search)).Query;
        return await pair.Search.SearchAsync(query, CancellationToken.None);
    }
}
