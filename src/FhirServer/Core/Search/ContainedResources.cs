using FhirHub.Core.Model;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;

namespace FhirHub.Core.Search;

/// <summary>What a search means inside other resources: https://hl7.org/fhir/R4/search.html#contained</summary>
public static class ContainedResources
{
    static readonly SearchParameterSchema ById = ParameterCatalog.R4.TryGet("Patient", "_id", out var id)
        ? id
        : throw new InvalidOperationException("R4 has no _id.");

    /// <summary>
    /// The same condition for contained resources. Their ids are values like others, and they have no compartment and
    /// no time of their own.
    /// </summary>
    public static SearchExpression Condition(SearchExpression expression) => expression switch
    {
        SearchExpression.And all => new SearchExpression.And([.. all.Parts.Select(Condition)]),
        SearchExpression.Or any => new SearchExpression.Or([.. any.Parts.Select(Condition)]),
        SearchExpression.Not not => new SearchExpression.Not(Condition(not.Part)),
        SearchExpression.Ids ids =>
            new SearchExpression.Or([.. ids.Values.Select(one => new SearchExpression.Token(ById, null, one))]),
        SearchExpression.LastUpdated or SearchExpression.InCompartment => new SearchExpression.Or([]),
        _ => expression,
    };

    /// <summary>The resource at a place of another one.</summary>
    public static StoredResource Take(StoredResource container, int place)
    {
        ArgumentNullException.ThrowIfNull(container);
        var root = FhirDocument.ParseJson(container.Json, ParseOptions.Lenient).OrThrow().Root;
        var found = root["contained"].ElementAt(place);
        return container with
        {
            Key = new ResourceKey(container.Key.Tenant, found.Type.Name, found.First("id").Text ?? ""),
            Json = found.Json.ToArray(),
            Container = container.Key,
        };
    }
}
