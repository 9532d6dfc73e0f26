namespace FhirHub.Terminology.ValueSets;

/// <summary>A filter ready to be asked about the concepts of one code system.</summary>
/// <param name="Test">Whether the filter lets a concept pass.</param>
/// <param name="Candidates">The concepts that pass, where they can be listed without asking about each.</param>
sealed record CompiledFilter(Func<int, bool> Test, Func<IReadOnlyList<int>>? Candidates = null);
