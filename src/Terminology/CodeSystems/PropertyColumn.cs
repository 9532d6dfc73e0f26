namespace FhirHub.Terminology.CodeSystems;

/// <summary>The values of one property for all concepts, in the order of the concepts.</summary>
sealed class PropertyColumn(string code, string? uri, string type, PropertyRole role)
{
    readonly List<int> _concepts = [];
    readonly List<string> _values = [];

    internal string Code => code;

    internal string? Uri => uri;

    /// <summary>The declared type: code, Coding, string, integer, boolean, dateTime or decimal.</summary>
    internal string Type => type;

    internal PropertyRole Role => role;

    /// <summary>Adds a value; those of a concept come together, and concepts in their order.</summary>
    internal void Add(int concept, string value)
    {
        _concepts.Add(concept);
        _values.Add(value);
    }

    /// <summary>The values of two columns in one; a concept's own come first.</summary>
    internal static PropertyColumn Of(PropertyColumn own, IEnumerable<(int Concept, string Value)> added)
    {
        var merged = new PropertyColumn(own.Code, own.Uri, own.Type, own.Role);
        foreach (var (concept, value) in own.All.Concat(added).OrderBy(one => one.Concept)) // a stable order
        {
            merged.Add(concept, value);
        }

        return merged;
    }

    /// <summary>Every value with the concept that has it, in the order of the concepts.</summary>
    internal IEnumerable<(int Concept, string Value)> All => _concepts.Zip(_values);

    /// <summary>The values a concept has; a Coding as <c>system|code</c>.</summary>
    internal ReadOnlySpan<string> Of(int concept)
    {
        var all = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_values);
        var first = _concepts.BinarySearch(concept);
        if (first < 0)
        {
            return [];
        }

        var end = first + 1;
        while (first > 0 && _concepts[first - 1] == concept)
        {
            first--;
        }

        while (end < _concepts.Count && _concepts[end] == concept)
        {
            end++;
        }

        return all[first..end];
    }
}
