using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Snapshots;

namespace FhirHub.Unit.Profiles.Snapshots;

[TestClass]
public sealed class SnapshotGeneratorTests
{
    const string Url = "http://example.org/profile";
    const string Patient = ProfileSource.Base + "Patient";
    const string Observation = ProfileSource.Base + "Observation";
    const string Questionnaire = ProfileSource.Base + "Questionnaire";
    readonly ProfileSource _source = new();

    [TestMethod]
    public void A_constraint_deep_in_a_data_type_brings_the_types_elements_along()
    {
        var made = Made("Patient", Patient, """ "id":"x","path":"Patient.identifier.assigner.display","min":1 """);
        Assert.AreEqual(1, made["Patient.identifier.assigner.display"].Min);
        Assert.AreEqual("Reference.display", made["Patient.identifier.assigner.display"].Base?.Path);
        Assert.IsTrue(made.ContainsKey("Patient.identifier.system"));
        Assert.IsTrue(made.ContainsKey("Patient.identifier.assigner.reference"));
        Assert.IsFalse(made.ContainsKey("Patient.name.family"), "nothing is said below name");
    }

    [TestMethod]
    public void A_content_reference_is_followed_as_deep_as_the_profile_goes()
    {
        var made = Made("Questionnaire", Questionnaire, """ "path":"Questionnaire.item.item.item.text","min":1 """);
        Assert.AreEqual(1, made["Questionnaire.item.item.item.text"].Min);
        Assert.AreEqual(0, made["Questionnaire.item.item.text"].Min);
        Assert.AreEqual(0, made["Questionnaire.item.text"].Min);
    }

    [TestMethod]
    public void A_new_slice_begins_as_the_element_with_no_least_number_of_its_own()
    {
        var made = Made(
            "Patient", Patient,
            """ "path":"Patient.identifier","min":2,"slicing":{"discriminator":[{"type":"value","path":"system"}],"rules":"open"} """,
            """ "path":"Patient.identifier","sliceName":"mrn","max":"1" """,
            """ "path":"Patient.identifier.system","fixedUri":"http://example.org/mrn" """);
        Assert.AreEqual(2, made["Patient.identifier"].Min);
        Assert.AreEqual(0, made["Patient.identifier:mrn"].Min);
        Assert.AreEqual("1", made["Patient.identifier:mrn"].Max);
        Assert.AreEqual("http://example.org/mrn", made["Patient.identifier:mrn.system"].Fixed.Text);
        Assert.IsFalse(made["Patient.identifier:mrn"].Slicing.Exists);
        Assert.IsFalse(made.ContainsKey("Patient.identifier.system"), "what is said of the slice is of it alone");
    }

    [TestMethod]
    public void An_inherited_slice_goes_on_and_can_be_sliced_again()
    {
        const string Middle = "http://example.org/middle";
        _source.Add(
            Middle, "Patient", Patient,
            """ "path":"Patient.identifier","slicing":{"discriminator":[{"type":"value","path":"system"}],"rules":"open"} """,
            """ "path":"Patient.identifier","sliceName":"card","min":1 """,
            """ "path":"Patient.identifier.system","fixedUri":"http://example.org/card" """);
        var made = Made(
            "Patient", Middle,
            """ "id":"Patient.identifier:card","path":"Patient.identifier","sliceName":"card","slicing":{"discriminator":[{"type":"value","path":"use"}],"rules":"closed"} """,
            """ "id":"Patient.identifier:card/old","path":"Patient.identifier","sliceName":"card/old","max":"1" """,
            """ "id":"Patient.identifier:card/old.use","path":"Patient.identifier.use","fixedCode":"old" """);
        Assert.AreEqual(1, made["Patient.identifier:card"].Min);
        Assert.AreEqual("closed", made["Patient.identifier:card"].Slicing.First("rules").Text);
        Assert.AreEqual("old", made["Patient.identifier:card/old.use"].Fixed.Text);
        Assert.AreEqual("http://example.org/card", made["Patient.identifier:card/old.system"].Fixed.Text);
        Assert.AreEqual(0, made["Patient.identifier:card/old"].Min);
    }

    [TestMethod]
    public void The_short_name_of_a_choice_narrows_it_to_the_types_named()
    {
        var made = Made(
            "Observation", Observation,
            """ "path":"Observation.valueQuantity","min":1 """,
            """ "path":"Observation.valueQuantity.code","min":1 """,
            """ "path":"Observation.valueString","max":"1" """);
        Assert.AreEqual("Quantity string", string.Join(' ', made["Observation.value[x]"].TypeCodes));
        Assert.AreEqual("closed", made["Observation.value[x]"].Slicing.First("rules").Text);
        Assert.AreEqual(1, made["Observation.value[x]:valueQuantity.code"].Min);
        Assert.AreEqual("string", string.Join(' ', made["Observation.value[x]:valueString"].TypeCodes));
    }

