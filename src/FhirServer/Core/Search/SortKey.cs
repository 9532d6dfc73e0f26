using FhirHub.Fhir.Definitions;

namespace FhirHub.Core.Search;

/// <summary>
/// One key of an order (https://hl7.org/fhir/R4/search.html#sort). Of several values the one counts that comes first in
/// that order; what has none comes last, whichever way the order goes.
/// </summary>
/// <param name="Parameter">The parameter whose values are compared; of <c>_id</c> and <c>_lastUpdated</c>, too.</param>
/// <param name="IsDescending">Whether the greatest comes first.</param>
public sealed record SortKey(SearchParameterSchema Parameter, bool IsDescending)
{
    public SortKind Kind => Parameter.Code switch
    {
        "_id" => SortKind.Id,
        "_lastUpdated" => SortKind.LastUpdated,
        _ => Parameter.Type switch
        {
            SearchParameterType.Token => SortKind.Token,
            SearchParameterType.String => SortKind.Text,
            SearchParameterType.Date => SortKind.Date,
            SearchParameterType.Number => SortKind.Number,
            SearchParameterType.Quantity => SortKind.Quantity,
            SearchParameterType.Reference => SortKind.Reference,
            _ => SortKind.Url,
        },
    };
}

/// <summary>What kind of values are sorted by.</summary>
public enum SortKind : byte
{
    Id,
    LastUpdated,
    Token,
    Text,
    Date,
    Number,
    Quantity,
    Reference,
    Url,
}
