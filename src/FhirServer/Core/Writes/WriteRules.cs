namespace FhirHub.Core.Writes;

/// <summary>What a deployment asks of every write.</summary>
public sealed record WriteRules(ReferentialIntegrity References)
{
    public static WriteRules None { get; } = new(ReferentialIntegrity.Off);
}
