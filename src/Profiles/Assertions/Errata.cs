namespace FhirHub.Profiles.Assertions;

/// <summary>Rules of R4 that do not say what they mean, and what takes their place.</summary>
static class Errata
{
    static readonly Dictionary<(string Key, string Expression), string> Mends = new()
    {
        // Boolean is the type of FHIRPath itself, and answer[x] is FHIR's boolean: as published, no question about
        // existence could be asked. R5 has it in small letters.
        [("que-7", "operator = 'exists' implies (answer is Boolean)")] =
            "operator = 'exists' implies (answer is boolean)",
    };

    const string MediaTypes = "http://hl7.org/fhir/ValueSet/mimetypes";

    /// <summary>
    /// What <c>CapabilityStatement.format</c> may say beside media types, "xml | json | ttl | mime type", although its
    /// binding has media types only; test scripts use it as well.
    /// </summary>
    static readonly HashSet<string> Formats = new(["xml", "json", "ttl"], StringComparer.Ordinal);

    /// <summary>Whether a code is right although the value set it is bound to lacks it.</summary>
    internal static bool Allows(string? valueSet, string? code) =>
        code is not null && Formats.Contains(code)
        && valueSet?.StartsWith(MediaTypes, StringComparison.Ordinal) == true;

    internal static string Mended(string key, string expression) =>
        Mends.GetValueOrDefault((key, expression), expression);
}
