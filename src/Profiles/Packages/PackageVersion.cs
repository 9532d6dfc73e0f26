namespace FhirHub.Profiles.Packages;

/// <summary>Which version of a package or definition is the later one, and which is meant by a wildcard.</summary>
static class PackageVersion
{
    /// <summary>By the numbers between the dots; a version with a label comes before the release itself.</summary>
    internal static int Compare(string? left, string? right)
    {
        var (a, labelA) = Parts(left);
        var (b, labelB) = Parts(right);
        for (var i = 0; i < Math.Max(a.Length, b.Length); i++)
        {
            var order = Number(a, i).CompareTo(Number(b, i));
            if (order != 0)
            {
                return order;
            }
        }

        return (labelA.Length == 0, labelB.Length == 0) switch
        {
            (true, false) => 1,
            (false, true) => -1,
            _ => string.CompareOrdinal(labelA, labelB),
        };
    }

    /// <summary>Whether a version is what a dependency names: the same, or one of <c>1.2.x</c>.</summary>
    internal static bool Satisfies(string version, string wanted) => wanted is "*" or "latest" or "current"
        || version == wanted
        || (wanted.EndsWith(".x", StringComparison.Ordinal)
            && version.StartsWith(wanted[..^1], StringComparison.Ordinal));

    static (string[] Numbers, string Label) Parts(string? version)
    {
        version ??= "";
        var hyphen = version.IndexOf('-', StringComparison.Ordinal);
        return hyphen < 0 ? (version.Split('.'), "") : (version[..hyphen].Split('.'), version[(hyphen + 1)..]);
    }

    static long Number(string[] parts, int i) => i < parts.Length && long.TryParse(parts[i], out var n) ? n : 0;
}
