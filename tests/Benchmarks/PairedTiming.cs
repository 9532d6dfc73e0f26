using System.Diagnostics;

namespace FhirHub.Benchmarks;

/// <summary>
/// Times pieces of work against each other in one run: A B A B …, so that a machine whose speed drifts slows both. The
/// ratio is the median over the rounds of A/B within a round; the single figures are medians as well.
/// </summary>
sealed class PairedTiming(int rounds = 9)
{
    static readonly TimeSpan RoundMin = TimeSpan.FromMilliseconds(200);

    /// <summary>Seconds per call of each piece, and the median of the per-round ratios to the last one.</summary>
    internal Timing[] Compare(params Action[] pieces)
    {
        var repeats = Array.ConvertAll(pieces, Calibrate);
        var seconds = Array.ConvertAll(pieces, _ => new double[rounds]);
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < pieces.Length; i++)
            {
                seconds[i][round] = Time(pieces[i], repeats[i]);
            }
        }

        var reference = seconds[^1];
        return Array.ConvertAll(seconds, own => new Timing(
            Median(own), Median([.. own.Select((s, round) => s / reference[round])])));
    }

    /// <summary>Bytes allocated by one call on this thread.</summary>
    internal static long Allocated(Action piece)
    {
        piece();
        var before = GC.GetAllocatedBytesForCurrentThread();
        piece();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>Warms the piece up and finds how often it must run to fill a round.</summary>
    static int Calibrate(Action piece)
    {
        var watch = Stopwatch.StartNew();
        var calls = 0;
        // Tiered compilation needs calls and a little time before the code is what it will be.
        while (watch.Elapsed < 4 * RoundMin || calls < 3)
        {
            piece();
            calls++;
        }

        return Math.Max(1, (int)(calls * (RoundMin / watch.Elapsed)));
    }

    static double Time(Action piece, int repeats)
    {
        GC.Collect();
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < repeats; i++)
        {
            piece();
        }

        return watch.Elapsed.TotalSeconds / repeats;
    }

    static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}

/// <summary>What a piece of work took, alone and against the last of its comparison.</summary>
readonly record struct Timing(double Seconds, double Ratio);
