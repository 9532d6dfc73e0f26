namespace FhirHub.Core.Terminology;

/// <summary>The codes of a value set: https://hl7.org/fhir/R4/valueset.html#expansion</summary>
/// <param name="Url">The value set.</param>
/// <param name="Version">Its version; null when it has none.</param>
/// <param name="Codes">Each code once, in the order of the definition.</param>
/// <param name="IsComplete">
/// False when the value set draws on a fragment of a code system: every code here is in it, but others may be as well,
/// so nobody can say that a code is <em>not</em> in it.
/// </param>
public sealed record Expansion(string Url, string? Version, IReadOnlyList<CodeEntry> Codes, bool IsComplete);
