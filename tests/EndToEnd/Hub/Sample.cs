namespace FhirHub.EndToEnd.Hub;

/// <summary>Resources to send. Everything a test finds again carries a tag no other test has.</summary>
static class Sample
{
    internal const string System = "urn:fhirhub:e2e";

    /// <summary>A word no other test uses, in this run or before.</summary>
    internal static string Tag() => $"t{Guid.CreateVersion7():n}";

    internal static string Patient(string tag, string family = "Zhang", string? id = null, string more = "") => $$"""
        {"resourceType":"Patient",{{Id(id)}}"identifier":[{"system":"{{System}}","value":"{{tag}}"}],
        "name":[{"family":"{{family}}","given":["Wei"]}]{{more}}}
        """;

    internal static string Observation(string tag, string effective, string subject, string? id = null) => $$"""
        {"resourceType":"Observation",{{Id(id)}}"status":"final",
        "identifier":[{"system":"{{System}}","value":"{{tag}}"}],
        "code":{"coding":[{"system":"http://loinc.org","code":"8867-4"}]},
        "subject":{"reference":"{{subject}}"},"effectiveDateTime":"{{effective}}"}
        """;

    /// <summary>The search that finds what carries the tag.</summary>
    internal static string ByTag(string tag) => $"identifier={System}|{tag}";

    static string Id(string? id) => id is null ? "" : $"\"id\":\"{id}\",";
}
