using System.Text;
using FhirHub.Core.Model;
using FhirHub.Core.Patches;
using FhirHub.Fhir.Documents;

namespace FhirHub.Unit.Patches;

/// <summary>Patches small resources and shows what came of it.</summary>
static class Patching
{
    internal const string Patient =
        """{"resourceType":"Patient","id":"p1","active":true,"name":[{"family":"张","given":["丽","Li"]},{"text":"B"}],"gender":"female","birthDate":"1949-12-31"}""";

    internal static FhirDocument Parse(string json) => FhirDocument.ParseJson(Encoding.UTF8.GetBytes(json));

    internal static string Apply(string json, PatchFormat format, string body) =>
        Encoding.UTF8.GetString(Patch.Apply(Parse(json), format, Encoding.UTF8.GetBytes(body)).Json.Span);

    /// <summary>The problem of a patch that must fail.</summary>
    internal static Problem Refused(string json, PatchFormat format, string body) =>
        Assert.ThrowsExactly<FhirException>(() => Apply(json, format, body)).Problem;

    /// <summary>A collection of so many patients, each with an id of its own.</summary>
    internal static string Bundle(int entries)
    {
        var json = new StringBuilder("""{"resourceType":"Bundle","type":"collection","entry":[""");
        for (var i = 0; i < entries; i++)
        {
            json.Append(i == 0 ? "" : ",").Append(
                $$$"""{"fullUrl":"urn:uuid:00000000-0000-0000-0000-{{{i:D12}}}","resource":{"resourceType":"Patient","id":"p{{{i}}}","name":[{"family":"张","given":["丽"]}],"birthDate":"1970-01-01"}}""");
        }

        return json.Append("]}").ToString();
    }
}
