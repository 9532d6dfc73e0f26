using System.Text;
using FhirHub.Core.Storage;

namespace FhirHub.Unit.Storage;

/// <summary>What only the commit knows is put in, wherever it stands.</summary>
[TestClass]
public sealed class PendingJsonTests
{
    [TestMethod]
    [DataRow("""{"versionId":"V","lastUpdated":"T","rest":1}""", 1)]
    [DataRow("""{"lastUpdated":"T","versionId":"V"}""", 12_345)]
    [DataRow("VT", 7)]
    public void Version_and_time_stand_in_their_places(string json, long version)
    {
        var pending = new PendingJson(
            Encoding.UTF8.GetBytes(json),
            (json.IndexOf('V', StringComparison.Ordinal), 1),
            (json.IndexOf('T', StringComparison.Ordinal), 1));
        var expected = json.Replace("V", $"{version}", StringComparison.Ordinal)
            .Replace("T", "2026-01-02T03:04:05.006Z", StringComparison.Ordinal);
        var time = new DateTimeOffset(2026, 1, 2, 3, 4, 5, 6, TimeSpan.Zero);
        Assert.AreEqual(expected, Encoding.UTF8.GetString(pending.Complete(version, time)));
        Assert.AreEqual(expected, Encoding.UTF8.GetString(pending.Complete(version, time)), "a second try says the same");
    }
}
