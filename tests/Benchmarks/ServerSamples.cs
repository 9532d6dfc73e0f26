using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace FhirHub.Benchmarks;

/// <summary>What the load is made of.</summary>
static class ServerSamples
{
    /// <summary>The types of the CRUD mix; their bodies are the sample region's.</summary>
    internal static readonly string[] Types =
    [
        "Patient", "Encounter", "Observation", "Condition", "Procedure", "Immunization", "DiagnosticReport",
        "ServiceRequest", "CarePlan",
    ];

    /// <summary>An Observation of 1 KB with what one usually has: coded, dated, referring, measured.</summary>
    internal static string Observation(int number) => string.Create(CultureInfo.InvariantCulture,
        $$"""
        {"resourceType":"Observation","identifier":[{"system":"urn:oid:2.16.156.1.1","value":"obs-{{number:D9}}"}],
        "status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category",
        "code":"vital-signs","display":"Vital Signs"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"85354-9",
        "display":"Blood pressure panel"}],"text":"Blood pressure"},"subject":{"reference":"Patient/p{{number % 1000}}"},
        "encounter":{"reference":"Encounter/e{{number % 5000}}"},"effectiveDateTime":"2026-03-{{number % 28 + 1:D2}}T09:30:00+08:00",
        "issued":"2026-03-30T10:00:00.000+08:00","performer":[{"reference":"Practitioner/d{{number % 50}}"}],
        "component":[{"code":{"coding":[{"system":"http://loinc.org","code":"8480-6"}]},"valueQuantity":
        {"value":{{100 + (number % 60)}},"unit":"mmHg","system":"http://unitsofmeasure.org","code":"mm[Hg]"} },
        {"code":{"coding":[{"system":"http://loinc.org","code":"8462-4"}]},"valueQuantity":
        {"value":{{60 + (number % 30)}},"unit":"mmHg","system":"http://unitsofmeasure.org","code":"mm[Hg]"} }]}
        """).Replace("\n", "", StringComparison.Ordinal);

    /// <summary>Bodies of a type without id, opened so that an id can be put in front.</summary>
    internal static string[] Bodies(string type, int count) =>
    [
        .. File.ReadLines(Path.Combine(Corpus.RepositoryRoot, "samples", "region", type + ".ndjson")).Take(count)
            .Select(line => Without(line, "id", "meta", "resourceType")[1..]),
    ];

    internal static string Create(string type, string body) => $$"""{"resourceType":"{{type}}",{{body}}""";

    internal static string Update(string type, string id, string body) =>
        $$"""{"resourceType":"{{type}}","id":"{{id}}",{{body}}""";

    /// <summary>A patient and 99 resources about her that refer to her by the bundle's own name for her.</summary>
    internal static string Transaction(int number)
    {
        var patient = string.Create(CultureInfo.InvariantCulture, $"urn:uuid:00000000-0000-4000-8000-{number:D12}");
        var bundle = new StringBuilder("""{"resourceType":"Bundle","type":"transaction","entry":[""");
        Entry(bundle, patient, "Patient", Create("Patient", Bodies("Patient", 50)[number % 50]));
        for (var i = 1; i < 100; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"urn:uuid:00000000-0000-4000-9{i:D3}-{number:D12}");
            var body = Observation((number * 100) + i)
                .Replace($"Patient/p{((number * 100) + i) % 1000}", patient, StringComparison.Ordinal);
            Entry(bundle.Append(','), name, "Observation", body);
        }

        return bundle.Append("]}").ToString();
    }

    static void Entry(StringBuilder bundle, string name, string type, string body) => bundle.Append(
        $$$"""{"fullUrl":"{{{name}}}","resource":{{{body}}},"request":{"method":"POST","url":"{{{type}}}"}}""");

    static string Without(string json, params ReadOnlySpan<string> names)
    {
        var node = JsonNode.Parse(json)!.AsObject(); // a line of NDJSON is an object
        foreach (var name in names)
        {
            node.Remove(name);
        }

        return node.ToJsonString();
    }
}
