using System.Net;
using FhirHub.EndToEnd.Hub;

namespace FhirHub.EndToEnd.Http;

/// <summary>https://hl7.org/fhir/R4/search.html#content, and parts of strings.</summary>
[TestClass]
public sealed class FullTextTests
{
    static FhirClient Fhir => SharedHub.Fhir;

    [TestMethod]
    public async Task Words_and_parts_of_strings_are_found_without_spaces_between()
    {
        var tag = Sample.Tag();
        var div = $"""<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>二型糖尿病 {tag}</p></div>""";
        var more = $", \"text\":{{\"status\":\"additional\",\"div\":\"{div}\"}}";
        var made = (await Fhir.PostAsync("Patient", Sample.Patient(tag, "欧阳丽华", more: more)))
            .Expect(HttpStatusCode.Created);
        var own = Sample.ByTag(tag);
        await FindsAsync($"Patient?{own}&_text=糖尿病", made.Id);
        await FindsAsync($"Patient?{own}&_text=丽华");
        await FindsAsync($"Patient?{own}&_content=丽华 糖尿病", made.Id);
        await FindsAsync($"Patient?{own}&_content=没有,阳丽", made.Id);
        await FindsAsync($"Patient?_content={tag}", made.Id);
        await FindsAsync($"Patient?{own}&family:contains=阳丽", made.Id);
        await FindsAsync($"Patient?{own}&family:contains=丽阳");
        await FindsAsync($"Patient?{own}&_filter=_content co 阳丽 and not (_text co 高血压)", made.Id);
        await FindsAsync($"Binary?_text={tag}");
        var everywhere = (await Fhir.GetAsync($"?_text={tag}")).Expect(HttpStatusCode.OK);
        Assert.HasCount(1, everywhere.Entries);
        var explained = (await Fhir.GetAsync($"Patient?_content={tag}&_explain=true")).Expect(HttpStatusCode.OK);
        Assert.Contains("_content", explained.Json.ToJsonString());
        var described = (await Fhir.GetAsync("metadata")).Expect(HttpStatusCode.OK).Json.ToJsonString();
        Assert.Contains("http://hl7.org/fhir/SearchParameter/Resource-content", described);
    }

    [TestMethod]
    [DataRow("Patient?_content=(a", "a ( is not closed")]
    [DataRow("Patient?_text=NOT a", "NOT takes away")]
    [DataRow("Patient?_text=...", "no word")]
    [DataRow("Patient?_text:not=a", "'_text:not': _text takes no modifier")]
    [DataRow("Patient?_content:missing=true", "'_content:missing': _content takes no modifier")]
    [DataRow("Patient?_filter=_text eq a", "takes no 'eq' but: co")]
    [DataRow("Patient?_sort=_text", "cannot be sorted by '_text'")]
    public async Task A_query_that_cannot_be_read_is_refused_with_the_reason(string path, string reason)
    {
        var refused = (await Fhir.GetAsync(path)).Expect(HttpStatusCode.BadRequest);
        Assert.Contains(reason, refused.Json["issue"]?[0]?["diagnostics"]?.ToString() ?? "");
    }

    static async Task FindsAsync(string path, params string[] ids)
    {
        var found = (await Fhir.GetAsync(path)).Expect(HttpStatusCode.OK);
        Assert.AreEqual(
            string.Join(' ', ids), string.Join(' ', found.Entries.Select(e => e["resource"]?["id"]?.ToString())), path);
    }
}
