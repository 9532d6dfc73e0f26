using FhirHub.EndToEnd.Hub;
using static System.Net.HttpStatusCode;

namespace FhirHub.EndToEnd.Terminology;

/// <summary>https://hl7.org/fhir/R4/codesystem-operation-lookup.html</summary>
[TestClass]
public sealed class LookupTests
{
    static FhirClient Fhir => SharedHub.Fhir;

    [TestMethod]
    public async Task A_code_is_told_with_names_and_properties()
    {
        var body = await Terms.OfBodyAsync();
        var found = await Terms.AskedAsync($"CodeSystem/$lookup?system={body.System}&code=heart");
        Assert.AreEqual("Body", Terms.Text(found["name"].Single()));
        Assert.AreEqual("3", Terms.Text(found["version"].Single()));
        Assert.AreEqual("Heart", Terms.Text(found["display"].Single()));
        var designations = found["designation"].Select(one => $"{Terms.Part(one, "language")} {Terms.Part(one, "value")}");
        CollectionAssert.AreEqual(new[] { "zh-CN 心脏", "de Herz" }, designations.ToArray());
        var properties = found["property"].ToLookup(one => Terms.Part(one, "code"), one => Terms.Part(one, "value"));
        Assert.AreEqual("1", properties["count"].Single());
        Assert.AreEqual("The pump.", properties["definition"].Single());
        Assert.AreEqual("part", properties["parent"].Single());
        Assert.AreEqual("valve", properties["child"].Single());
        Assert.AreEqual("false", properties["inactive"].Single());
        Assert.Contains("left", properties["side"].Single() ?? "");
    }

    [TestMethod]
    public async Task Only_what_is_asked_for_is_told_and_in_the_language_wanted()
    {
        var body = await Terms.OfBodyAsync();
        var question = $"CodeSystem/$lookup?system={body.System}&code=heart";
        var found = await Terms.AskedAsync($"{question}&displayLanguage=zh&property=count&property=lang.de");
        Assert.AreEqual("心脏", Terms.Text(found["display"].Single()));
        Assert.AreEqual("count", Terms.Part(found["property"].Single(), "code"));
        Assert.AreEqual("Herz", Terms.Part(found["designation"].Single(), "value"));
    }

    [TestMethod]
    public async Task A_coding_is_sent_by_POST_also_in_a_batch()
    {
        var body = await Terms.OfBodyAsync();
        var coding = Terms.Parameter("coding", "valueCoding", $$"""{"system":"{{body.System}}","code":"eye"}""");
        var found = await Terms.PostedAsync("CodeSystem/$lookup", coding);
        Assert.AreEqual("Eye", Terms.Text(found["display"].Single()));
        (await Fhir.GetAsync("CodeSystem/$lookup?coding=a|b")).ExpectProblem(BadRequest, "'coding'", "POST");

        var batch = (await Fhir.PostAsync("", $$"""
            {"resourceType":"Bundle","type":"batch","entry":[
             {"request":{"method":"POST","url":"CodeSystem/$lookup"},"resource":{{Terms.Parameters(coding)}} },
             {"request":{"method":"GET","url":"CodeSystem/$lookup?system={{body.System}}&code=tail"} },
             {"request":{"method":"GET","url":"CodeSystem/$lookup?system={{body.System}}&code=nose"} }]}
            """)).Expect(OK);
        var entries = batch.Entries;
        Assert.AreEqual("200 OK", entries[0]["response"]?["status"]?.ToString());
        Assert.Contains("Eye", $"{entries[0]["resource"]}");
        Assert.Contains("Tail", $"{entries[1]["resource"]}");
        Assert.StartsWith("404", $"{entries[2]["response"]?["status"]}");
    }

    [TestMethod]
    public async Task What_is_not_known_is_not_found_and_what_is_not_asked_right_is_refused_by_name()
    {
        var body = await Terms.OfBodyAsync();
        var question = $"CodeSystem/$lookup?system={body.System}";
        (await Fhir.GetAsync($"{question}&code=nose")).ExpectProblem(NotFound, "not-found", "no code 'nose'");
        (await Fhir.GetAsync("CodeSystem/$lookup?system=urn:none&code=a")).ExpectProblem(NotFound, "not-found", "urn:none");
        (await Fhir.GetAsync($"{question}&code=eye&version=4")).ExpectProblem(NotFound, $"{body.System}|3");
        (await Fhir.GetAsync($"{question}&code=eye&version=3")).Expect(OK);
        (await Fhir.GetAsync($"{question}&code=eye&colour=red")).ExpectProblem(BadRequest, "'colour'", "displayLanguage");
        (await Fhir.GetAsync($"{question}&code=eye&code=tail")).ExpectProblem(BadRequest, "'code'", "once");
        (await Fhir.GetAsync(question)).ExpectProblem(BadRequest, "'code'");
        (await Fhir.GetAsync("CodeSystem/$lookup?code=a")).ExpectProblem(BadRequest, "system");
        (await Fhir.GetAsync($"{question}&code=eye&date=soon")).ExpectProblem(BadRequest, "'date'");
        (await Fhir.GetAsync($"{body.SystemAddress}/$lookup?code=eye")).ExpectProblem(NotFound, "$lookup");
    }

    [TestMethod]
    public async Task Published_systems_are_there_and_the_answer_comes_in_XML_too()
    {
        const string Question = "CodeSystem/$lookup?system=http://hl7.org/fhir/administrative-gender&code=female";
        var found = await Terms.AskedAsync(Question);
        Assert.AreEqual("Female", Terms.Text(found["display"].Single()));
        var xml = (await Fhir.GetAsync(Question + "&_format=xml")).Expect(OK);
        Assert.Contains("<valueString value=\"Female\"/>", xml.Text);
    }

    [TestMethod]
    public async Task A_change_takes_effect_and_the_past_can_be_asked_about()
    {
        var body = await Terms.OfBodyAsync();
        var question = $"CodeSystem/$lookup?system={body.System}&code=eye";
        Assert.AreEqual("Eye", Terms.Text((await Terms.AskedAsync(question))["display"].Single()));
        var then = TimeProvider.System.GetUtcNow();
        await Task.Delay(20);
        var stored = (await Fhir.GetAsync(body.SystemAddress)).Expect(OK).Text;
        (await Fhir.PutAsync(body.SystemAddress, stored.Replace("\"Eye\"", "\"Oculus\"", StringComparison.Ordinal))).Expect(OK);
        Assert.AreEqual("Oculus", Terms.Text((await Terms.AskedAsync(question))["display"].Single()));
        var past = await Terms.AskedAsync($"{question}&date={then:yyyy-MM-ddTHH:mm:ss.fffZ}");
        Assert.AreEqual("Eye", Terms.Text(past["display"].Single()));
        (await Fhir.GetAsync($"{question}&date=2020")).ExpectProblem(NotFound, body.System);
    }
}
