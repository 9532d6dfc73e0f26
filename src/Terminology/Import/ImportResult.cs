namespace FhirHub.Terminology.Import;

/// <summary>What became of an import.</summary>
/// <param name="Report">What was found.</param>
/// <param name="Resources">What is to be stored; none when something is wrong that was not to be left out.</param>
public sealed record ImportResult(ImportReport Report, IReadOnlyList<ImportedResource> Resources);

/// <summary>A resource that was made of a file.</summary>
public sealed record ImportedResource(string Type, string Id, ReadOnlyMemory<byte> Json);
