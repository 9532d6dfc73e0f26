using FhirHub.Generators;

namespace FhirHub.Conformance;

/// <summary>Counts by outcome, and the slowest and hungriest cases so far.</summary>
sealed class FuzzTotals
{
    readonly Dictionary<string, long> _outcomes = new(StringComparer.Ordinal);
    (double Ratio, long Index, long Allocated, int Bytes) _hungriest;
    (TimeSpan Time, long Index, int Bytes) _slowest;

    internal long Count { get; private set; }

    internal void Add(FuzzCase one, long index, TimeSpan time)
    {
        Count++;
        var outcome = (one.IsXml ? "XML " : "JSON ") + one.Outcome;
        _outcomes[outcome] = _outcomes.GetValueOrDefault(outcome) + 1;
        // Below 1 KB the fixed cost of a result says nothing.
        var ratio = (double)one.Allocated / Math.Max(1024, one.Bytes.Length);
        if (ratio > _hungriest.Ratio)
        {
            _hungriest = (ratio, index, one.Allocated, one.Bytes.Length);
        }

        if (time > _slowest.Time)
        {
            _slowest = (time, index, one.Bytes.Length);
        }
    }

    /// <summary>Takes another's counts in, from any thread, and returns how many there are now.</summary>
    internal long Add(FuzzTotals part)
    {
        lock (_outcomes)
        {
            foreach (var (outcome, count) in part._outcomes)
            {
                _outcomes[outcome] = _outcomes.GetValueOrDefault(outcome) + count;
            }

            _hungriest = part._hungriest.Ratio > _hungriest.Ratio ? part._hungriest : _hungriest;
            _slowest = part._slowest.Time > _slowest.Time ? part._slowest : _slowest;
            return Count += part.Count;
        }
    }

    internal void Print()
    {
        foreach (var (outcome, count) in _outcomes.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Console.WriteLine($"{outcome,-28} {count,10:N0}");
        }

        Console.WriteLine(
            $"Slowest: index {_slowest.Index}, {_slowest.Bytes:N0} bytes, {_slowest.Time.TotalMilliseconds:F1} ms");
        Console.WriteLine(
            $"Hungriest: index {_hungriest.Index}, {_hungriest.Bytes:N0} bytes, {_hungriest.Allocated:N0} allocated");
    }
}
