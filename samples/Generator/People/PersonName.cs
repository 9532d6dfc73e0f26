namespace FhirHub.Samples.Generator.People;

/// <summary>A name as it is written, and its parts where it has them: not every people has surnames.</summary>
sealed record PersonName(string Text, string? Family, string? Given);
