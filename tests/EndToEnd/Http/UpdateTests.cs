using FhirHub.EndToEnd.Hub;
using static System.Net.HttpStatusCode;

namespace FhirHub.EndToEnd.Http;

/// <summary>https://hl7.org/fhir/R4/http.html#update</summary>
[TestClass]
public sealed class UpdateTests
{
    static FhirClient Fhir => SharedHub.Fhir;

    [TestMethod]
    public async Task An_update_makes_the_next_version()
    {
        var made = await MadeAsync(Sample.Tag());
        var updated = await Fhir.PutAsync($"Patient/{made.Id}", Sample.Patient("x", "Neu", made.Id));
        updated.Expect(OK);
        Assert.AreEqual("W/\"2\"", updated.Header("ETag"));
        Assert.AreEqual("2", updated.VersionId);
        Assert.IsNotNull(updated.Header("Last-Modified"));
        Assert.AreEqual("Neu", (await Fhir.GetAsync($"Patient/{made.Id}")).Json["name"]?[0]?["family"]?.ToString());
    }

    [TestMethod]
    public async Task An_update_of_what_is_not_there_creates_it_under_the_clients_id()
    {
        var id = Sample.Tag();
        var made = (await Fhir.PutAsync($"Patient/{id}", Sample.Patient(id, id: id))).Expect(Created);
        Assert.AreEqual($"{Fhir.BaseUrl}/Patient/{id}/_history/1", made.Header("Location"));
        Assert.AreEqual("W/\"1\"", made.Header("ETag"));
        Assert.AreEqual(id, made.Id);
    }

    [TestMethod]
    public async Task An_update_brings_back_what_was_deleted_with_201()
    {
        var made = await MadeAsync(Sample.Tag());
        (await Fhir.DeleteAsync($"Patient/{made.Id}")).Expect(NoContent);
        var back = (await Fhir.PutAsync($"Patient/{made.Id}", Sample.Patient("x", id: made.Id))).Expect(Created);
        Assert.AreEqual("W/\"3\"", back.Header("ETag"));
        Assert.AreEqual($"{Fhir.BaseUrl}/Patient/{made.Id}/_history/3", back.Header("Location"));
        (await Fhir.GetAsync($"Patient/{made.Id}")).Expect(OK);
    }

    [TestMethod]
    public async Task A_body_with_another_id_or_none_is_refused()
    {
        var made = await MadeAsync(Sample.Tag());
        (await Fhir.PutAsync($"Patient/{made.Id}", Sample.Patient("x", id: "other")))
            .ExpectProblem(BadRequest, "Patient.id");
        (await Fhir.PutAsync($"Patient/{made.Id}", Sample.Patient("x")))
            .ExpectProblem(BadRequest, made.Id, "Patient.id");
        Assert.AreEqual("1", (await Fhir.GetAsync($"Patient/{made.Id}")).VersionId);
    }

    [TestMethod]
    public async Task An_id_outside_the_alphabet_is_refused()
    {
        (await Fhir.PutAsync("Patient/under_score", Sample.Patient("x", id: "under_score"))).ExpectProblem(BadRequest);
        var tooLong = new string('a', 65);
        (await Fhir.PutAsync($"Patient/{tooLong}", Sample.Patient("x", id: tooLong))).ExpectProblem(BadRequest);
        var longest = $"{Sample.Tag()}{new string('b', 64)}"[..64];
        (await Fhir.PutAsync($"Patient/{longest}", Sample.Patient("x", id: longest))).Expect(Created);
    }

    [TestMethod]
    public async Task A_matching_ETag_lets_an_update_through_and_a_stale_one_is_refused_with_412()
    {
        var made = await MadeAsync(Sample.Tag());
        var path = $"Patient/{made.Id}";
        (await Fhir.PutAsync(path, Sample.Patient("x", "Two", made.Id), ("If-Match", "W/\"1\""))).Expect(OK);
        var stale = await Fhir.PutAsync(path, Sample.Patient("x", "Three", made.Id), ("If-Match", "W/\"1\""));
        stale.ExpectProblem(PreconditionFailed, "version 2");
        (await Fhir.PutAsync(path, Sample.Patient("x", "Four", made.Id), ("If-Match", "\"2\""))).Expect(OK);
        Assert.AreEqual("3", (await Fhir.GetAsync(path)).VersionId);
        (await Fhir.PutAsync(path, Sample.Patient("x", "Five", made.Id), ("If-Match", "three")))
            .ExpectProblem(BadRequest);
    }

