namespace FhirHub.Core.Writes;

/// <summary>What a deployment thinks of references that lead nowhere.</summary>
public enum ReferentialIntegrity
{
    /// <summary>They are not looked at: a referral may arrive before its patient.</summary>
    Off,

    /// <summary>The write is done, and its answer says so.</summary>
    Warn,

    /// <summary>The write is refused.</summary>
    Enforce,
}
