using FhirHub.Fhir.Documents;

namespace FhirHub.Profiles.Running;

/// <summary>
/// One rule about a node, compiled from a definition. It holds nothing of a run, so that all threads share it.
/// </summary>
abstract class Assertion
{
    internal abstract void Check(ValidationRun run, FhirNode node);
}
