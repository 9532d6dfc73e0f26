namespace FhirHub.Samples.Generator;

/// <summary>The names the implementation guide (src/Profiles/guide) gives to what it defines.</summary>
static class Guide
{
    const string Canonical = "urn:fhirhub:mch";

    internal static string Profile(string id) => $"{Canonical}/StructureDefinition/{id}";

    internal static string Extension(string id) => $"{Canonical}/StructureDefinition/ext-{id}";

    internal static string Plan(string id) => $"{Canonical}/PlanDefinition/{id}";

    internal static string Questionnaire(string id) => $"{Canonical}/Questionnaire/{id}";

    internal static string System(string id) => $"{Canonical}/CodeSystem/{id}";

    /// <summary>A code of one of the guide's own code systems.</summary>
    internal static Code Code(string system, string value, string text) =>
        new(text, System(system), value);

    /// <summary>A code of one of the national tables that have no OID, which the hub has built in.</summary>
    internal static Code Hub(string table, string value, string text) =>
        new(text, $"urn:fhirhub:CodeSystem:{table}", value);
}
