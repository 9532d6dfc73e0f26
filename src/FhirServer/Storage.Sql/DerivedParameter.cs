using FhirHub.Core.Search;

namespace FhirHub.Storage.Sql;

/// <summary>
/// Parameters that only the index has: rows under their numbers hold what belongs to a parameter and must not be taken
/// for its values.
/// </summary>
static class DerivedParameter
{
    /// <summary>The parameter that a derived one is of, and what stands behind it.</summary>
    internal static (string Url, string Ending) Split(string url) =>
        url.EndsWith("#text", StringComparison.Ordinal) ? (url[..^5], "#text")
        : url.EndsWith("#pinyin", StringComparison.Ordinal) ? (url[..^7], "#pinyin")
        : (url, "");

    /// <summary>The texts of a token parameter's concepts and identifiers.</summary>
    internal static string Text(string url) => url + "#text";

    /// <summary>How the names of a string parameter are spoken.</summary>
    internal static string Pinyin(string url) => url + "#pinyin";

    /// <summary>Whether rows under that URL are texts of tokens or spoken names, and no strings.</summary>
    internal static bool IsNoString(string url) =>
        url.EndsWith("#text", StringComparison.Ordinal) || url.EndsWith("#pinyin", StringComparison.Ordinal);

    /// <summary>The values of one component of a composite.</summary>
    internal static string Component(string url, int index) => SharedValues.Component(url, index);
}
