using FhirHub.Fhir.Documents;

namespace FhirHub.Profiles.Running;

/// <summary>What was fetched for a validation, so that the next run of it knows.</summary>
sealed class RunFacts
{
    /// <summary>Resources by the reference that leads to them; null where it leads nowhere.</summary>
    internal Dictionary<string, FhirDocument?> References { get; } = new(StringComparer.Ordinal);

    internal Dictionary<string, FhirDocument?> Canonicals { get; } = new(StringComparer.Ordinal);
}
