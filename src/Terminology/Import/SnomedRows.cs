namespace FhirHub.Terminology.Import;

/// <summary>What is said of concepts row by row, brought together by concept: relationships, or memberships.</summary>
sealed class SnomedRows
{
    readonly int[] _starts;
    readonly (long Kind, long Value)[] _values;

    SnomedRows(int[] starts, (long Kind, long Value)[] values, IReadOnlyList<long> kinds) =>
        (_starts, _values, Kinds) = (starts, values, kinds);

    /// <summary>Each kind there is, in order.</summary>
    internal IReadOnlyList<long> Kinds { get; }

    internal static SnomedRows Of(
        SnomedConcepts concepts, IEnumerable<(long Concept, long Kind, long Value)> rows)
    {
        var all = new List<(int At, long Kind, long Value)>();
        var kinds = new SortedSet<long>();
        foreach (var (concept, kind, value) in rows)
        {
            if (concepts.Find(concept) is >= 0 and var at && concepts.Find(value) >= 0)
            {
                all.Add((at, kind, value));
                kinds.Add(kind);
            }
        }

        all.Sort();
        var starts = new int[concepts.Count + 1];
        foreach (var (at, _, _) in all)
        {
            starts[at + 1]++;
        }

        for (var at = 0; at < concepts.Count; at++)
        {
            starts[at + 1] += starts[at];
        }

        return new SnomedRows(starts, [.. all.Select(row => (row.Kind, row.Value))], [.. kinds]);
    }

    internal ArraySegment<(long Kind, long Value)> Of(int concept) =>
        new(_values, _starts[concept], _starts[concept + 1] - _starts[concept]);
}
