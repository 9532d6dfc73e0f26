using FhirHub.Core.Model;
using FhirHub.Core.Search;

namespace FhirHub.Stores;

/// <summary>Values at the ends of what there is, and those that only look like values.</summary>
public abstract class SearchValuesContract
{
    const string Ph = "|http://unitsofmeasure.org|[pH]";

    readonly SearchParser _parser = new(ParameterCatalog.R4, SearchZone.China, TimeProvider.System);

    protected abstract StoragePair Create();

    /// <summary>Clients that compute write all the digits a double has, and search by what they have read.</summary>
    [TestMethod]
    [DataRow("24.489795918367346")]
    [DataRow("0.12345678901234567")]
    [DataRow("-0.12345678901234567")]
    [DataRow("123456789012345678")]
    [DataRow("1e-20")]
    [DataRow("1e20")]
    [DataRow("0")]
    public async Task A_number_of_any_precision_is_found_by_itself(string number)
    {
        const string Unit = "|http://unitsofmeasure.org|mg";
        string[] stored = [Measured("x", $"{number},{Coded("mg")}"), Measured("other", $"42,{Coded("mg")}")];
        foreach (var prefix in (string[])["", "eq", "ge", "le", "ap"])
        {
            await Finds("Observation", $"value-quantity={prefix}{number}&_id=x", "x", stored);
            await Finds("Observation", $"value-quantity={prefix}{number}{Unit}&_id=x", "x", stored);
        }

        foreach (var prefix in (string[])["ne", "gt", "lt", "sa", "eb"])
        {
            await Finds("Observation", $"value-quantity={prefix}{number}&_id=x", "", stored);
            await Finds("Observation", $"value-quantity={prefix}{number}{Unit}&_id=x", "", stored);
        }
    }

    /// <summary>The more pH, the less of what it measures; a search for more pH means pH.</summary>
    [TestMethod]
    [DataRow("7.0", "seven")]
    [DataRow("ne7.0", "over eight")]
    [DataRow("gt7", "over eight")]
    [DataRow("ge8", "over eight")]
    [DataRow("lt8", "seven")]
    [DataRow("le7", "seven")]
    [DataRow("sa7", "over eight")]
    [DataRow("eb8", "seven")]
    [DataRow("ap8", "eight")]
    public Task Order_in_a_unit_that_falls_is_that_of_the_unit(string value, string expected) => Finds(
        "Observation",
        $"value-quantity={value}{Ph}",
        expected,
        Measured("seven", $"7.0,{Coded("[pH]")}"),
        Measured("eight", $"8.0,{Coded("[pH]")}"),
        Measured("over", $"""9.5,"comparator":">",{Coded("[pH]")}"""));

    [TestMethod]
    [DataRow("0001")]
    [DataRow("0001-01-01")]
    [DataRow("0001-01-01T00:00:00+14:00")]
    [DataRow("9999")]
    [DataRow("9999-12-31")]
    [DataRow("9999-12-31T23:59:59-12:00")]
    [DataRow("9999-12-31T23:59:59.9999999Z")]
    public async Task The_first_and_last_times_are_found_by_themselves(string time)
    {
        var isFirst = time[0] == '0';
        var kind = time.Length > 25 || time[^1] == 'Z' ? "effectiveInstant" : "effectiveDateTime";
        string[] stored =
        [
            Observation("x", $"\"{kind}\":\"{time}\""),
            Observation("other", "\"effectiveDateTime\":\"2024\""),
        ];
        (string Prefix, string Expected)[] cases =
        [
            ("", "x"), ("ne", "other"),
            ("ge", isFirst ? "other x" : "x"), ("le", isFirst ? "x" : "other x"),
            ("gt", isFirst ? "other" : ""), ("lt", isFirst ? "" : "other"),
            ("sa", isFirst ? "other" : ""), ("eb", isFirst ? "" : "other"),
        ];
        foreach (var (prefix, expected) in cases)
        {
            await Finds("Observation", $"date={prefix}{Uri.EscapeDataString(time)}", expected, stored);
        }
    }

