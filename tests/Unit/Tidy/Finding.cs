namespace FhirHub.Unit.Tidy;

/// <summary>One place where a rule of the house is broken.</summary>
sealed record Finding(string Path, int Line, string Text)
{
    public override string ToString() => $"{Path}:{Line}: {Text}";
}
