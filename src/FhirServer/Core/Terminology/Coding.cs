namespace FhirHub.Core.Terminology;

/// <summary>A code, and the system it is from; null where nobody said which.</summary>
public readonly record struct Coding(string? System, string Code)
{
    public override string ToString() => $"{System}|{Code}";
}
