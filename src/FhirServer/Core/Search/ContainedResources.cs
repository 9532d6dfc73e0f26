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

    /// <summary>The types that can contain others.</summary>
    public static IReadOnlyList<string> ContainerTypes { get; } =
    [
        .. FhirSchema.R4.ResourceTypes.Where(type => type.TryGetProperty("contained", out _)).Select(type => type.Name),
    ];

    /// <summary>
    /// The same condition for contained resources of a type. Their ids are values like others, they are in a
    /// compartment by what they themselves refer to, and they have no time of their own.
    /// </summary>
    public static SearchExpression Condition(string type, SearchExpression expression) => expression switch
    {
        SearchExpression.And all => new SearchExpression.And([.. all.Parts.Select(part => Condition(type, part))]),
        SearchExpression.Or any => new SearchExpression.Or([.. any.Parts.Select(part => Condition(type, part))]),
        SearchExpression.Not not => new SearchExpression.Not(Condition(type, not.Part)),
        SearchExpression.Ids ids =>
            new SearchExpression.Or([.. ids.Values.Select(one => new SearchExpression.Token(ById, null, one))]),
        SearchExpression.InCompartment inside => new SearchExpression.Or(
            [.. Compartments.ParametersOf(type, inside.Type).Select(
                parameter => new SearchExpression.Reference(parameter, inside.Type, inside.Id))]),
        SearchExpression.LastUpdated => new SearchExpression.Or([]),
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
