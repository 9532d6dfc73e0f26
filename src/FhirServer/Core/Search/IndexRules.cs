namespace FhirHub.Core.Search;

/// <summary>Which index rows this program makes of a resource.</summary>
public static class IndexRules
{
    /// <summary>
    /// To be raised with every change of what is extracted or how it is folded: a store whose rows were made by other
    /// rules is indexed anew when it is opened, because a search would miss what they do not hold.
    /// </summary>
    public const int Version = 3;
}
