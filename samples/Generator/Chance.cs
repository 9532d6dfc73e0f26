using Bogus;

namespace FhirHub.Samples.Generator;

/// <summary>Chance with a seed made of the region's seed and the name of what it is for.</summary>
sealed class Chance(int seed, string subject)
{
    internal Randomizer Randomizer { get; } = new(Mix(seed, subject));

    /// <summary>Both ends included.</summary>
    internal int Int(int min, int max) => Randomizer.Int(min, max);

    internal bool Happens(double probability) => Randomizer.Double() < probability;

    internal T Pick<T>(IReadOnlyList<T> from) => from[Randomizer.Int(0, from.Count - 1)];

    /// <summary>
    /// About normal, within limits. Twelve uniform numbers are added because, unlike logarithms and cosines, sums give
    /// the same bits on every machine.
    /// </summary>
    internal double Normal(double mean, double deviation, double min, double max)
    {
        var sum = -6.0;
        for (var i = 0; i < 12; i++)
        {
            sum += Randomizer.Double();
        }

        return Math.Clamp(mean + (deviation * sum), min, max);
    }

    /// <summary>A normal number with so many decimals.</summary>
    internal decimal Decimal(double mean, double deviation, double min, double max, int decimals = 1) =>
        decimal.Round((decimal)Normal(mean, deviation, min, max), decimals);

    // FNV-1a; string.GetHashCode differs from process to process.
    static int Mix(int seed, string subject)
    {
        var hash = 2166136261u;
        foreach (var letter in $"{seed}/{subject}")
        {
            hash = (hash ^ letter) * 16777619u;
        }

        return (int)(hash & int.MaxValue);
    }
}
