using FhirHub.Core.Model;

namespace FhirHub.Core.Writes;

/// <summary>The outcome of one write and the version it is about; a deletion of many has several results.</summary>
public sealed record WriteResult(WriteOutcome Outcome, StoredResource? Resource)
{
    /// <summary>What was done although it should not be left so.</summary>
    public IReadOnlyList<Problem> Warnings { get; init; } = [];
}
