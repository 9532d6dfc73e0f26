using System.Text;
using FhirHub.Fhir.Documents;

namespace FhirHub.Unit.Documents;

[TestClass]
public sealed class FhirNodeTests
{
    [TestMethod]
    public void Below_a_missing_node_everything_is_missing()
    {
        var contact = Parse("""{"resourceType":"Patient"}""").Root.First("contact");
        Assert.IsFalse(contact.Exists);
        Assert.IsFalse(contact.At("name.family").Exists);
        Assert.IsFalse(contact.First("name").At("family").Exists);
        Assert.IsEmpty(contact.All("name.given"));
        Assert.IsEmpty(contact["name"]);
        Assert.IsNull(contact.At("name.family").Text);
    }

    [TestMethod]
    [DataRow("nmae")]
    [DataRow("name.")]
    [DataRow("name.given.x")]
    [DataRow("")]
    public void A_step_the_type_does_not_have_is_refused(string path) =>
        Assert.ThrowsExactly<ArgumentException>(() => Parse("""{"resourceType":"Patient"}""").Root.At(path));

    [TestMethod]
    public void Every_node_knows_the_innermost_resource_around_it()
    {
        var bundle = Parse(
            """{"resourceType":"Bundle","type":"collection","entry":[{"fullUrl":"urn:a","resource":{"id":"1","resourceType":"Patient","contained":[{"resourceType":"Organization","name":"o"}],"active":true}},{"fullUrl":"urn:b","resource":{"resourceType":"Patient","active":true}},{"fullUrl":"urn:c"}],"signature":{"when":"2020-01-01T00:00:00Z","who":{"display":"w"},"type":[{"code":"c"}]}}""");
        AssertResources(bundle.Root, bundle.Root);
    }

    [TestMethod]
    [Timeout(60_000)]
    public void The_resource_around_an_element_of_a_large_Bundle_is_found_at_once()
    {
        var entries = string.Join(',', Enumerable.Repeat("""{"resource":{"resourceType":"Patient"},"fullUrl":"urn:a"}""", 100_000));
        var bundle = Parse($$"""{"resourceType":"Bundle","type":"collection","entry":[{{entries}}]}""");
        Assert.IsTrue(bundle.Root.All("entry.fullUrl").All(url => bundle.ResourceOf(url.Index) == 0));
    }

    static void AssertResources(FhirNode node, FhirNode resource)
    {
        Assert.AreEqual(resource.Index, node.Document.ResourceOf(node.Index), node.ToString());
        foreach (var child in node.Children)
        {
            AssertResources(child, child.Type.IsResource ? child : resource);
        }
    }

    static FhirDocument Parse(string json) => FhirDocument.ParseJson(Encoding.UTF8.GetBytes(json));
}
