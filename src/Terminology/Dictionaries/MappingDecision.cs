namespace FhirHub.Terminology.Dictionaries;

/// <summary>What a person decided about a local code.</summary>
/// <param name="Code">The local code.</param>
/// <param name="Action">What is to be done.</param>
/// <param name="Target">The standard code; null for actions without.</param>
public sealed record MappingDecision(string Code, MappingAction Action, string? Target)
{
    /// <summary>How the target stands to the code.</summary>
    public string Equivalence { get; init; } = "equivalent";

    public string? Comment { get; init; }

    /// <summary>What the two are called, for readers of the map.</summary>
    public string? Display { get; init; }

    public string? TargetDisplay { get; init; }
}

/// <summary>What can be decided about a local code.</summary>
public enum MappingAction
{
    /// <summary>The target is right, and takes the place of any other.</summary>
    Confirm,

    /// <summary>The target is right as well as those there are.</summary>
    Add,

    /// <summary>The target is wrong, and is not to be proposed again.</summary>
    Refuse,

    /// <summary>The standard has no code for it.</summary>
    None,

    /// <summary>Nothing is decided after all.</summary>
    Clear,
}
