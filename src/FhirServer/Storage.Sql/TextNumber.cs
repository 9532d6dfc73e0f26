namespace FhirHub.Storage.Sql;

/// <summary>
/// The numbers by which the full-text indexes know the texts of a resource: they are in the order of resources, so the
/// matches of a page can be taken from an index one by one.
/// </summary>
static class TextNumber
{
    /// <summary>How many texts of one resource there can be at the same time: those of the pages still shown.</summary>
    internal const int TextsMax = 4096;

    internal static long First(long rid) => rid * TextsMax;

    internal static long Last(long rid) => First(rid) + TextsMax - 1;

    /// <summary>The resource whose text has a number, in SQL.</summary>
    internal static string Rid(string number) => $"({number} / {TextsMax})";

    /// <summary>The condition that a row of the table text is one of a resource's.</summary>
    /// <param name="alias">The table's name in the statement.</param>
    /// <param name="rid">The resource's number, or what gives it.</param>
    internal static string Of(string alias, string rid) =>
        $"{alias}.id BETWEEN {rid} * {TextsMax} AND {rid} * {TextsMax} + {TextsMax - 1}";
}
