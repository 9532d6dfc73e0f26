using FhirHub.Fhir.Definitions;

namespace FhirHub.Stores.Oracle;

/// <summary>The published search parameters by type and code, looked up without the server's catalog.</summary>
static class OracleParameters
{
    static readonly Dictionary<string, Dictionary<string, SearchParameterSchema>> Cache = new(StringComparer.Ordinal);

    /// <summary>Every parameter a type has, by code; an example's parameter never hides a real one.</summary>
    internal static IReadOnlyDictionary<string, SearchParameterSchema> Of(string type)
    {
        lock (Cache)
        {
            if (!Cache.TryGetValue(type, out var found))
            {
                Cache.Add(type, found = new Dictionary<string, SearchParameterSchema>(StringComparer.Ordinal));
                for (var at = FhirSchema.R4[type]; at is not null; at = at.Base)
                {
                    foreach (var parameter in FhirSchema.R4.SearchParametersOf(at.Name).Where(IsPublished))
                    {
                        found.TryAdd(parameter.Code, Mended(parameter));
                    }
                }
            }

            return found;
        }
    }

    internal static SearchParameterSchema? Find(string type, string code) => Of(type).GetValueOrDefault(code);

    /// <summary>By what resources of a type are parts of one another; null where they are not.</summary>
    internal static SearchParameterSchema? PartOf(string type) =>
        Of(type).Values.FirstOrDefault(parameter => parameter.Type == SearchParameterType.Reference
            && parameter.Code.Replace("-", "", StringComparison.Ordinal) == "partof" && parameter.Targets.Contains(type));

    internal static SearchParameterSchema ByUrl(string url) =>
        FhirSchema.R4.TryGetSearchParameter(url, out var found)
            ? Mended(found)
            : throw new ArgumentException($"R4 has no parameter {url}.");

    /// <summary>
    /// The package also brings the parameters of the specification's examples and of its sample extensions. They
    /// read extensions nobody here writes, or repeat a parameter of the specification.
    /// </summary>
    static bool IsPublished(SearchParameterSchema parameter) =>
        parameter.Expression is not null
        && !parameter.Expression.Contains("extension(", StringComparison.Ordinal)
        && parameter.Url is not "http://hl7.org/fhir/SearchParameter/example"
            and not "http://hl7.org/fhir/SearchParameter/example-reference";

    /// <summary>The two composites whose definition is plainly wrong: see the errata of the server.</summary>
    static SearchParameterSchema Mended(SearchParameterSchema parameter) => parameter.Url switch
    {
        "http://hl7.org/fhir/SearchParameter/DocumentReference-relationship" => parameter with
        {
            Components =
            [
                parameter.Components[0] with { Expression = parameter.Components[1].Expression },
                parameter.Components[1] with { Expression = parameter.Components[0].Expression },
            ],
        },
        "http://hl7.org/fhir/SearchParameter/Observation-code-value-date" => parameter with
        {
            Components =
            [
                parameter.Components[0],
                parameter.Components[1] with { Expression = "value.as(dateTime) | value.as(Period)" },
            ],
        },
        _ => parameter,
    };
}
