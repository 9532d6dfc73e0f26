namespace FhirHub.Terminology.Import;

/// <summary>A row of a file: where it begins, and its values in the order of the headers.</summary>
readonly record struct Row(long Line, IReadOnlyList<string> Values);
