namespace FhirHub.Terminology.Content;

/// <summary>
/// Which business version is the later one. FHIR gives no rule, so numbers in them count as numbers, which puts
/// <c>2.10</c> after <c>2.9</c> and dates in their order, and the rest as text.
/// </summary>
static class VersionOrder
{
    internal static int Compare(string? left, string? right)
    {
        if (left is null || right is null)
        {
            return (left is null ? 0 : 1) - (right is null ? 0 : 1);
        }

        var (l, r) = (0, 0);
        while (l < left.Length && r < right.Length)
        {
            var order = char.IsAsciiDigit(left[l]) && char.IsAsciiDigit(right[r])
                ? CompareNumbers(Digits(left, ref l), Digits(right, ref r))
                : left[l++].CompareTo(right[r++]);
            if (order != 0)
            {
                return order;
            }
        }

        // What follows a hyphen comes before the release: 2.0.0-rc1, then 2.0.0, then 2.0.0.1.
        return Rest(left, l) - Rest(right, r);
    }

    static int Rest(string version, int at) => at == version.Length ? 0 : version[at] == '-' ? -1 : 1;

    static ReadOnlySpan<char> Digits(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return text.AsSpan(start..at).TrimStart('0');
    }

    static int CompareNumbers(ReadOnlySpan<char> left, ReadOnlySpan<char> right) =>
        left.Length != right.Length ? left.Length - right.Length : left.SequenceCompareTo(right);
}
