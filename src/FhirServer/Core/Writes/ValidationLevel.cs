namespace FhirHub.Core.Writes;

/// <summary>What a deployment thinks of resources that do not conform.</summary>
public enum ValidationLevel
{
    /// <summary>They are not looked at beyond structure and formats.</summary>
    Off,

    /// <summary>The write is done, its answer says so, and the report is kept beside the resource.</summary>
    Report,

    /// <summary>The write is refused.</summary>
    Enforce,
}
