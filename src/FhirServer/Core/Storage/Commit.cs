using FhirHub.Core.Model;
using FhirHub.Core.Search;

namespace FhirHub.Core.Storage;

/// <summary>
/// Everything one atomic change needs: each resource's new content, what must be true for it, and what it is found by.
/// A store checks and writes it in one transaction, or refuses it whole.
/// </summary>
/// <param name="Entries">The changes; no resource twice.</param>
/// <param name="Conditions">Searches whose outcome the changes rest on, looked at again inside the transaction.</param>
public sealed record Commit(IReadOnlyList<CommitEntry> Entries, IReadOnlyList<CommitCondition> Conditions)
{
    /// <summary>What must be so of references afterwards; null for whatever.</summary>
    public CommitLinks? Links { get; init; }

    /// <summary>What the caller may see: what the commit writes must be so, or it is refused.</summary>
    public AccessRule Access { get; init; } = AccessRule.Everything;
}

/// <summary>One resource's change.</summary>
public sealed record CommitEntry
{
    public required ResourceKey Key { get; init; }

    public required WriteMethod Method { get; init; }

    /// <summary>The new content; null for a deletion.</summary>
    public PendingJson? Json { get; init; }

    /// <summary>
    /// The version that must be the current one; zero for "must not exist", which a deleted resource does not; null for
    /// whatever is there.
    /// </summary>
    public long? ExpectedVersion { get; init; }

    /// <summary>What the new content is found by.</summary>
    public IReadOnlyList<SearchEntry> SearchValues { get; init; } = [];

    /// <summary>The compartments the resource is in.</summary>
    public IReadOnlyList<Compartment> Compartments { get; init; } = [];

    /// <summary>Whether the hub writes it of its own accord, so that it need not be what the caller may see.</summary>
    public bool IsBeside { get; init; }

    /// <summary>Where the content came from.</summary>
    public Provenance Provenance { get; init; } = Provenance.Rest;
}

/// <summary>A compartment by its focus: <c>Patient</c> and the patient's id.</summary>
public readonly record struct Compartment(string Type, string Id);

/// <summary>
/// A search that must find exactly these resources, before the commit's own changes; none means "no match".
/// </summary>
public sealed record CommitCondition(SearchQuery Query, IReadOnlyList<ResourceKey> Matches);

/// <summary>
/// References that must lead somewhere once the commit is made: the targets are there and not deleted, and nothing live
/// refers to what the commit deletes but resources the commit itself writes, which answer for themselves. What the
/// caller may not see is no target and refers to nothing.
/// </summary>
/// <param name="Targets">What the new content refers to outside the commit.</param>
/// <param name="BaseUrl">The server's own base, with which references may begin; null for none.</param>
/// <param name="IsStrict">Whether the commit is refused otherwise; if not, its result tells.</param>
public sealed record CommitLinks(IReadOnlyList<ResourceKey> Targets, string? BaseUrl, bool IsStrict);

/// <summary>What became of a commit: the versions it made, or what stood in the way.</summary>
public sealed record CommitResult
{
    /// <summary>
    /// The versions made, one per entry, in their order; empty when the commit was refused. Deleting what is not there
    /// makes no version: in its place stands the earlier deletion, or version 0 of a resource that never was.
    /// </summary>
    public IReadOnlyList<StoredResource> Versions { get; init; } = [];

    /// <summary>The place of the commit; the start when it changed nothing.</summary>
    public CommitPosition Position { get; init; }

    /// <summary>Whether the entry made a version, which it does unless it deletes what is not there.</summary>
    public bool IsNew(int entry) => Versions[entry].Version > 0 && Versions[entry].Position == Position;

    /// <summary>The first thing that was not as expected; null when all is committed.</summary>
    public CommitConflict? Conflict { get; init; }

    /// <summary>The references that lead nowhere; null when all lead somewhere or nobody asked.</summary>
    public BrokenLinks? Broken { get; init; }
}

/// <summary>Why a commit was refused.</summary>
/// <param name="Entry">The entry whose resource was at another version, or -1.</param>
/// <param name="Condition">The condition whose search found something else, or -1; twice -1 means the links.</param>
/// <param name="CurrentVersion">The version that is there; zero when nothing is.</param>
public sealed record CommitConflict(int Entry, int Condition, long CurrentVersion);

/// <summary>References that lead nowhere, or would.</summary>
/// <param name="Missing">The targets that are not there.</param>
/// <param name="Referred">The deletions of what others refer to.</param>
public sealed record BrokenLinks(IReadOnlyList<ResourceKey> Missing, IReadOnlyList<ReferredDeletion> Referred);

/// <summary>A deletion of what others refer to.</summary>
/// <param name="Entry">The entry that deletes.</param>
/// <param name="Count">How many refer to it, counted up to <see cref="CountMax"/>.</param>
/// <param name="Examples">A few of them.</param>
public sealed record ReferredDeletion(int Entry, int Count, IReadOnlyList<ResourceKey> Examples)
{
    /// <summary>One writer waits for the count of another, so it ends.</summary>
    public const int CountMax = 1000;

    public const int ExamplesMax = 5;
}
