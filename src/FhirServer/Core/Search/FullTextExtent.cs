namespace FhirHub.Core.Search;

/// <summary>Which words of resources are indexed.</summary>
public enum FullTextExtent : byte
{
    /// <summary>Those of narratives and those of everything else, for <c>_text</c> and <c>_content</c>.</summary>
    All,

    /// <summary>Those of narratives alone: there is no <c>_content</c>.</summary>
    Narrative,

    /// <summary>None: there is no <c>_text</c> either.</summary>
    Off,
}