    [TestMethod]
    public async Task If_Match_on_what_is_not_there_is_refused_with_412()
    {
        var id = Sample.Tag();
        (await Fhir.PutAsync($"Patient/{id}", Sample.Patient(id, id: id), ("If-Match", "W/\"1\"")))
            .ExpectProblem(PreconditionFailed);
        (await Fhir.GetAsync($"Patient/{id}")).Expect(NotFound);
    }

    [TestMethod]
    public async Task If_None_Match_star_creates_once()
    {
        var id = Sample.Tag();
        (await Fhir.PutAsync($"Patient/{id}", Sample.Patient(id, id: id), ("If-None-Match", "*"))).Expect(Created);
        (await Fhir.PutAsync($"Patient/{id}", Sample.Patient(id, id: id), ("If-None-Match", "*")))
            .ExpectProblem(PreconditionFailed);
    }

    [TestMethod]
    public async Task A_conditional_update_that_finds_nothing_creates_under_a_new_id()
    {
        var tag = Sample.Tag();
        var made = (await Fhir.PutAsync($"Patient?{Sample.ByTag(tag)}", Sample.Patient(tag))).Expect(Created);
        Assert.AreEqual($"{Fhir.BaseUrl}/Patient/{made.Id}/_history/1", made.Header("Location"));
    }

    [TestMethod]
    public async Task A_conditional_update_that_finds_nothing_creates_under_the_bodys_id()
    {
        var tag = Sample.Tag();
        var made = await Fhir.PutAsync($"Patient?{Sample.ByTag(tag)}", Sample.Patient(tag, id: tag));
        Assert.AreEqual(tag, made.Expect(Created).Id);
    }

    [TestMethod]
    public async Task A_conditional_update_never_lands_on_a_resource_its_search_does_not_find()
    {
        var other = await MadeAsync(Sample.Tag());
        var tag = Sample.Tag();
        (await Fhir.PutAsync($"Patient?{Sample.ByTag(tag)}", Sample.Patient(tag, id: other.Id)))
            .ExpectProblem(Conflict, "conflict");
        Assert.AreEqual("1", (await Fhir.GetAsync($"Patient/{other.Id}")).Expect(OK).VersionId);
    }

    [TestMethod]
    public async Task A_conditional_update_that_finds_one_updates_it()
    {
        var tag = Sample.Tag();
        var made = await MadeAsync(tag);
        var search = $"Patient?{Sample.ByTag(tag)}";
        Assert.AreEqual("2", (await Fhir.PutAsync(search, Sample.Patient(tag, "A"))).Expect(OK).VersionId);
        Assert.AreEqual("3", (await Fhir.PutAsync(search, Sample.Patient(tag, "B", made.Id))).Expect(OK).VersionId);
        (await Fhir.PutAsync(search, Sample.Patient(tag, "C", "other"))).ExpectProblem(BadRequest, made.Id);
    }

    [TestMethod]
    public async Task A_conditional_update_that_finds_several_is_refused_with_412()
    {
        var tag = Sample.Tag();
        await MadeAsync(tag);
        await MadeAsync(tag);
        (await Fhir.PutAsync($"Patient?{Sample.ByTag(tag)}", Sample.Patient(tag)))
            .ExpectProblem(PreconditionFailed, "multiple-matches");
    }

    [TestMethod]
    public async Task A_conditional_update_without_a_search_is_refused() =>
        (await Fhir.PutAsync("Patient", Sample.Patient(Sample.Tag()))).ExpectProblem(PreconditionFailed);

    static async Task<Answer> MadeAsync(string tag) =>
        (await Fhir.PostAsync("Patient", Sample.Patient(tag))).Expect(Created);
}
