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
        // Its two components name each other's definition: the code is said to be the reference.
        "http://hl7.org/fhir/SearchParameter/DocumentReference-relationship" => parameter with
        {
            Components =
            [
                .. parameter.Components.Zip(
                    parameter.Components.Reverse(), (one, other) => one with { Definition = other.Definition }),
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
