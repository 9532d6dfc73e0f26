using FhirHub.Core.Model;
using FhirHub.Fhir.Documents;

namespace FhirHub.Terminology.Operations;

/// <summary>
/// Which definition an operation is about: one by its canonical URL, one stored here, or one that was sent along.
/// </summary>
public sealed record DefinitionChoice
{
    DefinitionChoice()
    {
    }

    internal string? Canonical { get; private init; }

    internal StoredResource? Stored { get; private init; }

    internal FhirNode Sent { get; private init; }

    /// <summary>Whether it came with the question, so that nobody can ask about it again.</summary>
    internal bool IsSentAlong => Sent.Exists;

    public static DefinitionChoice Of(string url, string? version = null) =>
        new() { Canonical = ValueSets.Canonical.Of(url, version) };

    public static DefinitionChoice Of(StoredResource stored) => new() { Stored = stored };

    public static DefinitionChoice Of(FhirNode sent) => new() { Sent = sent };
}
