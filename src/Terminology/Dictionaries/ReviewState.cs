namespace FhirHub.Terminology.Dictionaries;

/// <summary>How far a version of a definition has come on its way into force: 草稿, 送审, 审核, 发布.</summary>
enum ReviewState
{
    /// <summary>It is being worked on.</summary>
    Editing,

    /// <summary>It waits for a reviewer, and is not to be changed meanwhile.</summary>
    Submitted,

    /// <summary>A reviewer found it wrong; it is being worked on again.</summary>
    Returned,

    /// <summary>A reviewer found it right, as it was then.</summary>
    Approved,

    /// <summary>It is or was in force.</summary>
    Published,
}
