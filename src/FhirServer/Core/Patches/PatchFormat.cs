namespace FhirHub.Core.Patches;

/// <summary>The languages a patch can be written in: https://hl7.org/fhir/R4/http.html#patch</summary>
public enum PatchFormat
{
    /// <summary>JSON Patch, <c>application/json-patch+json</c>: https://www.rfc-editor.org/rfc/rfc6902</summary>
    JsonPatch,

    /// <summary>XML Patch, <c>application/xml-patch+xml</c>: https://www.rfc-editor.org/rfc/rfc5261</summary>
    XmlPatch,

    /// <summary>FHIRPath Patch as Parameters in JSON: https://hl7.org/fhir/R4/fhirpatch.html</summary>
    FhirPathInJson,

    /// <summary>FHIRPath Patch as Parameters in XML.</summary>
    FhirPathInXml,
}
