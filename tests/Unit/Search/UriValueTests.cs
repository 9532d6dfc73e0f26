using static FhirHub.Unit.Search.Extracting;

namespace FhirHub.Unit.Search;

// https://hl7.org/fhir/R4/search.html#uri
[TestClass]
public sealed class UriValueTests
{
    [TestMethod]
    public void A_uri_is_all_of_its_text() => AreValues(
        Values("""{"resourceType":"ValueSet","status":"draft","url":"http://example.org/v#a"}""", "url"),
        "http://example.org/v#a");

    [TestMethod]
    public void A_canonical_is_split_into_its_parts() => AreValues(
        Values(
            """{"resourceType":"Patient","meta":{"profile":["http://example.org/p|1.0","http://example.org/q#f"]}}""",
            "_profile"),
        "http://example.org/p version=1.0",
        "http://example.org/q fragment=f");

    [TestMethod]
    public void A_source_is_a_uri() => AreValues(
        Values("""{"resourceType":"Patient","meta":{"source":"urn:oid:1.2.3"}}""", "_source"), "urn:oid:1.2.3");
}
