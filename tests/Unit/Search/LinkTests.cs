using FhirHub.Core.Search;
using static FhirHub.Unit.Search.Extracting;

namespace FhirHub.Unit.Search;

/// <summary>What the index knows of references beyond the parameters of the specification.</summary>
[TestClass]
public sealed class LinkTests
{
    [TestMethod]
    public void A_reference_no_parameter_finds_is_in_the_index_once()
    {
        var values = LinksOf("""
            {"resourceType":"Patient","contact":[{"organization":{"reference":"Organization/1"}},
            {"organization":{"reference":"Organization/1"}}],"managingOrganization":{"reference":"Organization/2"}}
            """);
        Assert.AreEqual("Relative Organization/1 type=Organization id=1", string.Join('\n', values));
    }

    [TestMethod]
    public void An_absolute_reference_is_in_the_index_by_its_URL_without_the_version()
    {
        var values = LinksOf("""
            {"resourceType":"Patient","managingOrganization":{"reference":"http://a.example/Organization/2/_history/7"}}
            """);
        Assert.AreEqual(SearchUri("http://a.example/Organization/2"), string.Join('\n', values));
    }

    [TestMethod]
    public void Other_references_are_not_links()
    {
        Assert.IsEmpty(LinksOf("""
            {"resourceType":"Patient","contact":[{"organization":{"reference":"#o"}},
            {"organization":{"reference":"urn:uuid:c757873d-ec9a-4326-a141-556f43239520"}},
            {"organization":{"identifier":{"value":"1"}}}],
            "contained":[{"resourceType":"Organization","id":"o"}]}
            """));
    }

    static List<string> LinksOf(string json) => [.. R4.Extract(Parse(json)).Entries
        .Where(e => e.Parameter == Links.Parameter).Select(e => Show(e.Value))];

    static string SearchUri(string url) => Show(new SearchValue.Uri(Utf8Text.Of(url), default, default));
}
