namespace FhirHub.Fhir.Documents;

/// <summary>
/// The text a document's JSON was made from, with which of its offsets became which offsets of the JSON. Made only
/// when there is an issue to place: good content pays nothing for it.
/// </summary>
sealed class SourceMap(ReadOnlyMemory<byte> source)
{
    readonly List<(int Json, int Source)> _points = [];

    internal ReadOnlyMemory<byte> Source { get; } = source;

    /// <summary>
    /// Says that what starts there in the JSON came from there in the source; called in ascending order.
    /// </summary>
    internal void Add(int json, int from) => _points.Add((json, from));

    /// <summary>The source offset of the last noted point at or before that offset.</summary>
    internal int ToSource(int json)
    {
        var (low, high) = (0, _points.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _points[middle].Json <= json ? (middle + 1, high) : (low, middle);
        }

        return low == 0 ? 0 : _points[low - 1].Source;
    }
}
