using System.Globalization;

namespace FhirHub.Storage.Sql;

/// <summary>
/// Resources inside others (https://hl7.org/fhir/R4/search.html#contained) have rows as all have, in scopes of their
/// own. Their number is made of the container's and their place in it, and negative.
/// </summary>
static class SqlContained
{
    /// <summary>More than there are places in a resource.</summary>
    const long Places = 4096;

    /// <summary>Begins the id of a row that refers to a contained resource; none begins so otherwise.</summary>
    internal const string Hash = "#";

    /// <summary>Under what the contained resources of a type are.</summary>
    internal static string ScopeOf(string type) => Hash + type;

    /// <summary>
    /// Under what the first entries of bundles are, whose place is zero: no search for contained resources finds them.
    /// </summary>
    internal static string EntryScopeOf(string type) => $"{Hash}Bundle/{type}";

    internal static long Rid(long container, long place) => -((container * Places) + place);

    internal static long ContainerOf(long rid) => -rid / Places;

    internal static long PlaceOf(long rid) => -rid % Places;

    /// <summary>The number of the container, in SQL.</summary>
    internal static string Container(string rid) => $"((-{rid}) / {Places})";

    /// <summary>Whether a reference leads to something inside its resource, in SQL.</summary>
    internal static string IsInside(string id) => $"{id} > '{Hash}' AND {id} < '$'";

    /// <summary>The number of what a resource's reference leads to inside it, in SQL.</summary>
    internal static string Target(string rid, string id) => $"(-({rid} * {Places} + CAST(substr({id}, 2) AS INTEGER)))";

    /// <summary>The id in rows that refer to a contained resource, in SQL.</summary>
    internal static string Id(string rid) => $"('{Hash}' || ((-{rid}) % {Places}))";

    /// <summary>The id in rows that refer to the resource at a place.</summary>
    internal static string Id(int place) => Hash + place.ToString(CultureInfo.InvariantCulture);
}
