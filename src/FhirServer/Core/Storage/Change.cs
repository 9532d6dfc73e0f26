using FhirHub.Core.Model;

namespace FhirHub.Core.Storage;

/// <summary>One version in the feed of all changes, which is in the order of commits.</summary>
public sealed record Change(CommitPosition Position, StoredResource Resource, Provenance Provenance);
