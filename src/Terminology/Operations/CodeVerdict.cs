using FhirHub.Core.Terminology;

namespace FhirHub.Terminology.Operations;

/// <summary>What became of a validation.</summary>
/// <param name="Result">Whether the code is right, and its display with it.</param>
/// <param name="Message">Why not, or what there is to say although it is.</param>
/// <param name="Display">The display to use.</param>
/// <param name="Coding">The coding that was found right, or else the first one asked about.</param>
public sealed record CodeVerdict(bool Result, string? Message, string? Display, Coding Coding);