    [TestMethod]
    public void A_slice_named_after_a_type_is_of_that_type_and_leaves_the_others()
    {
        var made = Made(
            "Observation", Observation,
            """ "id":"Observation.value[x]:valueQuantity","path":"Observation.value[x]","sliceName":"valueQuantity" """,
            """ "id":"Observation.value[x]:valueQuantity.unit","path":"Observation.value[x].unit","min":1 """);
        Assert.HasCount(11, made["Observation.value[x]"].Types);
        Assert.AreEqual("open", made["Observation.value[x]"].Slicing.First("rules").Text);
        Assert.AreEqual("Quantity", string.Join(' ', made["Observation.value[x]:valueQuantity"].TypeCodes));
        Assert.AreEqual(1, made["Observation.value[x]:valueQuantity.unit"].Min);
    }

    [TestMethod]
    public void An_extension_slice_begins_with_what_the_extensions_profile_says_of_itself()
    {
        var made = Made(
            "Patient", Patient,
            """ "path":"Patient.extension","sliceName":"born","min":1,"type":[{"code":"Extension","profile":["http://hl7.org/fhir/StructureDefinition/patient-birthPlace"]}] """);
        Assert.AreEqual("Place of Birth for patient", made["Patient.extension:born"].First("short").Text);
        Assert.AreEqual("url", made["Patient.extension"].Slicing.First("discriminator").First("path").Text);
    }

    [TestMethod]
    public void Walking_into_an_extension_walks_into_its_profile()
    {
        var made = Made(
            "Patient", Patient,
            """ "id":"Patient.extension:born","path":"Patient.extension","sliceName":"born","type":[{"code":"Extension","profile":["http://hl7.org/fhir/StructureDefinition/patient-birthPlace"]}] """,
            """ "id":"Patient.extension:born.value[x]","path":"Patient.extension.value[x]" """,
            """ "id":"Patient.extension:born.value[x].city","path":"Patient.extension.value[x].city","min":1 """);
        Assert.AreEqual(1, made["Patient.extension:born.value[x].city"].Min);
        Assert.AreEqual("Address", string.Join(' ', made["Patient.extension:born.value[x]"].TypeCodes));
    }

    [TestMethod]
    public void Constraints_add_up_and_texts_may_be_continued()
    {
        var made = Made(
            "Patient", Patient,
            """ "path":"Patient.contact","definition":"...and more","constraint":[{"key":"own-1","severity":"error","human":"x","expression":"name.exists()"}] """);
        var keys = made["Patient.contact"]["constraint"].Select(c => c.First("key").Text).ToList();
        Assert.Contains("own-1", keys);
        Assert.Contains("pat-1", keys);
        Assert.EndsWith("and more", made["Patient.contact"].First("definition").Text);
        Assert.StartsWith("A contact party", made["Patient.contact"].First("definition").Text);
    }

    [TestMethod]
    public void The_snapshot_written_is_a_valid_StructureDefinition_that_reads_back_the_same()
    {
        var profile = _source.Add(
            Url, "Patient", Patient,
            """ "path":"Patient.identifier","slicing":{"discriminator":[{"type":"value","path":"system"}],"rules":"open"} """,
            """ "path":"Patient.identifier","sliceName":"mrn" """,
            """ "path":"Patient.identifier.system","fixedUri":"http://example.org/mrn" """);
        var made = _source.Library.Of(profile.Root);
        var builder = FhirBuilder.From(profile);
        ElementTree.Write(made.Root!, builder); // sound, as below
        Assert.IsTrue(made.IsSound);
        var read = ElementTree.Read(builder.Build().Root.First("snapshot"));
        Assert.AreEqual(
            string.Join('\n', ProfileSource.ById(made.Root!).Keys),
            string.Join('\n', ProfileSource.ById(read!).Keys));
    }

    [TestMethod]
    [DataRow("profile-min-lowered", "Patient.link.other", """ "path":"Patient.link.other","min":0 """)]
    [DataRow("profile-max-raised", "Patient.gender", """ "path":"Patient.gender","max":"*" """)]
    [DataRow("profile-min-above-max", "Patient.name", """ "path":"Patient.name","min":2,"max":"1" """)]
    [DataRow("profile-type-added", "Patient.deceased[x]", """ "path":"Patient.deceased[x]","type":[{"code":"string"}] """)]
    [DataRow("profile-no-element", "Patient.nonsense", """ "path":"Patient.nonsense","min":1 """)]
    [DataRow("profile-no-element", "Patient.name.nonsense", """ "path":"Patient.name.nonsense","min":1 """)]
    [DataRow("profile-binding-loosened", "Patient.gender", """ "path":"Patient.gender","binding":{"strength":"preferred"} """)]
    [DataRow("profile-slice-without-slicing", "Patient.name:a", """ "path":"Patient.name","sliceName":"a" """)]
    [DataRow("profile-no-element", "Observation.value[x]", """ "path":"Observation.subject.nonsense.x" """)]
    public void What_a_profile_must_not_do_is_reported_at_its_element(string message, string element, string change)
    {
        var type = element.StartsWith("Observation", StringComparison.Ordinal) ? "Observation" : "Patient";
        var profile = _source.Add(Url, type, ProfileSource.Base + type, change);
        var problems = _source.Library.Of(profile.Root).Problems;
        Assert.IsNotEmpty(problems);
        Assert.AreEqual(message, problems[0].Message.Id);
        if (type == "Patient")
        {
            Assert.AreEqual(element, problems[0].Element);
        }
    }

