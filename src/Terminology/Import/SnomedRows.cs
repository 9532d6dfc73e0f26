using System.Runtime.InteropServices;

namespace FhirHub.Terminology.Import;

/// <summary>
/// What is said of concepts row by row, brought together by concept: relationships, values, or memberships. A value is
/// a number that whoever made the rows knows, and a group is 0 where there is none.
/// </summary>
sealed class SnomedRows
{
    readonly int[] _starts;
    readonly Row[] _rows;

    SnomedRows(int[] starts, Row[] rows, IReadOnlyList<long> kinds) => (_starts, _rows, Kinds) = (starts, rows, kinds);

    /// <summary>Each kind there is, in order.</summary>
    internal IReadOnlyList<long> Kinds { get; }

    internal static SnomedRows Of(SnomedConcepts concepts, IEnumerable<Row> rows)
    {
        // 1. What is about concepts that are here; a set of a million would cost more than sorting.
        var all = rows.Where(row => row.Concept >= 0).ToList();
        all.TrimExcess();
        var sorted = CollectionsMarshal.AsSpan(all);
        sorted.Sort();

        // 2. Where each concept's begin, without what is said twice.
        var starts = new int[concepts.Count + 1];
        var kinds = new SortedSet<long>();
        var count = 0;
        foreach (ref readonly var row in sorted)
        {
            if (count > 0 && sorted[count - 1] == row)
            {
                continue;
            }

            sorted[count++] = row;
            starts[row.Concept + 1]++;
            kinds.Add(row.Kind);
        }

        for (var at = 0; at < concepts.Count; at++)
        {
            starts[at + 1] += starts[at];
        }

        return new SnomedRows(starts, sorted[..count].ToArray(), [.. kinds]);
    }

    internal ArraySegment<Row> Of(int concept) =>
        new(_rows, _starts[concept], _starts[concept + 1] - _starts[concept]);

    /// <summary>A row; in order by concept, kind, value and group.</summary>
    internal readonly record struct Row(int Concept, long Kind, int Value, int Group) : IComparable<Row>
    {
        public int CompareTo(Row other) =>
            (Concept, Kind, Value, Group).CompareTo((other.Concept, other.Kind, other.Value, other.Group));
    }
}
