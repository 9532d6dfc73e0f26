using FhirHub.EndToEnd.Hub;
using static System.Net.HttpStatusCode;

namespace FhirHub.EndToEnd.Http;

/// <summary>https://hl7.org/fhir/R4/http.html#create</summary>
[TestClass]
public sealed class CreateTests
{
    static FhirClient Fhir => SharedHub.Fhir;

    [TestMethod]
    public async Task A_create_answers_201_with_the_address_and_version_of_what_it_made()
    {
        var made = (await Fhir.PostAsync("Patient", Sample.Patient(Sample.Tag()))).Expect(Created);
        Assert.AreEqual($"{Fhir.BaseUrl}/Patient/{made.Id}/_history/1", made.Header("Location"));
        Assert.AreEqual("W/\"1\"", made.Header("ETag"));
        Assert.EndsWith(" GMT", made.Header("Last-Modified") ?? "");
        Assert.AreEqual("1", made.VersionId);
        Assert.AreEqual("application/fhir+json; charset=utf-8", made.Header("Content-Type"));
        Assert.MatchesRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", made.Json["meta"]?["lastUpdated"]?.ToString());
    }

    [TestMethod]
    public async Task The_id_and_version_a_client_sends_are_ignored()
    {
        var tag = Sample.Tag();
        var meta = """, "meta":{"versionId":"77","lastUpdated":"1999-01-01T00:00:00Z","tag":[{"code":"kept"}]}""";
        var made = (await Fhir.PostAsync("Patient", Sample.Patient(tag, id: tag, more: meta))).Expect(Created);
        Assert.AreNotEqual(tag, made.Id);
        Assert.AreEqual("1", made.VersionId);
        Assert.DoesNotContain("1999", made.Json["meta"]?["lastUpdated"]?.ToString() ?? "");
        Assert.AreEqual("kept", made.Json["meta"]?["tag"]?[0]?["code"]?.ToString());
        (await Fhir.GetAsync($"Patient/{tag}")).Expect(NotFound);
    }

    [TestMethod]
    public async Task What_was_created_is_read_back_as_it_was_sent()
    {
        var body = Sample.Patient(Sample.Tag(), "欧阳", more: ", \"multipleBirthInteger\":2");
        var made = (await Fhir.PostAsync("Patient", body)).Expect(Created);
        var read = (await Fhir.GetAsync($"Patient/{made.Id}")).Expect(OK);
        Assert.AreEqual(made.Text, read.Text);
        Assert.AreEqual("欧阳", read.Json["name"]?[0]?["family"]?.ToString());
        Assert.AreEqual("2", read.Json["multipleBirthInteger"]?.ToString());
    }

    [TestMethod]
    public async Task A_body_of_another_type_is_refused() =>
        (await Fhir.PostAsync("Observation", Sample.Patient(Sample.Tag())))
            .ExpectProblem(BadRequest, "Observation", "Patient");

    [TestMethod]
    public async Task A_conditional_create_that_finds_nothing_creates()
    {
        var tag = Sample.Tag();
        var made = await Fhir.PostAsync("Patient", Sample.Patient(tag), ("If-None-Exist", Sample.ByTag(tag)));
        made.Expect(Created);
        Assert.AreEqual("1", made.VersionId);
    }

    [TestMethod]
    public async Task A_conditional_create_that_finds_one_answers_200_with_it_and_changes_nothing()
    {
        var tag = Sample.Tag();
        var first = (await Fhir.PostAsync("Patient", Sample.Patient(tag))).Expect(Created);
        var again = await Fhir.PostAsync("Patient", Sample.Patient(tag, "Other"), ("If-None-Exist", Sample.ByTag(tag)));
        again.Expect(OK);
        Assert.AreEqual($"{Fhir.BaseUrl}/Patient/{first.Id}/_history/1", again.Header("Location"));
        Assert.AreEqual("W/\"1\"", again.Header("ETag"));
        Assert.AreEqual(first.Text, (await Fhir.GetAsync($"Patient/{first.Id}")).Text);
    }

    [TestMethod]
    public async Task A_conditional_create_that_finds_several_is_refused_with_412()
    {
        var tag = Sample.Tag();
        await Fhir.PostAsync("Patient", Sample.Patient(tag));
        await Fhir.PostAsync("Patient", Sample.Patient(tag));
        var third = await Fhir.PostAsync("Patient", Sample.Patient(tag), ("If-None-Exist", Sample.ByTag(tag)));
        third.ExpectProblem(PreconditionFailed, "multiple-matches");
        Assert.HasCount(2, (await Fhir.GetAsync($"Patient?{Sample.ByTag(tag)}")).Entries);
    }

    [TestMethod]
    public async Task A_conditional_create_on_an_unknown_parameter_is_refused_even_when_lenient()
    {
        var made = await Fhir.PostAsync(
            "Patient",
            Sample.Patient(Sample.Tag()),
            ("If-None-Exist", "nickname=Xiao"),
            ("Prefer", "handling=lenient"));
        made.ExpectProblem(BadRequest, "nickname");
    }

    [TestMethod]
    public async Task A_refused_answer_format_creates_nothing()
    {
        var tag = Sample.Tag();
        (await Fhir.PostAsync("Patient", Sample.Patient(tag), ("Accept", "image/png"))).ExpectProblem(NotAcceptable);
        Assert.IsEmpty((await Fhir.GetAsync($"Patient?{Sample.ByTag(tag)}")).Entries);
    }
}
