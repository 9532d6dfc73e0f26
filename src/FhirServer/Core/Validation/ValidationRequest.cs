using FhirHub.Core.Model;
using FhirHub.Fhir.Documents;

namespace FhirHub.Core.Validation;

/// <summary>What is to be validated, and against what.</summary>
/// <param name="Resource">The resource; it may stand in another one, such as Parameters.</param>
/// <param name="Caller">Whose profiles, value sets and resources count.</param>
public sealed record ValidationRequest(FhirNode Resource, Caller Caller)
{
    /// <summary>Canonical URLs of profiles, beside those the resource says it conforms to.</summary>
    public IReadOnlyList<string> Profiles { get; init; } = [];

    /// <summary>
    /// Whether the bytes of the document are what the client sent, so that lines and columns mean it.
    /// </summary>
    public bool HasSource { get; init; }

    /// <summary>Whether invariants that are only best practice are checked.</summary>
    public bool ChecksBestPractice { get; init; } = true;

    /// <summary>Whether references to this server have to lead somewhere.</summary>
    public bool ChecksReferences { get; init; }
}
