using FhirHub.Core.Model;

namespace FhirHub.Stores.Oracle;

/// <summary>Fills a store with resources of a seed, some changed and some deleted, and gives what is left.</summary>
static class OracleData
{
    internal static readonly string[] Types =
    [
        "Patient", "Practitioner", "Organization", "Encounter", "Observation", "Condition", "Procedure",
        "DiagnosticReport", "MedicationRequest", "Immunization", "CarePlan", "Location", "List", "DocumentReference",
        "Group", "ValueSet", "CodeSystem", "RiskAssessment", "MolecularSequence", "Invoice",
    ];

    /// <summary>The types with the most to search get more than one resource for each id.</summary>
    static readonly Dictionary<string, int> More = new() { ["Observation"] = 80, ["Patient"] = 24, ["Location"] = 24 };

    internal static async Task<OracleWorld> FillAsync(StoragePair pair, int seed)
    {
        var random = new Random(seed);
        var filler = new ResourceFiller(random, Types);
        var current = new Dictionary<ResourceKey, StoredResource>();
        foreach (var key in Keys().OrderBy(_ => random.Next()).ToList())
        {
            var versions = random.Next(6) == 0 ? 2 : 1;
            for (var version = 0; version < versions; version++)
            {
                pair.Clock.Now += TimeSpan.FromSeconds(random.Next(0, 4000)) + TimeSpan.FromMilliseconds(random.Next(1000));
                var stored = await pair.PutAsync(filler.Make(key.Type, key.Id).ToJsonString());
                current[stored.Key] = stored;
            }

            if (random.Next(15) == 0)
            {
                await pair.DeleteAsync(key.Type, key.Id);
                current.Remove(Sample.Key(key.Type, key.Id));
            }
        }

        pair.Clock.Now += TimeSpan.FromHours(1);
        return new OracleWorld(current.Values.Select(stored => new OracleResource(stored)), pair.Clock.Now);
    }

    static IEnumerable<(string Type, string Id)> Keys() =>
        from type in Types
        from index in Enumerable.Range(0, More.GetValueOrDefault(type, Pool.Ids.Length + 8))
        select (type, index < Pool.Ids.Length ? Pool.Ids[index] : $"n{index}");
}
