using FhirHub.EndToEnd.Hub;
using static System.Net.HttpStatusCode;

namespace FhirHub.EndToEnd.Terminology;

/// <summary>The Chinese code systems that ship, as an HIS asks about them.</summary>
[TestClass]
public sealed class ChinaTests
{
    const string National = "urn:oid:2.16.156.10011";

    static FhirClient Fhir => SharedHub.Fhir;

    [TestMethod]
    public async Task A_form_fills_its_lists_by_pinyin()
    {
        Assert.AreEqual("02", Terms.Codes(await Fhir.GetAsync("ValueSet/$expand?url=urn:fhirhub:ValueSet:gb-t-3304&filter=menggu")));
        Assert.AreEqual("150721", Terms.Codes(await Fhir.GetAsync("ValueSet/$expand?url=urn:fhirhub:ValueSet:gb-t-2260&filter=arongqi")));
        Assert.AreEqual("0 1 2 9", Terms.Codes(await Fhir.GetAsync("ValueSet/$expand?url=urn:fhirhub:ValueSet:gb-t-2261.1")));
    }

    [TestMethod]
    public async Task A_row_is_told_with_how_sure_it_is()
    {
        var found = await Terms.AskedAsync($"CodeSystem/$lookup?system={National}.2.3.3.3&code=97");
        Assert.AreEqual("其他", Terms.Text(found["display"].Single()));
        Assert.AreEqual("likely", Terms.Part(
            found["property"].Single(one => Terms.Part(one, "code") == "confidence"), "value"));
    }

    [TestMethod]
    public async Task A_wrong_code_is_wrong_where_the_table_is_whole_and_open_where_it_is_not()
    {
        var whole = await Terms.AskedAsync($"CodeSystem/$validate-code?url={National}.2.3.3.4&code=3");
        Assert.AreEqual("false", Terms.Text(whole["result"].Single()));
        (await Fhir.GetAsync($"CodeSystem/$validate-code?url={National}.2.3.3.3&code=66"))
            .ExpectProblem(UnprocessableEntity, "incomplete");
        var below = await Terms.AskedAsync($"CodeSystem/$subsumes?system={National}.2.3.3.2&codeA=150000&codeB=150721");
        Assert.AreEqual("subsumes", Terms.Text(below["outcome"].Single()));
    }

    [TestMethod]
    public async Task An_OID_has_a_URI_and_back()
    {
        var uri = await Terms.AskedAsync("NamingSystem/$preferred-id?id=2.16.156.10011.1.3&type=uri");
        Assert.AreEqual($"{National}.1.3", Terms.Text(uri["result"].Single()));
        var oid = await Terms.AskedAsync("NamingSystem/$preferred-id?id=urn:fhirhub:CodeSystem:gb-t-2261.1&type=oid");
        Assert.AreEqual("2.16.156.10011.2.3.3.4", Terms.Text(oid["result"].Single()));
        (await Fhir.GetAsync("NamingSystem/$preferred-id?id=1.2.3.4.5.6&type=uri")).ExpectProblem(NotFound, "1.2.3.4.5.6");
        (await Fhir.GetAsync("NamingSystem/$preferred-id?id=1.2.3&type=url")).ExpectProblem(BadRequest, "'type'");

        var tag = Sample.Tag();
        await Terms.PutAsync("NamingSystem", $$"""
            {"resourceType":"NamingSystem","name":"Own","status":"active","kind":"identifier","date":"2026","uniqueId":[
             {"type":"other","value":"{{tag}}"},{"type":"uri","value":"urn:own:{{tag}}"}]}
            """);
        var own = await Terms.AskedAsync($"NamingSystem/$preferred-id?id={tag}&type=uri");
        Assert.AreEqual($"urn:own:{tag}", Terms.Text(own["result"].Single()));
    }
}
