using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using FhirHub.Generators;

namespace FhirHub.Conformance;

/// <summary>
/// Parses a great many damaged documents: no exception, no parse that hangs, no memory out of proportion, and what a
/// lenient parse keeps is a valid document. A case is its seed and index, so that <c>--index</c> runs it again alone.
/// </summary>
static class FuzzSuite
{
    const int Progress = 100_000;
    const int Chunk = 500;
    const int EveryNthExample = 5;
    const int FailuresMax = 20;
    const int HangSeconds = 20;

    // Milliseconds are usual; this is for what hangs, not for a machine that is busy.
    const double SecondsMax = 5;

    // Issues are capped, so beyond their fixed cost a parse is bounded by its input.
    const int AllocationFixed = 512 * 1024;
    const int AllocationPerByte = 64;

    internal static int Run(FuzzOptions options)
    {
        var examples = ExamplePackage.Read(ExamplePackage.DefaultPath).Where((_, i) => i % EveryNthExample == 0);
        var corpus = FuzzCorpus.From(examples.Select(file => file.Json));
        return options.Index is { } index ? RunOne(corpus, options.Seed, index) : RunMany(corpus, options);
    }

    static int RunOne(FuzzCorpus corpus, int seed, long index)
    {
        var one = FuzzCase.Make(corpus, seed, index);
        Console.WriteLine(Encoding.UTF8.GetString(one.Bytes));
        var time = Measure(one);
        Console.WriteLine($"{one.Outcome}; {time.TotalMilliseconds:F3} ms");
        Console.WriteLine($"{one.Allocated} bytes allocated for {one.Bytes.Length}");
        Console.WriteLine(one.Problem);
        Console.WriteLine(one.Problem is null ? "1 passed, 0 failed, 0 skipped" : "0 passed, 1 failed, 0 skipped");
        return one.Problem is null ? 0 : 1;
    }

    static int RunMany(FuzzCorpus corpus, FuzzOptions options)
    {
        Console.WriteLine($"{options.Count:N0} mutants of {corpus.Json.Length} documents in JSON and as many in XML");
        var total = new FuzzTotals();
        var failures = new ConcurrentQueue<string>();
        var running = new ConcurrentDictionary<long, long>();
        var watch = Stopwatch.StartNew();
        using var watchdog = new Timer(_ => StopHung(running, options.Seed), null, 1000, 1000);
        var chunks = Partitioner.Create(0, options.Count, Chunk);
        Parallel.ForEach(chunks, range =>
        {
            var part = new FuzzTotals();
            for (var index = range.Item1; index < range.Item2 && watch.Elapsed < options.TimeMax; index++)
            {
                running[index] = Stopwatch.GetTimestamp();
                var one = FuzzCase.Make(corpus, options.Seed, index);
                var time = Measure(one);
                running.TryRemove(index, out var _);
                part.Add(one, index, time);
                if ((one.Problem ?? Excess(one, time)) is { } problem)
                {
                    failures.Enqueue($"--seed {options.Seed} --index {index}: {problem}");
                }
            }

            if (total.Add(part) is var done && done / Progress != (done - part.Count) / Progress)
            {
                Console.WriteLine($"{done:N0} in {watch.Elapsed.TotalSeconds:F1} s, {failures.Count} failed");
            }
        });

        foreach (var failure in failures.Take(FailuresMax))
        {
            Console.WriteLine(failure);
        }

        total.Print();
        // One for every block shown as progress: a million would drown what all other suites count.
        var blocks = (total.Count + Progress - 1) / Progress;
        Console.WriteLine($"{Math.Max(0, blocks - failures.Count)} passed, {failures.Count} failed, 0 skipped");
        return failures.IsEmpty ? 0 : 1;
    }

    static TimeSpan Measure(FuzzCase one)
    {
        var start = Stopwatch.GetTimestamp();
        one.Run();
        var time = Stopwatch.GetElapsedTime(start);
        for (var again = 0; again < 3 && time.TotalSeconds > SecondsMax; again++)
        {
            // A busy machine may have slept; only what is slow every time is slow.
            start = Stopwatch.GetTimestamp();
            one.Run();
            var second = Stopwatch.GetElapsedTime(start);
            time = second < time ? second : time;
        }

        return time;
    }

    static string? Excess(FuzzCase one, TimeSpan time)
    {
        var bound = AllocationFixed + (long)AllocationPerByte * one.Bytes.Length;
        return time.TotalSeconds > SecondsMax ? $"took {time.TotalSeconds:F1} s"
            : one.Allocated > bound ? $"allocated {one.Allocated:N0} bytes for {one.Bytes.Length:N0}"
            : null;
    }

    /// <summary>A parse that never ends is a failure that must be heard of.</summary>
    static void StopHung(ConcurrentDictionary<long, long> running, int seed)
    {
        foreach (var (index, start) in running)
        {
            if (Stopwatch.GetElapsedTime(start).TotalSeconds > HangSeconds)
            {
                Console.WriteLine($"--seed {seed} --index {index}: still running after {HangSeconds} s");
                Console.WriteLine("0 passed, 1 failed, 0 skipped");
                Environment.Exit(1);
            }
        }
    }
}
