namespace FhirHub.Storage.Sql;

/// <summary>
/// Parameters that only the index has: rows under their numbers hold what belongs to a parameter and must not be taken
/// for its values.
/// </summary>
static class DerivedParameter
{
    static readonly string[] Components = ["#0", "#1", "#2", "#3"];

    /// <summary>The texts of a token parameter's concepts and identifiers.</summary>
    internal static string Text(string url) => url + "#text";

    /// <summary>How the names of a string parameter are spoken.</summary>
    internal static string Pinyin(string url) => url + "#pinyin";

    /// <summary>Whether rows under that URL are texts of tokens or spoken names, and no strings.</summary>
    internal static bool IsNoString(string url) =>
        url.EndsWith("#text", StringComparison.Ordinal) || url.EndsWith("#pinyin", StringComparison.Ordinal);

    /// <summary>The values of one component of a composite.</summary>
    internal static string Component(string url, int index) => url + Components[index];
}
