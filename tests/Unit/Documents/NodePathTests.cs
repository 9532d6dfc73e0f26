using System.Text;
using FhirHub.Fhir.Documents;

namespace FhirHub.Unit.Documents;

[TestClass]
public sealed class NodePathTests
{
    [TestMethod]
    public void Every_node_is_found_again_by_its_path()
    {
        var document = FhirDocument.ParseJson(Encoding.UTF8.GetBytes("""
            {"resourceType":"Patient","_birthDate":{"id":"b"},"contained":[{"resourceType":"Basic","id":"a","code":{"text":"c"}},
            {"resourceType":"Patient","name":[{"family":"F"},{"given":["x",null,"z"],"_given":[null,{"id":"g"},{"id":"h"}]}]}],
            "birthDate":"2020","deceasedBoolean":true,"_gender":{"extension":[{"url":"u","valueCode":"v"},{"url":"w"}]},
            "address":[{"line":["l"]},{"_line":[{"id":"m"}]}]}
            """));
        var builder = FhirBuilder.From(document);
        var paths = new HashSet<string>();
        foreach (var node in Below(document.Root))
        {
            var path = NodePath.Of(node);
            Assert.IsTrue(paths.Add(path), path);
            Assert.AreEqual(node.Type, builder.At(path).Type, path);
        }

        Assert.Contains("contained[1].name[1].given[2].id", paths);
        Assert.Contains("gender.extension[1].url", paths);
        Assert.AreEqual("", NodePath.Of(document.Root));
        Assert.AreEqual("deceasedBoolean", NodePath.Of(document.Root.At("deceased")));
    }

    static IEnumerable<FhirNode> Below(FhirNode node) => node.Children.SelectMany(child => Below(child).Prepend(child));
}