    /// <summary>What touches an end of what is searched, lies on it, ends in it and reaches over it.</summary>
    [TestMethod]
    [DataRow("date=2024-02", "first same last")]
    [DataRow("date=ne2024-02", "before into over after all")]
    [DataRow("date=gt2024-02", "over after all")]
    [DataRow("date=lt2024-02", "before into all")]
    [DataRow("date=ge2024-02", "first same last over after all")]
    [DataRow("date=le2024-02", "before into first same last all")]
    [DataRow("date=sa2024-02", "after")]
    [DataRow("date=eb2024-02", "before")]
    [DataRow("_filter=date po 2024-02", "into first same last over all")]
    [DataRow("_filter=date co 2024-02", "same all")]
    public Task Both_ends_of_a_time_count_as_its_comparison_says(string search, string expected) => Finds(
        "Observation",
        search,
        expected,
        Dated("before", "2024-01"),
        Lasting("into", "2024-01-15", "2024-02-10"),
        Dated("first", "2024-02-01"),
        Dated("same", "2024-02"),
        Dated("last", "2024-02-29"),
        Lasting("over", "2024-02-20", "2024-03-10"),
        Dated("after", "2024-03"),
        Lasting("all", "2024-01-01", "2024-03-31"));

    /// <summary>A number covers what its digits leave open, the low end with it and the high end not.</summary>
    [TestMethod]
    [DataRow("100", "low exact inside")]
    [DataRow("1e2", "low exact high inside over more")]
    [DataRow("ne100", "least most high over less more wide")]
    [DataRow("ap100", "least low exact high most inside over less more wide")]
    [DataRow("gt100", "high most inside over more wide")]
    [DataRow("lt100", "least low inside over less wide")]
    [DataRow("ge100", "exact high most inside over more wide")]
    [DataRow("le100", "exact least low inside over less more wide")]
    [DataRow("sa100", "high most")]
    [DataRow("eb100", "least low less")]
    public Task Both_ends_of_a_number_count_as_its_comparison_says(string value, string expected) => Finds(
        "Condition", $"onset-age={value}", expected, Numbers);

    [TestMethod]
    public Task A_number_lies_in_a_range_that_begins_or_ends_with_it() => Finds(
        "Condition", "_filter=onset-age co 100", "exact inside over more wide", Numbers);

    [TestMethod]
    [DataRow("active=true", "yes")]
    [DataRow("active=http://terminology.hl7.org/CodeSystem/special-values|true", "yes")]
    [DataRow("active=http://other.example|true", "")]
    [DataRow("_filter=active ne \"http://terminology.hl7.org/CodeSystem/special-values|true\"", "no")]
    [DataRow("_filter=active ne true", "no")]
    [DataRow("_id:not=yes", "bar no")]
    [DataRow("_id:not=yes,no", "bar")]
    public Task Booleans_have_their_system_and_ids_can_be_left_out(string search, string expected) => Finds(
        "Patient",
        search,
        expected,
        """{"resourceType":"Patient","id":"yes","active":true}""",
        """{"resourceType":"Patient","id":"no","active":false}""",
        """{"resourceType":"Patient","id":"bar"}""");

    [TestMethod]
    [DataRow("near:missing=true", "nowhere")]
    [DataRow("near:missing=false", "here")]
    public Task A_place_may_have_no_position(string search, string expected) => Finds(
        "Location",
        search,
        expected,
        """{"resourceType":"Location","id":"here","position":{"latitude":42.26,"longitude":118.88}}""",
        """{"resourceType":"Location","id":"nowhere"}""");

    /// <summary>A tenth of a degree is 11.12 km to the north, and 8.23 km to the east at this latitude.</summary>
    [TestMethod]
    [DataRow("|11.1|km", "east here")]
    [DataRow("|11.2|km", "east here north")]
    [DataRow("|8.2|km", "here")]
    [DataRow("|8.3|km", "east here")]
    [DataRow("|5.2|[mi_i]", "east here")]
    [DataRow("|5.1|[mi_i]", "here")]
    [DataRow("|8300|m", "east here")]
    [DataRow("", "here")]
    public Task What_is_near_is_within_the_distance(string distance, string expected) => Finds(
        "Location",
        $"near=42.26|118.88{distance}",
        expected,
        """{"resourceType":"Location","id":"here","position":{"latitude":42.26,"longitude":118.88}}""",
        """{"resourceType":"Location","id":"north","position":{"latitude":42.36,"longitude":118.88}}""",
        """{"resourceType":"Location","id":"east","position":{"latitude":42.26,"longitude":118.98}}""");

