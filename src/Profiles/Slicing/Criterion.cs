using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Slicing;

/// <summary>What a discriminator asks of an occurrence, for one slice.</summary>
abstract class Criterion
{
    /// <param name="run">The run.</param>
    /// <param name="node">The occurrence.</param>
    /// <param name="position">Which occurrence of the element it is, from 0.</param>
    internal abstract bool IsMet(ValidationRun run, FhirNode node, int position);
}
