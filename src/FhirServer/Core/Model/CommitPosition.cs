namespace FhirHub.Core.Model;

/// <summary>A place in the one order of all commits of a store; later commits have greater positions.</summary>
public readonly record struct CommitPosition(long Value) : IComparable<CommitPosition>
{
    /// <summary>Before the first commit.</summary>
    public static CommitPosition Start => default;

    public int CompareTo(CommitPosition other) => Value.CompareTo(other.Value);

    public static bool operator <(CommitPosition left, CommitPosition right) => left.Value < right.Value;

    public static bool operator >(CommitPosition left, CommitPosition right) => left.Value > right.Value;

    public static bool operator <=(CommitPosition left, CommitPosition right) => left.Value <= right.Value;

    public static bool operator >=(CommitPosition left, CommitPosition right) => left.Value >= right.Value;
}
