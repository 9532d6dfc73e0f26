using FhirHub.Fhir.Definitions;

namespace FhirHub.Core.Search;

/// <summary>
/// One key of an order (https://hl7.org/fhir/R4/search.html#sort). Of several values the one counts that comes first in
/// that order; what has none comes last, whichever way the order goes.
/// </summary>
/// <param name="Parameter">The parameter whose values are compared; of <c>_id</c> and <c>_lastUpdated</c>, too.</param>
/// <param name="IsDescending">Whether the greatest comes first.</param>
public sealed record SortKey(SearchParameterSchema Parameter, bool IsDescending);
