namespace FhirHub.Terminology.Operations;

/// <summary>Which part of an expansion is wanted: https://hl7.org/fhir/R4/valueset-operation-expand.html</summary>
public sealed record ExpansionRequest
{
    /// <summary>What the codes are to be found by; null for all.</summary>
    public string? Filter { get; init; }

    public int Offset { get; init; }

    /// <summary>How many at most; null for all, which is refused when it is too many.</summary>
    public int? Count { get; init; }

    public bool ActiveOnly { get; init; }
}
