namespace FhirHub.Profiles.Assertions;

/// <summary>Invariants of R4 that do not say what they mean, and what takes their place.</summary>
static class Errata
{
    static readonly Dictionary<string, string> Mends = new(StringComparer.Ordinal);

    internal static string Mended(string key, string expression) =>
        Mends.TryGetValue(key + "\n" + expression, out var mended) ? mended : expression;
}
