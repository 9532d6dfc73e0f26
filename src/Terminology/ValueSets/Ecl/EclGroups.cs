using System.Globalization;
using FhirHub.Terminology.CodeSystems;

namespace FhirHub.Terminology.ValueSets.Ecl;

/// <summary>
/// The groups that the attributes of concepts stand in, all numbered in one row. An attribute that is in no group is
/// one by itself. A concept's groups are a text, the property <see cref="Snomed.GroupsProperty"/>: for each of its
/// attributes, in the order in which properties are declared and values are given, the numbers of its groups.
/// </summary>
sealed class EclGroups
{
    readonly IReadOnlyList<PropertyColumn> _attributes;
    readonly int[][]?[] _groups;
    readonly int[] _starts;

    internal EclGroups(CodeSystem system)
    {
        _attributes = [.. system.Properties.Where(column => IsAttribute(system, column))];
        var counts = new int[system.Count];
        foreach (var (concept, _) in _attributes.SelectMany(column => column.All))
        {
            counts[concept]++;
        }

        // Most texts are those of thousands of concepts, so each is read once.
        _groups = new int[][]?[system.Count];
        var read = new Dictionary<string, int[][]>(StringComparer.Ordinal);
        foreach (var (concept, text) in system.TryGetProperty(Snomed.GroupsProperty, out var column) ? column.All : [])
        {
            if (!read.TryGetValue(text, out var groups))
            {
                read.Add(text, groups = Read(text));
            }

            // What does not say it of each attribute says it of none.
            _groups[concept] = groups.Length == counts[concept] ? groups : null;
        }

        // A concept has the numbers of its groups, and then one for each attribute that may be in none.
        _starts = new int[system.Count + 1];
        for (var concept = 0; concept < system.Count; concept++)
        {
            _starts[concept + 1] = _starts[concept] + Highest(concept) + counts[concept];
        }
    }

    /// <summary>How many numbers there are; some are of no group.</summary>
    internal int Count => _starts[^1];

    /// <summary>Whether a property is one of the concepts, and so an attribute.</summary>
    internal static bool IsAttribute(CodeSystem system, PropertyColumn column) =>
        column.Role == PropertyRole.Value && system.Find(column.Code) >= 0;

    /// <summary>Every value of some attributes once for each group it is in.</summary>
    internal IEnumerable<(PropertyColumn Column, string Value, int Group)> Values(HashSet<PropertyColumn> wanted)
    {
        var seen = new int[_starts.Length];
        foreach (var column in _attributes)
        {
            foreach (var (concept, value) in column.All)
            {
                var place = seen[concept]++;
                if (!wanted.Contains(column))
                {
                    continue;
                }

                foreach (var group in _groups[concept]?[place] ?? [0])
                {
                    yield return (column, value,
                        _starts[concept] + (group > 0 ? group - 1 : Highest(concept) + place));
                }
            }
        }
    }

    /// <summary>How many groups of a set each concept has.</summary>
    internal int[] CountsByConcept(Func<int, bool> isIn)
    {
        var counts = new int[_starts.Length - 1];
        for (var concept = 0; concept < counts.Length; concept++)
        {
            for (var group = _starts[concept]; group < _starts[concept + 1]; group++)
            {
                counts[concept] += isIn(group) ? 1 : 0;
            }
        }

        return counts;
    }

    /// <summary>The text for the groups of each attribute; null where none is in any.</summary>
    internal static string? TextOf(IEnumerable<IReadOnlyList<int>> groups)
    {
        var text = string.Join(' ', groups.Select(one => string.Join(',', one)));
        return text.AsSpan().ContainsAnyExcept('0', ' ') ? text : null;
    }

    static int[][] Read(string text) =>
    [
        .. text.Split(' ').Select(attribute => attribute.Split(',')
            .Select(group => int.TryParse(group, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : 0)
            .ToArray()),
    ];

    int Highest(int concept) => _groups[concept] is { } groups ? groups.Max(one => one.Max()) : 0;
}
