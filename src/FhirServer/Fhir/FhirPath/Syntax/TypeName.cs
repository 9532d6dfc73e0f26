namespace FhirHub.Fhir.FhirPath;

/// <summary>A type as an expression names it: <c>FHIR.Patient</c>, or <c>Patient</c> without a namespace.</summary>
public sealed record TypeName(string? Namespace, string Name)
{
    public override string ToString() => Namespace is null ? Name : $"{Namespace}.{Name}";
}
