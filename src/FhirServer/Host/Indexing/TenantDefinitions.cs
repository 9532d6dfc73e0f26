using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Fhir.Documents;

namespace FhirHub.Host.Indexing;

/// <summary>
/// What the SearchParameters of a tenant say. Writes are checked before they are committed; those of an earlier release
/// were not, so what is wrong with them is kept for whoever asks.
/// </summary>
sealed class TenantDefinitions
{
    internal const string Type = "SearchParameter";

    readonly SortedDictionary<string, (CustomDefinition? Definition, Problem? Problem)> _byId =
        new(StringComparer.Ordinal);

    /// <summary>Those that cannot be used, by the ids of their resources.</summary>
    internal IReadOnlyList<(string Id, Problem Problem)> Unusable { get; private set; } = [];

    /// <summary>Takes a version of a SearchParameter in the place of the one before.</summary>
    internal void Put(StoredResource version)
    {
        var id = version.Key.Id;
        try
        {
            _byId[id] = version.IsDeleted
                ? default
                : (Read(version), null);
        }
        catch (FhirException wrong)
        {
            _byId[id] = (null, wrong.Problem);
        }

        if (_byId[id] == default)
        {
            _byId.Remove(id);
        }
    }

    static CustomDefinition? Read(StoredResource version) =>
        CustomDefinitionReader.Read(version.Key.Id, FhirDocument.ParseJson(version.Json)) is { } definition
            ? definition with { Version = version.Version }
            : null;

    internal IReadOnlyList<CustomDefinition> Usable()
    {
        var definitions = _byId.Values.Select(d => d.Definition).OfType<CustomDefinition>();
        var (usable, others) = CustomDefinitions.Select(definitions);
        Unusable = [.. others, .. _byId.Where(d => d.Value.Problem is not null).Select(d => (d.Key, d.Value.Problem!))];
        return usable;
    }
}
