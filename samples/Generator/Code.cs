namespace FhirHub.Samples.Generator;

/// <summary>A concept: always its words, and a code where a published system has one we are sure of.</summary>
sealed record Code(string Text, string? System = null, string? Value = null)
{
    internal static Code Loinc(string value, string text) => new(text, "http://loinc.org", value);

    /// <summary>ICD-10 under the root the ministry gives it.</summary>
    internal static Code Icd10(string value, string text) => new(text, "urn:oid:2.16.156.10011.2.3.3.11", value);

    /// <summary>A data element of WS 363.</summary>
    internal static Code Element(string value, string text) => new(text, "urn:oid:2.16.156.10011.2.2.1", value);

    /// <summary>A table of GB/T or WS 364 under the health ministry's root.</summary>
    internal static Code National(string table, string value, string text) =>
        new(text, "urn:oid:2.16.156.10011.2.3." + table, value);

    /// <summary>A code system HL7 publishes with R4.</summary>
    internal static Code Hl7(string system, string value, string text) =>
        new(text, "http://terminology.hl7.org/CodeSystem/" + system, value);
}
