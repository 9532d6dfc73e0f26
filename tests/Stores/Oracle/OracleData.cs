using System.Text;

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
    static readonly Dictionary<string, int> More = new()
    {
        ["Observation"] = 120,
        ["Patient"] = 24,
        ["Location"] = 24,
        ["Condition"] = 40,
        ["MolecularSequence"] = 40,
    };

    internal static async Task<OracleWorld> FillAsync(OracleTarget target, int seed)
    {
        var random = new Random(seed);
        var filler = new ResourceFiller(random, Types, target.Base);
        var current = new Dictionary<(string Type, string Id), OracleResource>();
        foreach (var key in Keys().OrderBy(_ => random.Next()).ToList())
        {
            var versions = random.Next(6) == 0 ? 2 : 1;
            for (var version = 0; version < versions; version++)
            {
                target.Wait(TimeSpan.FromSeconds(random.Next(4000)) + TimeSpan.FromMilliseconds(random.Next(1000)));
                var stored = await target.PutAsync(key.Type, key.Id, filler.Make(key.Type, key.Id).ToJsonString());
                current[key] = new OracleResource(Relative(stored, target.Base));
            }

            // What searches ask for by its URL stays.
            if (random.Next(15) == 0 && !TerminologyFiller.IsAskedFor(key.Type, key.Id))
            {
                await target.DeleteAsync(key.Type, key.Id);
                current.Remove(key);
            }
        }

        target.Wait(TimeSpan.FromHours(1));
        return new OracleWorld(current.Values, target.Now);
    }

    /// <summary>A reference to the server's own address says the same as a relative one, so it becomes one.</summary>
    internal static byte[] Relative(byte[] json, string? own) => own is null
        ? json
        : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json).Replace($"{own}/", "", StringComparison.Ordinal));

    static IEnumerable<(string Type, string Id)> Keys() =>
        from type in Types
        from index in Enumerable.Range(0, More.GetValueOrDefault(type, Pool.Ids.Length + 8))
        select (type, index < Pool.Ids.Length ? Pool.Ids[index] : $"n{index}");
}
