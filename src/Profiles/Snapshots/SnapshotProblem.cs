using FhirHub.Profiles.Messages;

namespace FhirHub.Profiles.Snapshots;

/// <summary>What is wrong with a profile, by the id of the element that is wrong.</summary>
sealed record SnapshotProblem(Message Message, string Element, object?[] Arguments)
{
    public override string ToString() => $"{Element}: {Message.English(Arguments)}";
}

/// <summary>The tree of a profile's snapshot, and what is wrong with the profile.</summary>
sealed record Snapshot(ElementNode? Root, IReadOnlyList<SnapshotProblem> Problems)
{
    internal bool IsSound => Root is not null && Problems.Count == 0;
}
