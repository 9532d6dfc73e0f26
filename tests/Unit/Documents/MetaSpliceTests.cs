using System.Text;
using FhirHub.Fhir.Documents;

namespace FhirHub.Unit.Documents;

[TestClass]
public sealed class MetaSpliceTests
{
    static readonly DateTimeOffset Time = new(2026, 3, 4, 5, 6, 7, 89, TimeSpan.FromHours(8));

    [TestMethod]
    [DataRow(
        """{"resourceType":"Patient"}""",
        """{"resourceType":"Patient","id":"p1","meta":{"versionId":"2","lastUpdated":"2026-03-03T21:06:07.089Z"}}""")]
    [DataRow(
        """{ "resourceType" : "Patient" , "active" : true }""",
        """{ "resourceType" : "Patient","id":"p1","meta":{"versionId":"2","lastUpdated":"2026-03-03T21:06:07.089Z"} , "active" : true }""")]
    [DataRow(
        """{"active":true,"resourceType":"Patient"}""",
        """{"id":"p1","meta":{"versionId":"2","lastUpdated":"2026-03-03T21:06:07.089Z"},"active":true,"resourceType":"Patient"}""")]
    [DataRow(
        """{"resourceType":"Patient","id":"a-longer-id","meta":{"tag":[{"code":"x"}],"versionId":"1"}}""",
        """{"resourceType":"Patient","id":"p1","meta":{"lastUpdated":"2026-03-03T21:06:07.089Z","tag":[{"code":"x"}],"versionId":"2"}}""")]
    [DataRow(
        """{"resourceType":"Patient","id":"x","meta":{"lastUpdated":"2020-01-01T00:00:00Z","versionId":"1"},"name":[{"text":"丽"}]}""",
        """{"resourceType":"Patient","id":"p1","meta":{"lastUpdated":"2026-03-03T21:06:07.089Z","versionId":"2"},"name":[{"text":"丽"}]}""")]
    public void Id_version_and_time_go_in_and_the_rest_stays(string before, string after)
    {
        var (stamped, version, time) = FhirDocument.ParseJson(Encoding.UTF8.GetBytes(before)).Stamp("p1", "2", Time);
        Assert.AreEqual(after, Encoding.UTF8.GetString(stamped));
        FhirDocument.ParseJson(stamped);
        Assert.AreEqual("2", Encoding.UTF8.GetString(stamped, version.Offset, version.Length));
        Assert.AreEqual("2026-03-03T21:06:07.089Z", Encoding.UTF8.GetString(stamped, time.Offset, time.Length));
    }

    [TestMethod]
    public void An_id_that_is_none_is_refused() => Assert.ThrowsExactly<ArgumentException>(
        () => FhirDocument.ParseJson("""{"resourceType":"Patient"}"""u8.ToArray()).Stamp("\"", "1", Time));
}
