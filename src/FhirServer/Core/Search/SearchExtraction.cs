using FhirHub.Fhir.Definitions;

namespace FhirHub.Core.Search;

/// <summary>Everything a resource is found by, in document order for each parameter.</summary>
public sealed record SearchExtraction(IReadOnlyList<SearchEntry> Entries, IReadOnlyList<SearchProblem> Problems);

/// <summary>One value a resource is found by, and through which parameter.</summary>
public readonly record struct SearchEntry(SearchParameterSchema Parameter, SearchValue Value);

/// <summary>A parameter that could not be evaluated on a resource; the text never quotes the resource.</summary>
public readonly record struct SearchProblem(SearchParameterSchema Parameter, string Text);
