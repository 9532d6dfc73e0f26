using FhirHub.Samples.Generator.Institutions;
using FhirHub.Samples.Generator.People;

namespace FhirHub.Samples.Generator.Referral;

/// <summary>A patient sent from one institution to another, up or down.</summary>
sealed record ReferralCase(string Id, Person Subject, Institution From, Institution To, DateTimeOffset Time)
{
    internal required string Direction { get; init; }
    internal required string Reason { get; init; }
    internal required string Condition { get; init; }
    internal bool IsUrgent { get; init; }
}
