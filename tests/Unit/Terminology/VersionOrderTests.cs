using FhirHub.Terminology.Content;

namespace FhirHub.Unit.Terminology;

[TestClass]
public sealed class VersionOrderTests
{
    [TestMethod]
    [DataRow("2.9", "2.10")]
    [DataRow("2019-12-31", "2020-01-01")]
    [DataRow("20190101", "20200101")]
    [DataRow("4.0.1", "4.0.1.1")]
    [DataRow("2.0.0-rc1", "2.0.0")]
    [DataRow("2.0.0-rc1", "2.0.0-rc2")]
    [DataRow("v1", "v2")]
    [DataRow("9", "0010")]
    [DataRow(null, "1")]
    public void The_later_version_comes_after_the_earlier(string? earlier, string later)
    {
        Assert.IsLessThan(0, VersionOrder.Compare(earlier, later));
        Assert.IsGreaterThan(0, VersionOrder.Compare(later, earlier));
        Assert.AreEqual(0, VersionOrder.Compare(later, later));
    }

    [TestMethod]
    public void An_active_definition_goes_before_a_newer_draft()
    {
        var active = new ResourceHeader("CodeSystem", "http://example.org/x", "1", "active");
        Assert.IsGreaterThan(0, ResourceHeader.Compare(active, active with { Version = "2", Status = "draft" }));
        Assert.IsGreaterThan(0, ResourceHeader.Compare(active, active with { Version = "2", Status = "retired" }));
        Assert.IsLessThan(0, ResourceHeader.Compare(active, active with { Version = "2" }));
    }

    [TestMethod]
    public void A_header_is_read_from_wherever_its_elements_stand()
    {
        var header = ResourceHeader.Read(
            """{"concept":[{"code":"url"},{"version":[1]}],"status":"draft","url":"http://a","version":"1","resourceType":"CodeSystem"}"""u8);
        Assert.AreEqual(new ResourceHeader("CodeSystem", "http://a", "1", "draft"), header);
    }
}
