using System.Collections.Concurrent;

namespace FhirHub.Fhir.Ucum;

/// <summary>Keeps recently used units by code, at most twice <see cref="GenerationSize"/> of them.</summary>
/// <remarks>
/// Two generations stand in for an eviction list: a full young generation becomes the old one, what is still used moves
/// back on its next look-up, and the rest is forgotten. A lost race costs one more parse, never a wrong answer.
/// </remarks>
sealed class UcumCache(int generationSize = UcumCache.GenerationSize)
{
    internal const int GenerationSize = 2048;

    readonly Lock _turning = new();
    volatile Generation _young = new();
    volatile Generation _old = new();

    internal int Count => _young.Units.Count + _old.Units.Count;

    internal UcumUnit? Find(string code)
    {
        if (_young.Units.TryGetValue(code, out var unit))
            return unit;
        if (_old.Units.TryGetValue(code, out unit))
            Add(unit);
        return unit;
    }

    internal void Add(UcumUnit unit)
    {
        var young = _young;
        if (!young.Units.TryAdd(unit.Code, unit) || Interlocked.Increment(ref young.Added) < generationSize)
            return;
        lock (_turning)
        {
            if (_young == young)
                (_old, _young) = (young, new());
        }
    }

    /// <summary>The units added between two turns; counted apart because asking a dictionary locks all of it.</summary>
    sealed class Generation
    {
        internal readonly ConcurrentDictionary<string, UcumUnit> Units = new(StringComparer.Ordinal);
        internal int Added;
    }
}
