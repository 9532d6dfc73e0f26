using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;

namespace FhirHub.Stores;

/// <summary>What https://hl7.org/fhir/R4/search.html says of single cases, asked as a query string.</summary>
public abstract class SearchSemanticsContract
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

    /// <summary>Stores the resources and searches; the last one stored is found first.</summary>
    async Task Finds(string type, string search, string expected, params string[] resources)
    {
        await using var pair = Create();
        foreach (var resource in resources)
        {
            await pair.PutAsync(resource);
        }

        Assert.AreEqual(expected, string.Join(' ', (await PageAsync(pair, type, search)).Matches.Select(m => m.Key.Id)));
    }

    async Task<SearchPage> PageAsync(StoragePair pair, string type, string search)
    {
        var scope = new SearchScope { Tenant = Sample.Tenant, Type = type, BaseUrl = Base };
        var query = _parser.Parse(scope, ConditionalQuery.Pairs(search)).Query;
        return await pair.Search.SearchAsync(query, CancellationToken.None);
    }
}
