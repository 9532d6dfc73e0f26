namespace FhirHub.Profiles.Library;

/// <summary>Whether a code is among others, as far as is known.</summary>
enum CodeAnswer : byte
{
    /// <summary>Nobody has asked yet.</summary>
    Unasked,
    In,
    Out,

    /// <summary>The terminology cannot say, for want of a value set or of part of a code system.</summary>
    Unknowable,
}
