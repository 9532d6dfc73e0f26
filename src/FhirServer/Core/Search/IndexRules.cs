namespace FhirHub.Core.Search;

/// <summary>Which index rows this program makes of a resource.</summary>
public static class IndexRules
{
    /// <summary>
    /// To be raised with every change of what is extracted or how it is folded: a store whose rows were made by other
    /// rules is indexed anew when it is opened, because a search would miss what they do not hold.
    /// </summary>
    public const int Version = 8;

    /// <summary>The rules with what of the texts is indexed, which a deployment may choose.</summary>
    public static int Of(ParameterCatalog standard)
    {
        ArgumentNullException.ThrowIfNull(standard);
        var text = standard.TryGet(ResourceWords.TextUrl, out _) ? 1 : 0;
        var content = standard.TryGet(ResourceWords.ContentUrl, out _) ? 2 : 0;
        return (Version * 4) + text + content;
    }
}
