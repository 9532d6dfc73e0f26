namespace FhirHub.Terminology.Dictionaries;

/// <summary>Who takes a step of the procedure, and what they say to it.</summary>
public sealed record ReviewStep(string? By, string? Comment);
