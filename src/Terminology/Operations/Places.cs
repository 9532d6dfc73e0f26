namespace FhirHub.Terminology.Operations;

/// <summary>Lists of places in rising order, as a pass over texts that stand one after the other finds them.</summary>
static class Places
{
    const int StepsMax = 8;

    /// <summary>Which text a position is in, looked for from a place on that is not behind it.</summary>
    /// <param name="starts">Where each text starts, and the end of the last.</param>
    /// <param name="at">The position.</param>
    /// <param name="from">The place to begin at.</param>
    internal static int Of(int[] starts, int at, int from)
    {
        for (var steps = 0; steps < StepsMax; steps++, from++)
        {
            if (at < starts[from + 1])
            {
                return from; // mostly the next or nearly so
            }
        }

        var found = Array.BinarySearch(starts, from, starts.Length - from, at);
        if (found < 0)
        {
            return ~found - 1;
        }

        while (starts[found + 1] == at)
        {
            found++; // texts that are empty start where the next one does
        }

        return found;
    }

    internal static List<int> Either(List<int> one, List<int> other)
    {
        if (one.Count == 0 || other.Count == 0)
        {
            return one.Count == 0 ? other : one;
        }

        var all = new List<int>(one.Count + other.Count);
        for (int i = 0, j = 0; i < one.Count || j < other.Count;)
        {
            var left = i < one.Count ? one[i] : int.MaxValue;
            var right = j < other.Count ? other[j] : int.MaxValue;
            all.Add(Math.Min(left, right));
            i += left <= right ? 1 : 0;
            j += right <= left ? 1 : 0;
        }

        return all;
    }

    internal static List<int> Both(List<int> one, List<int> other)
    {
        var both = new List<int>(Math.Min(one.Count, other.Count));
        for (int i = 0, j = 0; i < one.Count && j < other.Count;)
        {
            if (one[i] == other[j])
            {
                both.Add(one[i]);
            }

            var order = one[i].CompareTo(other[j]);
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        return both;
    }
}
