using FhirHub.Fhir.Definitions;

namespace FhirHub.Core.Search;

/// <summary>
/// What R4's published search parameters say by mistake, put right where the mistake is plain and would leave a
/// parameter without values.
/// </summary>
static class Errata
{
    internal static SearchParameterSchema Mend(SearchParameterSchema parameter) => parameter.Url switch
    {
        // Its two components have each other's expression: the reference is said to be the code.
        "http://hl7.org/fhir/SearchParameter/DocumentReference-relationship" => parameter with
        {
            Components =
            [
                .. parameter.Components.Zip(
                    parameter.Components.Reverse(), (one, other) => one with { Expression = other.Expression }),
            ],
        },

        // DateTime is a type of FHIRPath that no element is of; dateTime is meant.
        "http://hl7.org/fhir/SearchParameter/Observation-code-value-date" => parameter with
        {
            Components =
            [
                .. parameter.Components.Select(c => c with
                {
                    Expression = c.Expression.Replace("as(DateTime)", "as(dateTime)", StringComparison.Ordinal),
                }),
            ],
        },

        _ => parameter,
    };
}
