namespace FhirHub.Samples.Generator;

/// <summary>
/// Chance with a seed made of the region's seed and the name of what it is for. The generator is SplitMix64: it costs
/// nothing to start, which matters where every subject has one, and gives the same numbers everywhere.
/// </summary>
sealed class Chance
{
    ulong _state;

    internal Chance(int seed, string subject) => _state = Mix(seed, subject);

    /// <summary>At least zero and less than one.</summary>
    internal double Double() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Both ends included.</summary>
    internal int Int(int min, int max) => min + (int)(((Next() >> 32) * (ulong)(max - min + 1)) >> 32);

    internal bool Happens(double probability) => Double() < probability;

    internal T Pick<T>(IReadOnlyList<T> from) => from[Int(0, from.Count - 1)];

    /// <summary>One of several, each as often as its weight says; the weights need not add up to anything.</summary>
    internal T Pick<T>(IReadOnlyList<(T Value, double Weight)> from)
    {
        var at = Double() * from.Sum(item => item.Weight);
        foreach (var (value, weight) in from)
        {
            at -= weight;
            if (at < 0)
            {
                return value;
            }
        }

        return from[^1].Value;
    }

    /// <summary>
    /// About normal, within limits. Twelve uniform numbers are added because, unlike logarithms and cosines, sums give
    /// the same bits on every machine.
    /// </summary>
    internal double Normal(double mean, double deviation, double min, double max)
    {
        var sum = -6.0;
        for (var i = 0; i < 12; i++)
        {
            sum += Double();
        }

        return Math.Clamp(mean + (deviation * sum), min, max);
    }

    /// <summary>A normal number with so many decimals.</summary>
    internal decimal Decimal(double mean, double deviation, double min, double max, int decimals = 1) =>
        decimal.Round((decimal)Normal(mean, deviation, min, max), decimals);

    /// <summary>A number that no other subject is likely to have, for identifiers that must be unique.</summary>
    internal static ulong NumberFor(int seed, string subject) => Scramble(Mix(seed, subject));

    ulong Next() => Scramble(_state += 0x9E3779B97F4A7C15);

    static ulong Scramble(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    // FNV-1a; string.GetHashCode differs from process to process.
    static ulong Mix(int seed, string subject)
    {
        var hash = (14695981039346656037 ^ (uint)seed) * 1099511628211;
        foreach (var letter in subject)
        {
            hash = (hash ^ letter) * 1099511628211;
        }

        return hash;
    }
}
