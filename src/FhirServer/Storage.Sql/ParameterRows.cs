using FhirHub.Core.Search;

namespace FhirHub.Storage.Sql;

/// <summary>Where the rows of a parameter are: under a number, and if they share it, which of the rows there.</summary>
/// <param name="Number">The number in the rows.</param>
/// <param name="Shared">Which of them are the parameter's; null for all.</param>
readonly record struct ParameterRows(long Number, SharedValues? Shared)
{
    /// <summary>The condition on a row's item, to be put behind others; empty where all are meant.</summary>
    internal string Items(string alias) => Shared switch
    {
        null or { AreAll: true } => "",
        { OfResource: true, OfElements: true } => $" AND {alias}.item >= 0",
        { OfResource: true, OfSamples: true } => $" AND {alias}.item BETWEEN -1 AND 0",
        { OfResource: true } => $" AND {alias}.item = 0",
        { OfSamples: true } => $" AND ({alias}.item > 0 OR {alias}.item < -1)",
        _ => $" AND {alias}.item > 0",
    };

    /// <summary>The same as a number, for functions that read encoded rows.</summary>
    internal long Mask => Shared is null
        ? AllItems
        : (Shared.OfResource ? 1 : 0) + (Shared.OfElements ? 2 : 0) + (Shared.OfSamples ? 4 : 0);

    internal const long AllItems = 7;

    /// <summary>Whether an item is meant by such a number.</summary>
    internal static bool Has(long mask, long item) => mask == AllItems
        || ((item >= 0 || (mask & 4) != 0) && (mask & (item is 0 or -1 ? 1 : 2)) != 0);
}
