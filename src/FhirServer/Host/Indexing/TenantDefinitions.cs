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
                : (CustomDefinitionReader.Read(id, FhirDocument.ParseJson(version.Json)), null);
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

    internal IReadOnlyList<CustomDefinition> Usable()
    {
        var (usable, others) = CustomDefinitions.Select(
            _byId.Values.Select(d => d.Definition).OfType<CustomDefinition>());
        var unusable = others.ToList();
        foreach (var (id, (_, problem)) in _byId)
        {
            if (problem is not null)
            {
                unusable.Add((id, problem));
            }
        }

        Unusable = unusable;
        return usable;
    }
}
