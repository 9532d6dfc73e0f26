using FhirHub.Core.Model;
using FhirHub.Core.Search;

namespace FhirHub.Unit.Search;

/// <summary>
/// What a search says of its answer, refused whatever is found, or left out and told:
/// https://hl7.org/fhir/R4/search.html#return
/// </summary>
[TestClass]
public sealed class ResultParameterTests
{
    static readonly SearchParser Parser = new(ParameterCatalog.R4, SearchZone.China, TimeProvider.System);

    [TestMethod]
    [DataRow("_count=1&_count=2", "'_count' is there twice with different values")]
    [DataRow("_total=none&_total=accurate", "'_total' is there twice")]
    [DataRow("_summary=count&_summary=true", "'_summary' is there twice")]
    [DataRow("_contained=true&_contained=false", "'_contained' is there twice")]
    [DataRow("_format=json&_format=xml", "'_format' is there twice")]
    [DataRow("_summary=bogus", "'_summary' takes true, text, data, count or false")]
    [DataRow("_summary=", "'_summary' takes")]
    [DataRow("_pretty=maybe", "'_pretty' takes true or false")]
    [DataRow("_explain=yes", "'_explain' takes true or false")]
    [DataRow("_elements=colour", "'_elements': Patient has no element 'colour'. It has: id, meta")]
    [DataRow("_elements=", "Patient has no element ''")]
    [DataRow("_elements=name,status&_summary=count", "no element 'status'")]
    [DataRow("_elements=name&_summary=true", "'_elements' does not go with '_summary=true'")]
    [DataRow("_include=Patient:link&_summary=text", "_include and _revinclude do not go with _summary=text")]
    [DataRow("_sort:asc=name", "'_sort:asc': '_sort' takes no modifier")]
    [DataRow("_elements:exclude=name", "'_elements:exclude': '_elements' takes no modifier")]
    [DataRow("_include:recurse=Patient:link", "the only modifier of '_include' is ':iterate'")]
    [DataRow("_query=mine", "'_query': this server has no named queries")]
    [DataRow("_type=Patient", "'_type' is for searches of several types; this one searches Patient")]
    [DataRow("_include=Patient:link:Observation", "'Patient:link:Observation' refers to: Patient, RelatedPerson")]
    [DataRow("_revinclude=Observation:encounter", "does not refer to what is searched by 'encounter', but by: ")]
    [DataRow("_revinclude=Observation:subject:Group", "by 'subject' to a Group, but by: ")]
    [DataRow("_revinclude=Practitioner:*", "Practitioner does not refer to what is searched by '*', but by: nothing")]
    [DataRow("_revinclude=Practitioner:*:Patient", "'Practitioner:*:Patient' refers to: nothing")]
    [DataRow("_id=Patient/1", "'_id' takes ids")]
    [DataRow("link:Patient=http://other.example/fhir/RelatedPerson/1", "asks for a Patient and names a RelatedPerson")]
    [DataRow("gender:of-type=a|b|c", "':of-type' is for identifiers, and 'gender' of Patient has none")]
    [DataRow("link:Patient=http://other.example/x", "the URL does not say of what type it is; leave ':Patient' out")]
    public void What_it_does_not_understand_it_refuses_by_name(string search, string part)
    {
        var refused = Assert.ThrowsExactly<FhirException>(() => Parsed("Patient", search));
        StringAssert.Contains(refused.Problem.Text, part);
    }

