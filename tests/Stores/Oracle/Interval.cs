namespace FhirHub.Stores.Oracle;

/// <summary>A stretch of numbers or of time; a missing end is endless.</summary>
readonly record struct Interval(decimal? Low, bool HasLow, decimal? High, bool HasHigh)
{
    internal static Interval Point(decimal value) => new(value, true, value, true);

    /// <summary>From the first up to, and without, the second.</summary>
    internal static Interval UpTo(decimal low, decimal high) => new(low, true, high, false);

    internal bool Contains(Interval other) => StartsBefore(other) && EndsAfter(other);

    /// <summary>Whether anything of this lies above a bound, itself counting where it is so said.</summary>
    internal bool ReachesAbove(decimal bound, bool counts) =>
        High is not { } high || high > bound || (high == bound && counts && HasHigh);

    internal bool ReachesBelow(decimal bound, bool counts) =>
        Low is not { } low || low < bound || (low == bound && counts && HasLow);

    internal bool Holds(decimal value) => ReachesAbove(value, counts: true) && ReachesBelow(value, counts: true);

    /// <summary>Whether all of this lies above a bound.</summary>
    internal bool LiesAbove(decimal bound, bool counts) =>
        Low is { } low && (low > bound || (low == bound && (counts || !HasLow)));

    internal bool LiesBelow(decimal bound, bool counts) =>
        High is { } high && (high < bound || (high == bound && (counts || !HasHigh)));

    internal bool Overlaps(Interval other) => !IsBefore(this, other) && !IsBefore(other, this);

    static bool IsBefore(Interval one, Interval two) =>
        one.High is { } high && two.Low is { } low
        && (high < low || (high == low && !(one.HasHigh && two.HasLow)));

    bool StartsBefore(Interval other) =>
        Low is not { } low || (other.Low is { } theirs && (low < theirs || (low == theirs && (HasLow || !other.HasLow))));

    bool EndsAfter(Interval other) =>
        High is not { } high
        || (other.High is { } theirs && (high > theirs || (high == theirs && (HasHigh || !other.HasHigh))));
}
