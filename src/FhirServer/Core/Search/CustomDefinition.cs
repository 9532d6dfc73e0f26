using FhirHub.Fhir.Definitions;

namespace FhirHub.Core.Search;

/// <summary>A search parameter that a tenant defined with a SearchParameter resource, found to be usable.</summary>
/// <param name="Id">The id of the resource.</param>
/// <param name="Schema">What it says.</param>
public sealed record CustomDefinition(string Id, SearchParameterSchema Schema)
{
    /// <summary>The version of the resource, where it is stored.</summary>
    public long Version { get; init; }

    /// <summary>The types of resources it is on, in their order.</summary>
    public IReadOnlyList<string> Types { get; } =
    [
        .. FhirSchema.R4.ResourceTypes.Where(type => Schema.Base.Any(name => type.IsA(FhirSchema.R4[name])))
            .Select(type => type.Name).Order(StringComparer.Ordinal),
    ];

    /// <summary>All that the index depends on: two that have the same need the same rows.</summary>
    public string Text { get; } = string.Join(
        '\n',
        [
            Schema.Url, Schema.Code, Schema.Type.ToString(), Schema.Expression ?? "", string.Join(' ', Schema.Base),
            string.Join(' ', Schema.Targets), .. Schema.Components.Select(c => $"{c.Definition} {c.Expression}"),
        ]);
}