    [TestMethod]
    [DataRow("Patient", "_count=5&_count=5", "_count=5&_count=5")]
    [DataRow("Patient", "_count=5000", "_count=1000")]
    [DataRow("Patient", "_include:iterate=Observation:encounter:Encounter", "")]
    [DataRow("Patient", "_revinclude:iterate=Observation:encounter", "")]
    [DataRow("Encounter", "_revinclude=Observation:encounter:Encounter", "")]
    [DataRow("Bundle", "_revinclude=Provenance:target", "")]
    [DataRow("Patient", "link:Patient=http://other.example/fhir/Patient/1", "")]
    [DataRow("Location", "near:missing=true", "")]
    [DataRow("Patient", "identifier:of-type=a|b|c", "")]
    [DataRow("Composition", "related-id:of-type=a|b|c", "")]
    [DataRow("Encounter", "subject:identifier=a", "")]
    [DataRow(null, "_type=Patient,Observation&_elements=name,status", "")]
    public void What_it_understands_is_in_the_self_link(string? type, string search, string used) =>
        Assert.AreEqual(used.Length == 0 ? search : used, Used(Parsed(type, search)));

    [TestMethod]
    [DataRow("Patient", "_summary=bogus&_count=3", "_count=3")]
    [DataRow("Patient", "_elements=colour&gender=male", "gender=male")]
    [DataRow("Patient", "_count=1&_count=2", "_count=1")]
    [DataRow("Patient", "_include:recurse=Patient:link", "")]
    [DataRow(null, "_type=Bogus,Patient&_id=1", "_type=Patient&_id=1")]
    [DataRow(null, "_type=Bogus&_id=1", "_id=1")]
    public void A_lenient_search_goes_without_what_it_does_not_understand(string? type, string search, string used)
    {
        var request = Parsed(type, search, isLenient: true);
        Assert.AreEqual(used, Used(request));
        Assert.HasCount(1, request.Ignored);
    }

    [TestMethod]
    public void Of_a_count_that_is_there_twice_a_lenient_search_takes_the_first()
    {
        Assert.AreEqual(1, Parsed("Patient", "_count=1&_count=2", isLenient: true).Query.Count);
    }

    [TestMethod]
    public void The_same_count_twice_is_one_even_where_it_is_too_large()
    {
        var request = Parsed("Patient", "_count=2000&_count=2000");
        Assert.AreEqual(1000, request.Query.Count);
        Assert.IsEmpty(request.Ignored);
    }

    [TestMethod]
    public void Several_sorts_are_keys_one_behind_the_other()
    {
        string[] codes = [.. Parsed("Patient", "_sort=family,-given&_sort=-birthdate").Query.Sort
            .Select(key => $"{(key.IsDescending ? "-" : "")}{key.Parameter.Code}")];
        CollectionAssert.AreEqual(new[] { "family", "-given", "-birthdate" }, codes);
    }

    [TestMethod]
    [DataRow("name=%E7%8E%8B", "王")]
    [DataRow("name=a%2Bb+c", "a+b c")]
    [DataRow("name=王%20", "王 ")]
    [DataRow("name=50%", "50%")]
    [DataRow("name=%zz", "%zz")]
    [DataRow("name=%CD%F5", null)] // the same in GBK
    [DataRow("na%FFme=x", null)]
    public void The_escapes_of_an_address_are_UTF_8(string search, string? value)
    {
        if (value is null)
        {
            StringAssert.Contains(
                Assert.ThrowsExactly<FhirException>(() => ConditionalQuery.Pairs(search)).Problem.Text, "UTF-8");
        }
        else
        {
            Assert.AreEqual(value, ConditionalQuery.Pairs(search)[0].Value);
        }
    }

    [TestMethod]
    public void Several_lists_of_types_and_elements_are_one()
    {
        var request = Parsed(null, "_type=Patient&_type=Person,Patient&_elements=name&_elements=link,gender");
        string[] types = [.. request.Query.Targets.Select(target => target.Type)];
        CollectionAssert.AreEqual(new[] { "Patient", "Person" }, types);
        CollectionAssert.AreEqual(new[] { "name", "link", "gender" }, request.Elements.ToArray());
    }

    static SearchRequest Parsed(string? type, string search, bool isLenient = false) => Parser.Parse(
        new SearchScope { Tenant = "t", Type = type, IsLenient = isLenient }, ConditionalQuery.Pairs(search));

    static string Used(SearchRequest request) =>
        string.Join('&', request.Used.Select(one => $"{one.Key}={one.Value}"));
}