    [TestMethod]
    [DataRow("http://a.example/t|MR|1", "both")]
    [DataRow("http://b.example/t|MR|1", "system")]
    [DataRow("http://a.example/t|XX|1", "code")]
    [DataRow("http://a.example/t|MR|2", "")]
    public Task System_code_and_value_of_an_identifier_count_together(string value, string expected) => Finds(
        "Patient",
        $"identifier:of-type={value}",
        expected,
        Identified("both", "http://a.example/t", "MR"),
        Identified("system", "http://b.example/t", "MR"),
        Identified("code", "http://a.example/t", "XX"));

    static string Identified(string id, string system, string code) => $$"""
        {"resourceType":"Patient","id":"{{id}}","identifier":[{"value":"1","type":{"coding":[
         {"system":"{{system}}","code":"{{code}}"}]} } ] }
        """;

    /// <summary>Both components must be of one element.</summary>
    [TestMethod]
    [DataRow("component-code-value-quantity pr true", "both")]
    [DataRow("component-code-value-quantity pr false", "apart")]
    [DataRow("code-value-quantity pr true", "apart")]
    [DataRow("code-value-quantity pr false", "both")]
    public Task A_composite_is_there_when_one_element_has_all_of_it(string filter, string expected) => Finds(
        "Observation",
        $"_filter={filter}",
        expected,
        Observation("both", $$"""
            "component":[{"code":{"coding":[{"code":"a"}]},"valueQuantity":{"value":1} } ]
            """),
        Observation("apart", $$"""
            "valueQuantity":{"value":3},
            "component":[{"code":{"coding":[{"code":"a"}]} },{"valueQuantity":{"value":1} } ]
            """));

    /// <summary>A string that is just the next letter stands behind all that begin with the one asked for.</summary>
    [TestMethod]
    [DataRow("le a", "a ab")]
    [DataRow("lt b", "a ab")]
    [DataRow("ge b", "b ba")]
    [DataRow("gt a", "b ba")]
    public Task The_order_of_strings_goes_by_their_first_letter(string test, string expected) => Finds(
        "Patient",
        $"_filter=family {test}",
        expected,
        [.. from name in (string[])["a", "ab", "b", "ba"]
            select $$"""{"resourceType":"Patient","id":"{{name}}","name":[{"family":"{{name}}"}]}"""]);

    /// <summary>So many conditions and values that they are put together in groups.</summary>
    [TestMethod]
    public async Task Of_many_conditions_each_counts_and_of_many_values_any()
    {
        string[] stored =
        [
            """{"resourceType":"Patient","id":"man","gender":"male","active":true}""",
            """{"resourceType":"Patient","id":"woman","gender":"female","active":true}""",
        ];
        for (var i = 0; i < 12; i++)
        {
            var parts = Enumerable.Range(0, 12).Select(j => j == i ? "gender eq female" : "active eq true");
            await Finds("Patient", $"_filter=active eq false or ({string.Join(" and ", parts)})", "woman", stored);
        }

        foreach (var place in (int[])[0, 99, 100, 149])
        {
            var values = Enumerable.Range(0, 150).Select(i => i == place ? "female" : $"x{i}");
            await Finds("Patient", $"gender={string.Join(',', values)}", "woman", stored);
        }
    }

    [TestMethod]
    [DataRow(@"url=http://a.example/a\|b", "bar")]
    [DataRow("url=http://a.example/a|b", "version")]
    public Task A_bar_that_is_escaped_is_part_of_the_url(string search, string expected) => Finds(
        "ValueSet",
        search,
        expected,
        """{"resourceType":"ValueSet","id":"bar","status":"active","url":"http://a.example/a|b"}""",
        """{"resourceType":"ValueSet","id":"version","status":"active","url":"http://a.example/a","version":"b"}""");

