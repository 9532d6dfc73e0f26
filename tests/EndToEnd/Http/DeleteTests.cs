using FhirHub.EndToEnd.Hub;
using static System.Net.HttpStatusCode;

namespace FhirHub.EndToEnd.Http;

/// <summary>https://hl7.org/fhir/R4/http.html#delete</summary>
[TestClass]
public sealed class DeleteTests
{
    static FhirClient Fhir => SharedHub.Fhir;

    [TestMethod]
    public async Task A_delete_answers_204_and_a_second_one_makes_no_version()
    {
        var made = await MadeAsync(Sample.Tag());
        var first = (await Fhir.DeleteAsync($"Patient/{made.Id}")).Expect(NoContent);
        Assert.AreEqual("W/\"2\"", first.Header("ETag"));
        Assert.IsEmpty(first.Bytes);
        (await Fhir.DeleteAsync($"Patient/{made.Id}")).Expect(NoContent);
        Assert.HasCount(2, (await Fhir.GetAsync($"Patient/{made.Id}/_history")).Entries);
    }

    [TestMethod]
    public async Task Deleting_what_never_was_is_no_error()
    {
        (await Fhir.DeleteAsync("Patient/never-was")).Expect(NoContent);
        (await Fhir.GetAsync("Patient/never-was")).Expect(NotFound);
    }

    [TestMethod]
    public async Task A_deleted_resource_is_not_found_by_searches()
    {
        var tag = Sample.Tag();
        var made = await MadeAsync(tag);
        await Fhir.DeleteAsync($"Patient/{made.Id}");
        var found = (await Fhir.GetAsync($"Patient?{Sample.ByTag(tag)}")).Expect(OK);
        Assert.IsEmpty(found.Entries);
        Assert.AreEqual("0", found.Json["total"]?.ToString());
    }

    [TestMethod]
    public async Task A_delete_minds_If_Match()
    {
        var made = await MadeAsync(Sample.Tag());
        (await Fhir.DeleteAsync($"Patient/{made.Id}", ("If-Match", "W/\"2\""))).ExpectProblem(PreconditionFailed);
        (await Fhir.DeleteAsync($"Patient/{made.Id}", ("If-Match", "W/\"1\""))).Expect(NoContent);
    }

    [TestMethod]
    public async Task A_conditional_delete_of_none_or_one_answers_204()
    {
        var tag = Sample.Tag();
        (await Fhir.DeleteAsync($"Patient?{Sample.ByTag(tag)}")).Expect(NoContent);
        var made = await MadeAsync(tag);
        (await Fhir.DeleteAsync($"Patient?{Sample.ByTag(tag)}")).Expect(NoContent);
        (await Fhir.GetAsync($"Patient/{made.Id}")).Expect(Gone);
    }

    [TestMethod]
    public async Task A_conditional_delete_of_several_is_refused_with_412_and_deletes_none()
    {
        var tag = Sample.Tag();
        await MadeAsync(tag);
        await MadeAsync(tag);
        (await Fhir.DeleteAsync($"Patient?{Sample.ByTag(tag)}")).ExpectProblem(PreconditionFailed, "multiple-matches");
        Assert.HasCount(2, (await Fhir.GetAsync($"Patient?{Sample.ByTag(tag)}")).Entries);
    }

    [TestMethod]
    public async Task A_conditional_delete_never_ignores_a_filter()
    {
        (await Fhir.DeleteAsync("Patient")).ExpectProblem(PreconditionFailed);
        (await Fhir.DeleteAsync("Patient?nickname=Xiao", ("Prefer", "handling=lenient")))
            .ExpectProblem(BadRequest, "nickname");
    }

    [TestMethod]
    public async Task A_deployment_may_allow_conditional_deletes_of_several()
    {
        await using var hub = await HubProcess.StartAsync(null, "--Hub:DeletesMany=true");
        var tag = Sample.Tag();
        foreach (var body in new[] { Sample.Patient(tag), Sample.Patient(tag), Sample.Patient(Sample.Tag()) })
        {
            (await hub.Fhir.PostAsync("Patient", body)).Expect(Created);
        }

        (await hub.Fhir.DeleteAsync($"Patient?{Sample.ByTag(tag)}")).Expect(NoContent);
        Assert.HasCount(1, (await hub.Fhir.GetAsync("Patient")).Entries);
    }

    static async Task<Answer> MadeAsync(string tag) =>
        (await Fhir.PostAsync("Patient", Sample.Patient(tag))).Expect(Created);
}