    [TestMethod]
    [DataRow("profile-no-children", """ "path":"Observation.value[x].nonsense","min":1 """)]
    [DataRow("profile-slice-unknown", """ "path":"Observation.category","sliceName":"a","sliceIsConstraining":true """)]
    [DataRow("profile-fixed-changed", """ "path":"Observation.status","fixedCode":"amended" """)]
    [DataRow("profile-slicing-reopened", """ "path":"Observation.category","slicing":{"rules":"open"} """)]
    [DataRow("profile-root-differs", """ "path":"Patient.name","min":1 """)]
    public void What_is_against_an_inherited_profile_is_reported(string message, string change)
    {
        const string Middle = "http://example.org/middle";
        _source.Add(
            Middle, "Observation", Observation,
            """ "path":"Observation.status","fixedCode":"final" """,
            """ "path":"Observation.category","slicing":{"discriminator":[{"type":"value","path":"text"}],"rules":"closed"} """);
        var problems = _source.Library.Of(_source.Add(Url, "Observation", Middle, change).Root).Problems;
        Assert.Contains(message, problems.Select(problem => problem.Message.Id).ToList());
    }

    [TestMethod]
    public void A_base_that_is_broken_itself_is_told_as_such()
    {
        const string Middle = "http://example.org/middle";
        _source.Add(Middle, "Patient", Patient, """ "path":"Patient.nonsense","min":1 """);
        var problem = _source.Library.Of(
            _source.Add(Url, "Patient", Middle, """ "path":"Patient.name","min":1 """).Root).Problems.Single();
        Assert.AreEqual("profile-base-broken", problem.Message.Id);
    }

    [TestMethod]
    public void A_slice_added_to_a_closed_slicing_is_reported()
    {
        const string Closed = "http://example.org/closed";
        _source.Add(
            Closed, "Patient", Patient,
            """ "path":"Patient.identifier","slicing":{"discriminator":[{"type":"value","path":"system"}],"rules":"closed"} """,
            """ "path":"Patient.identifier","sliceName":"a" """);
        var profile = _source.Add(Url, "Patient", Closed, """ "path":"Patient.identifier","sliceName":"b" """);
        var problem = _source.Library.Of(profile.Root).Problems.Single();
        Assert.AreEqual("profile-slice-added-to-closed", problem.Message.Id);
        Assert.AreEqual("Patient.identifier:b", problem.Element);
    }

    [TestMethod]
    public void A_profile_that_rests_on_itself_is_told_so_and_ends()
    {
        _source.Add("http://example.org/a", "Patient", "http://example.org/b", """ "path":"Patient.name","min":1 """);
        _source.Add("http://example.org/b", "Patient", "http://example.org/a", """ "path":"Patient.name","min":1 """);
        var made = _source.Library.Find("http://example.org/a");
        Assert.AreEqual("profile-base-circular", made?.Problems.Single().Message.Id);
    }

    [TestMethod]
    public void A_base_that_is_not_there_is_named()
    {
        var profile = _source.Add(Url, "Patient", "http://example.org/absent", """ "path":"Patient.name","min":1 """);
        var problem = _source.Library.Of(profile.Root).Problems.Single();
        Assert.AreEqual("profile-base-unknown", problem.Message.Id);
        Assert.Contains("http://example.org/absent", problem.Message.English(problem.Arguments));
        Assert.Contains("http://example.org/absent", problem.Message.Chinese(problem.Arguments));
    }

    [TestMethod]
    public void A_differential_that_would_grow_without_end_is_stopped()
    {
        var deep = string.Concat(Enumerable.Repeat(".item", 50_000));
        var wide = _source.Library.Of(_source.Add(Url, "Patient", Patient,
        [
            """ "path":"Patient.identifier","slicing":{"rules":"open"} """,
            """ "id":"Patient.identifier.assigner.identifier.system","path":"Patient.identifier.assigner.identifier.system","min":1 """,
            .. Enumerable.Range(0, 9_000).Select(i => $"\"path\":\"Patient.identifier\",\"sliceName\":\"s{i}\""),
        ]).Root);
        Assert.AreEqual("profile-too-large", wide.Problems.Single().Message.Id);
        Assert.IsNotNull(_source.Library.Of(_source.Add(
            Url, "Questionnaire", Questionnaire, $"\"path\":\"Questionnaire{deep}\",\"min\":1").Root).Root);
    }

    Dictionary<string, ElementDefinition> Made(string type, string baseUrl, params string[] elements)
    {
        var made = _source.Library.Of(_source.Add(Url, type, baseUrl, elements).Root);
        Assert.IsEmpty(made.Problems, string.Join('\n', made.Problems));
        return ProfileSource.ById(made.Root!); // without problems there is one
    }
}
