using FhirHub.Fhir.Documents;

namespace FhirHub.Samples.Generator.Faults;

/// <summary>A kind of fault that real data has: what it can befall, and how it comes about.</summary>
sealed record FaultKind(string Name, string Type, Func<FhirNode, bool> Befalls, FaultKind.Spoiling Spoil)
{
    /// <summary>Changes the builder of a copy and says where, what was there, and what is there now.</summary>
    internal delegate (string Element, string Was, string Is) Spoiling(
        FhirBuilder builder, FhirNode resource, Chance chance);

    /// <summary>True when the spoiled copy stands beside the resource, and not in its place.</summary>
    internal bool IsCopy { get; init; }
}
