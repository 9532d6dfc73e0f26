namespace FhirHub.Samples.Generator.Institutions;

/// <summary>An administrative division: six digits to the county, nine to the township.</summary>
sealed record Division(string Code, string Name)
{
    internal string County => Code[..6];
}
