namespace FhirHub.Terminology.ValueSets;

/// <summary>What is only so in SNOMED CT: https://hl7.org/fhir/R4/snomedct.html</summary>
static class Snomed
{
    internal const string Url = "http://snomed.info/sct";

    internal const long IsA = 116680003;
    internal const string Defined = "900000000000073002";
    internal const string Stated = "900000000000010007";

    /// <summary>The property that names the reference sets a concept is in.</summary>
    internal const string RefsetProperty = "refset";

    /// <summary>The property that tells which groups the attributes of a concept are in.</summary>
    internal const string GroupsProperty = "roleGroups";
}
