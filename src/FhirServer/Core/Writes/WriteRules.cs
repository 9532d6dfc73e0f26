using FhirHub.Core.Validation;

namespace FhirHub.Core.Writes;

/// <summary>What a deployment asks of every write.</summary>
public sealed record WriteRules(ReferentialIntegrity References)
{
    public static WriteRules None { get; } = new(ReferentialIntegrity.Off);

    /// <summary>Validation on the way in; null where nobody wants any.</summary>
    public WriteValidation? Validation { get; init; }

    /// <summary>Who is told of commits that change profiles.</summary>
    public ProfileChanges? Profiles { get; init; }
}
