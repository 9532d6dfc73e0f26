namespace FhirHub.Profiles.Running;

/// <summary>What the caller wants of a validation.</summary>
/// <param name="ChecksBestPractice">Whether invariants that are only best practice are checked.</param>
/// <param name="ChecksReferences">Whether references to this server have to lead somewhere.</param>
/// <param name="CanResolve">Whether there is a store to look for references in.</param>
readonly record struct RunSettings(bool ChecksBestPractice, bool ChecksReferences, bool CanResolve);
