using FhirHub.Core.Search;
using FhirHub.Fhir.Definitions;
using static FhirHub.Unit.Search.Extracting;

namespace FhirHub.Unit.Search;

[TestClass]
public sealed class ParameterCatalogTests
{
    [TestMethod]
    public void A_type_has_its_own_parameters_and_those_of_its_bases()
    {
        string[] codes = [.. ParameterCatalog.R4.Of("Patient").Select(p => p.Code)];
        CollectionAssert.IsSubsetOf(new[] { "name", "_id", "_lastUpdated", "_text", "birthdate", "phone" }, codes);
        CollectionAssert.AllItemsAreUnique(codes);
        Assert.DoesNotContain("_text", ParameterCatalog.R4.Of("Bundle").Select(p => p.Code).ToArray());
        Assert.IsEmpty(ParameterCatalog.R4.Of("Nobody"));
    }

    [TestMethod]
    [DataRow(FullTextExtent.All, true, true)]
    [DataRow(FullTextExtent.Narrative, true, false)]
    [DataRow(FullTextExtent.Off, false, false)]
    public void Words_that_are_not_indexed_have_no_parameter_and_give_no_values(
        FullTextExtent extent, bool hasText, bool hasContent)
    {
        var catalog = ParameterCatalog.R4With(extent);
        Assert.AreEqual(hasText, catalog.TryGet("Patient", "_text", out _));
        Assert.AreEqual(hasContent, catalog.TryGet("Patient", "_content", out _));
        var extracted = new SearchValueExtractor(catalog).Extract(Parse(
            """
            {"resourceType":"Patient","gender":"male","text":{"status":"additional",
             "div":"<div xmlns=\"http://www.w3.org/1999/xhtml\">a</div>"} }
            """)).Entries;
        Assert.AreEqual(hasText, extracted.Any(e => e.Parameter.Url == ResourceWords.TextUrl));
        Assert.AreEqual(hasContent, extracted.Any(e => e.Parameter.Url == ResourceWords.ContentUrl));
        Assert.AreEqual(extent == FullTextExtent.All, IndexRules.Of(catalog) == IndexRules.Of(ParameterCatalog.R4));
    }

    [TestMethod]
    public void Every_parameter_of_R4_is_one_of_its_types()
    {
        foreach (var parameter in ParameterCatalog.R4.All)
        {
            foreach (var type in parameter.Base.Where(b => !FhirSchema.R4[b].IsAbstract))
            {
                Assert.IsTrue(ParameterCatalog.R4.TryGet(type, parameter.Code, out var found), parameter.Url);
                Assert.AreSame(parameter, found, parameter.Url);
            }
        }

        Assert.HasCount(1375, ParameterCatalog.R4.All);
    }

    [TestMethod]
    public void A_custom_parameter_leaves_the_catalog_it_was_added_to_alone()
    {
        var custom = Custom("Patient", SearchParameterType.String, "Patient.maritalStatus.text");
        var catalog = ParameterCatalog.R4.With(custom);
        Assert.IsTrue(catalog.TryGet("Patient", "custom", out var found));
        Assert.AreSame(custom, found);
        Assert.IsTrue(catalog.TryGet(custom.Url, out _));
        Assert.IsFalse(ParameterCatalog.R4.TryGet("Patient", "custom", out _));
        Assert.IsFalse(catalog.Without(custom.Url).TryGet("Patient", "custom", out _));
    }

    [TestMethod]
    public void A_custom_parameter_of_entries_reads_a_bundle_whose_first_has_no_resource()
    {
        var custom = Custom("Bundle", SearchParameterType.Reference, "Bundle.entry.resource");
        var extracted = new SearchValueExtractor(ParameterCatalog.R4.With(custom)).Extract(Parse(
            """
            {"resourceType":"Bundle","type":"transaction","entry":[
             {"request":{"method":"DELETE","url":"Patient/a"} },
             {"resource":{"resourceType":"Patient","id":"b"},"request":{"method":"PUT","url":"Patient/b"} }]}
            """)).Entries;
        Assert.IsTrue(extracted.Any(entry => entry.Parameter == custom));
        Assert.IsFalse(extracted.Any(entry => entry.Within is { IsEntry: true }));
    }

    [TestMethod]
    public void The_same_url_replaces_and_the_same_code_goes_before()
    {
        var first = Custom("Patient", SearchParameterType.String, "Patient.name.text");
        var second = first with { Expression = "Patient.name.family" };
        Assert.IsTrue(ParameterCatalog.R4.With(first).With(second).TryGet("Patient", "custom", out var found));
        Assert.AreSame(second, found);

        var gender = first with { Code = "gender" };
        Assert.IsTrue(ParameterCatalog.R4.With(gender).TryGet("Patient", "gender", out found));
        Assert.AreSame(gender, found);

        var id = first with { Code = "_id" };
        Assert.IsTrue(ParameterCatalog.R4.With(id).TryGet("Patient", "_id", out found));
        Assert.AreSame(id, found);
        Assert.IsTrue(ParameterCatalog.R4.With(id).TryGet("Person", "_id", out found));
        Assert.AreNotSame(id, found);
    }

    [TestMethod]
    public void A_parameter_of_Resource_is_one_of_every_type()
    {
        var custom = Custom("Resource", SearchParameterType.Uri, "Resource.implicitRules");
        foreach (var type in FhirSchema.R4.Types.Where(t => t.IsResource && !t.IsAbstract))
        {
            Assert.IsTrue(ParameterCatalog.R4.With(custom).TryGet(type.Name, "custom", out _));
        }
    }
}
