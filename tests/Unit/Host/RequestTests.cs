using System.Text;
using FhirHub.Core.Model;
using FhirHub.Core.Storage;
using FhirHub.Fhir.Documents;
using FhirHub.Host.Http;
using FhirHub.Host.Operations;

namespace FhirHub.Unit.Host;

[TestClass]
public sealed class RequestTests
{
    [TestMethod]
    [DataRow("abc-1.2:3_4", true)]
    [DataRow("a b", false)]
    [DataRow("<script>", false)]
    [DataRow("", false)]
    [DataRow(null, false)]
    public void Only_a_harmless_request_id_is_taken(string? id, bool isTaken) =>
        Assert.AreEqual(isTaken ? id : null, RequestIds.Usable(id));

    [TestMethod]
    public void A_request_id_has_a_bound() => Assert.IsNull(RequestIds.Usable(new string('a', 129)));

    [TestMethod]
    public void A_place_in_everything_reads_back_as_it_was()
    {
        foreach (var place in (EverythingCursor[])
        [
            new(3, null, null),
            new(3, new SearchCursor(new CommitPosition(7), 99), null),
            new(64, null, "Practitioner/a-b.c"),
        ])
        {
            Assert.AreEqual(place, EverythingCursor.Read(place.ToString()));
        }
    }

    [TestMethod]
    [DataRow("x")]
    [DataRow("1-2--")]
    [DataRow("-1---")]
    public void A_place_that_is_none_is_refused(string text) =>
        Assert.ThrowsExactly<FhirException>(() => EverythingCursor.Read(text));

    [TestMethod]
    public void References_to_other_servers_and_into_the_document_are_not_followed()
    {
        var resource = FhirDocument.ParseJson(Encoding.UTF8.GetBytes(
            """
            {"resourceType":"Observation","status":"final","code":{"text":"x"},
             "subject":{"reference":"http://here/fhir/Patient/1"},
             "encounter":{"reference":"Encounter/2/_history/3"},
             "specimen":{"reference":"#s"},
             "performer":[{"reference":"http://there/fhir/Practitioner/4"},{"reference":"urn:uuid:5"},{"display":"x"}]}
            """));

        Assert.AreEqual(
            "Patient/1 Encounter/2",
            string.Join(' ', References.Of(resource, "t", "http://here/fhir/")));
    }
}