    /// <summary>
    /// https://hl7.org/fhir/R4/search.html#prefix: what only overlaps with the searched time is neither.
    /// </summary>
    [TestMethod]
    [DataRow("ge2018-10-29", "point open")]
    [DataRow("ge2018-10-29T23:59:59", "open")]
    [DataRow("ge2018-10-29T12:00:00+08:00", "stay point open")]
    [DataRow("ge2018-10-29T12:00:00.001+08:00", "stay open")]
    [DataRow("ge2018-10-30", "open")]
    [DataRow("gt2018-10-29", "open")]
    [DataRow("le2018-10-01", "")]
    [DataRow("le2018-10-01T00:00", "")]
    [DataRow("le2018-09-30", "")]
    [DataRow("lt2018-10-01", "")]
    [DataRow("le2018-10-29", "stay point")]
    [DataRow("le2018-10-29T12:00:00+08:00", "stay point")]
    [DataRow("le2018-10-29T11:59:59.999+08:00", "stay")]
    [DataRow("le2018-10-31", "stay point")]
    public Task What_lies_within_the_searched_time_is_greater_or_equal_and_less(string date, string expected) => Finds(
        "Observation",
        $"date={date}",
        expected,
        Observation("stay", """ "effectivePeriod":{"start":"2018-10-01","end":"2018-10-29"} """),
        Observation("point", """ "effectiveInstant":"2018-10-29T12:00:00.000+08:00" """),
        Observation("open", """ "effectivePeriod":{"start":"2018-10-31"} """));

    /// <summary>"Searching either Carreno or Quinones should match a family name of Carreno Quinones".</summary>
    [TestMethod]
    [DataRow("family=Carreno", "two")]
    [DataRow("family=Quinones", "two")]
    [DataRow("family=quiñon", "two")]
    [DataRow("name=quinones", "two")]
    [DataRow("phonetic=quinones", "two")]
    [DataRow("family=carreno quin", "two")]
    [DataRow("family=smith", "dash")]
    [DataRow("family=smithjones", "dash")]
    [DataRow("family=berg", "three")]
    [DataRow("family=der berg", "three")]
    [DataRow("family:exact=Quinones", "")]
    [DataRow("given=ann", "")]
    [DataRow("name=luc", "")]
    [DataRow("family=三", "")]
    [DataRow("family=Quinones&_sort=family", "two")]
    public Task Each_word_of_a_family_name_finds_it(string search, string expected) => Finds(
        "Patient",
        search,
        expected,
        Named("two", "Carreno Quinones", "Mary Ann"),
        Named("dash", "Zoe-Smith-Jones", "Jean-Luc"),
        Named("three", "van  der Berg", "x"),
        Named("chinese", "张 三", "x"));

    static string Named(string id, string family, string given) => $$"""
        {"resourceType":"Patient","id":"{{id}}","name":[{"family":"{{family}}","given":["{{given}}"]}]}
        """;

    /// <summary>The parameters of its components are relatesto and relation, in this order.</summary>
    [TestMethod]
    [DataRow("DocumentReference/old$replaces", "new")]
    [DataRow("old$http://hl7.org/fhir/document-relationship-type|replaces", "new")]
    [DataRow("DocumentReference/old$appends", "")]
    [DataRow("DocumentReference/other$replaces", "")]
    [DataRow("DocumentReference/other$appends,DocumentReference/none$signs", "new")]
    public Task A_relationship_is_a_document_and_what_is_done_to_it(string value, string expected) => Finds(
        "DocumentReference",
        $"relationship={value}",
        expected,
        """
        {"resourceType":"DocumentReference","id":"new","status":"current","content":[{"attachment":{"title":"x"}}],
         "relatesTo":[{"code":"replaces","target":{"reference":"DocumentReference/old"} },
                      {"code":"appends","target":{"reference":"DocumentReference/other"} }]}
        """);

    /// <summary>https://hl7.org/fhir/R4/search.html#versions</summary>
    [TestMethod]
    [DataRow("_id=first&_include=Observation:subject", "1")]
    [DataRow("_id=gone&_include=Observation:subject", "3")]
    [DataRow("_id=last&_include=Observation:subject", "3")]
    [DataRow("_id=first,last&_include=Observation:subject", "1 3")]
    [DataRow("_id=third,last&_include=Observation:subject", "3")]
    [DataRow("_id=later&_include=Observation:subject", "3")]
    public async Task A_reference_to_a_version_brings_that_version(string search, string expected)
    {
        await using var pair = Create();
        const string Patient = """{"resourceType":"Patient","id":"p"}""";
        await pair.PutAsync(Patient);
        await pair.DeleteAsync("Patient", "p");
        await pair.PutAsync(Patient);
        foreach (var (id, version) in ((string, string)[])
            [("first", "/_history/1"), ("gone", "/_history/2"), ("third", "/_history/3"), ("later", "/_history/9"),
                ("last", "")])
        {
            await pair.PutAsync(Observation(id, $$"""
                "subject":{"reference":"Patient/p{{version}}"}
                """));
        }

        var scope = new SearchScope { Tenant = Sample.Tenant, Type = "Observation" };
        var query = _parser.Parse(scope, ConditionalQuery.Pairs(search)).Query;
        var page = await pair.Search.SearchAsync(query, CancellationToken.None);
        Assert.AreEqual(expected, string.Join(' ', page.Included.Select(included => included.Version).Order()));
    }

