namespace FhirHub.Core.Writes;

/// <summary>What a write came to.</summary>
public enum WriteOutcome
{
    Created,
    Updated,

    /// <summary>The content is what was there already, so no version was made.</summary>
    Unchanged,

    /// <summary>A conditional create found the resource there.</summary>
    Existing,
    Deleted,

    /// <summary>There was nothing to delete.</summary>
    Absent,
}
