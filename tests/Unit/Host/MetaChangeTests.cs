using System.Text;
using FhirHub.Fhir.Documents;
using FhirHub.Host.Operations;

namespace FhirHub.Unit.Host;

[TestClass]
public sealed class MetaChangeTests
{
    static readonly FhirDocument Tagged = Parse(
        """{"resourceType":"Patient","id":"p","meta":{"tag":[{"system":"s","code":"a"},{"system":"s","code":"b"}]}}""");

    [TestMethod]
    public void A_tag_that_is_there_is_not_added_again() =>
        Assert.IsNull(MetaChange.Add.Apply(Tagged, Meta("""{"tag":[{"system":"s","code":"a","display":"A"}]}""")));

    [TestMethod]
    public void What_is_new_is_added_behind_what_was_there()
    {
        var added = Meta("""{"profile":["http://p"],"tag":[{"system":"s","code":"c"}]}""");
        var changed = MetaChange.Add.Apply(Tagged, added);

        Assert.IsNotNull(changed);
        Assert.AreEqual("a b c", string.Join(' ', changed.Root.All("meta.tag.code").Select(c => c.Text)));
        Assert.AreEqual("http://p", changed.Root.At("meta.profile").Text);
    }

    [TestMethod]
    public void Only_the_labels_named_are_deleted()
    {
        var changed = MetaChange.Delete.Apply(Tagged, Meta("""{"tag":[{"system":"s","code":"a"},{"code":"b"}]}"""));

        Assert.IsNotNull(changed);
        Assert.AreEqual("b", string.Join(' ', changed.Root.All("meta.tag.code").Select(c => c.Text)));
    }

    [TestMethod]
    public void Deleting_what_is_not_there_changes_nothing() =>
        Assert.IsNull(MetaChange.Delete.Apply(Tagged, Meta("""{"security":[{"system":"s","code":"a"}]}""")));

    [TestMethod]
    public void The_union_names_each_label_once()
    {
        var union = new MetaUnion();
        union.Add(Tagged.Json.Span);
        union.Add(Tagged.Json.Span);

        Assert.AreEqual(2, union.ToParameters().Root["parameter"].First.First("value")["tag"].Count());
    }

    [TestMethod]
    public void A_union_of_nothing_is_empty() =>
        Assert.AreEqual(0, new MetaUnion().ToParameters().Root["parameter"].Count());

    static FhirNode Meta(string json) =>
        Parse($$"""{"resourceType":"Parameters","parameter":[{"name":"meta","valueMeta":{{json}}}]}""")
            .Root["parameter"].First.First("value");

    static FhirDocument Parse(string json) => FhirDocument.ParseJson(Encoding.UTF8.GetBytes(json));
}