    [TestMethod]
    [DataRow("Patient", @"family=xx\xx")]
    [DataRow("Patient", @"family=xx\")]
    [DataRow("Patient", @"family:exact=a,b\c")]
    [DataRow("Patient", @"identifier=http://a.example|\x")]
    [DataRow("Observation", @"subject:Patient.name=\x")]
    [DataRow("Patient", "identifier:text=!")]
    [DataRow("Patient", "identifier:of-type=|MR|1")]
    [DataRow("Patient", "_id=Patient/a")]
    [DataRow("Patient", "_id=a b")]
    [DataRow("Patient", "_id:text=a")]
    [DataRow("Location", "near=NaN|0")]
    [DataRow("Location", "near=0|NaN")]
    [DataRow("Location", "near:not=0|0")]
    public void What_can_find_nothing_or_would_find_all_is_refused(string type, string search)
    {
        var scope = new SearchScope { Tenant = Sample.Tenant, Type = type };
        Assert.ThrowsExactly<FhirException>(() => _parser.Parse(scope, ConditionalQuery.Pairs(search)));
    }

    static readonly string[] Numbers =
    [
        Aged("least", "90"),
        Aged("low", "99.5"),
        Aged("exact", "100"),
        Aged("high", "100.5"),
        Aged("most", "110"),
        Ranging("inside", "99.5", "100.4"),
        Ranging("over", "99.5", "100.5"),
        Ranging("less", "80", "90"),
        Ranging("more", "100", "104"),
        Ranging("wide", "80", "120"),
    ];

    static string Aged(string id, string value) => $$"""
        {"resourceType":"Condition","id":"{{id}}","subject":{"display":"x"},
         "onsetAge":{"value":{{value}},{{Coded("d")}} } }
        """;

    static string Ranging(string id, string low, string high) => $$"""
        {"resourceType":"Condition","id":"{{id}}","subject":{"display":"x"},
         "onsetRange":{"low":{"value":{{low}},{{Coded("d")}} },"high":{"value":{{high}},{{Coded("d")}} } } }
        """;

    static string Dated(string id, string date) => Observation(id, $"\"effectiveDateTime\":\"{date}\"");

    static string Lasting(string id, string start, string end) => Observation(id, $$"""
        "effectivePeriod":{"start":"{{start}}","end":"{{end}}"}
        """);

    static string Measured(string id, string value) => Observation(id, $$"""
        "valueQuantity":{"value":{{value}}}
        """);

    static string Observation(string id, string more) => $$"""
        {"resourceType":"Observation","id":"{{id}}","status":"final","code":{"text":"x"},{{more}}}
        """;

    static string Coded(string unit) => $"\"system\":\"http://unitsofmeasure.org\",\"code\":\"{unit}\"";

    /// <summary>Stores the resources and searches; the ids come in the order of the alphabet.</summary>
    async Task Finds(string type, string search, string expected, params string[] resources)
    {
        await using var pair = Create();
        foreach (var resource in resources)
        {
            await pair.CommitAsync(Sample.Put(resource));
        }

        var scope = new SearchScope { Tenant = Sample.Tenant, Type = type };
        var query = _parser.Parse(scope, ConditionalQuery.Pairs(search)).Query;
        var page = await pair.Search.SearchAsync(query, CancellationToken.None);
        var found = page.Matches.Select(match => match.Key.Id).Order(StringComparer.Ordinal);
        Assert.AreEqual(Sorted(expected), string.Join(' ', found), search);
    }

    static string Sorted(string ids) => string.Join(' ', ids.Split(' ').Order(StringComparer.Ordinal));
}
