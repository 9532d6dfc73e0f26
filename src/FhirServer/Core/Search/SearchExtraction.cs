using FhirHub.Fhir.Definitions;

namespace FhirHub.Core.Search;

/// <summary>Everything a resource is found by, in document order for each parameter.</summary>
public sealed record SearchExtraction(IReadOnlyList<SearchEntry> Entries, IReadOnlyList<SearchProblem> Problems);

/// <summary>One value a resource is found by, and through which parameter.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="Value">The value.</param>
/// <param name="Element">
/// In which of the type's repeating elements that composites are about the value is: 1 for the first and so on, 0 for
/// the resource itself. What was sampled has numbers of its own, -1 for the resource, -2 for the first element.
/// </param>
public readonly record struct SearchEntry(SearchParameterSchema Parameter, SearchValue Value, int Element = 0)
{
    /// <summary>
    /// The resource inside it that this is a value of; null for the resource itself, whose values come first.
    /// </summary>
    public ContainedPart? Within { get; init; }
}

/// <summary>A resource inside another one: https://hl7.org/fhir/R4/references.html#contained</summary>
/// <param name="Place">Its place among those contained there, from zero.</param>
/// <param name="Type">Its type.</param>
/// <param name="Id">What references say behind the hash.</param>
/// <param name="IsEntry">Whether it is the first entry of a bundle, which only chains of the bundle look into.</param>
public sealed record ContainedPart(int Place, string Type, string Id, bool IsEntry = false);

/// <summary>A parameter that could not be evaluated on a resource; the text never quotes the resource.</summary>
public readonly record struct SearchProblem(SearchParameterSchema Parameter, string Text);
