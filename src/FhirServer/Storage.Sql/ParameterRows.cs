using FhirHub.Core.Search;

namespace FhirHub.Storage.Sql;

/// <summary>Where the rows of a parameter are: under a number, and if they share it, which of the rows there.</summary>
/// <param name="Number">The number in the rows.</param>
/// <param name="Shared">Which of them are the parameter's; null for all.</param>
readonly record struct ParameterRows(long Number, SharedValues? Shared)
{
    /// <summary>The condition on a row's item, to be put behind others; empty where all are meant.</summary>
    internal string Items(string alias) => ItemsOf(Mask, alias);

    /// <summary>The same for items that are meant by their number.</summary>
    internal static string ItemsOf(long mask, string alias) => mask switch
    {
        AllItems => "",
        OfResource | OfElements => $" AND {alias}.item >= 0",
        OfResource | OfSamples => $" AND {alias}.item BETWEEN -1 AND 0",
        OfResource => $" AND {alias}.item = 0",
        OfElements | OfSamples or OfSamples => $" AND ({alias}.item > 0 OR {alias}.item < -1)",
        _ => $" AND {alias}.item > 0",
    };

    /// <summary>The same as a number, for functions that read encoded rows.</summary>
    internal long Mask => Shared is null
        ? AllItems
        : (Shared.OfResource ? OfResource : 0) + (Shared.OfElements ? OfElements : 0)
            + (Shared.OfSamples ? OfSamples : 0);

    internal const long AllItems = OfResource | OfElements | OfSamples;

    const long OfResource = 1;
    const long OfElements = 2;
    const long OfSamples = 4;

    /// <summary>Whether an item is meant by such a number.</summary>
    internal static bool Has(long mask, long item) => mask == AllItems
        || ((item >= 0 || (mask & OfSamples) != 0)
            && (mask & (item is 0 or -1 ? OfResource : OfElements)) != 0);
}
