namespace FhirHub.Profiles.Assertions;

/// <summary>Invariants of R4 that do not say what they mean, and what takes their place.</summary>
static class Errata
{
    static readonly Dictionary<(string Key, string Expression), string> Mends = new()
    {
        // Boolean is the type of FHIRPath itself, and answer[x] is FHIR's boolean: as published, no question about
        // existence could be asked. R5 has it in small letters.
        [("que-7", "operator = 'exists' implies (answer is Boolean)")] =
            "operator = 'exists' implies (answer is boolean)",
    };

    internal static string Mended(string key, string expression) =>
        Mends.GetValueOrDefault((key, expression), expression);
}
