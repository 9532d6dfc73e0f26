using FhirHub.Core.Model;
using FhirHub.Fhir.Documents;

namespace FhirHub.Profiles.Plans;

/// <summary>
/// What was counted, one by one, and whose each is: strata and lists of subjects need it. For this what was counted has
/// to be read, so it is done for as much as a request may read.
/// </summary>
public sealed class MeasureMembers(RecordSearch search)
{
    const int ReadMax = 2_000;
    const int UnhurriedMax = 50_000;

    /// <summary>How many a request may read.</summary>
    internal static int MostFor(MeasureRequest request) => request.IsUnhurried ? UnhurriedMax : ReadMax;

    /// <summary>Every resource of every population with its patient, or null where there are too many.</summary>
    internal async ValueTask<IReadOnlyList<MeasureMember>?> ReadAsync(
        IReadOnlyList<(MeasurePopulation Population, long Count)> counts,
        MeasureRequest request,
        CancellationToken cancel)
    {
        var most = MostFor(request);
        if (counts.Sum(count => count.Count) > most)
        {
            return null;
        }

        var patients = new Dictionary<string, FhirDocument?>(StringComparer.Ordinal);
        var members = new List<MeasureMember>();
        foreach (var (population, _) in counts)
        {
            var criteria = MeasureEvaluator.Of(population, request.Subject);
            foreach (var one in await search.FindAsync(population.Type, criteria, most, request.Caller, cancel))
            {
                var patient = await PatientAsync(one, patients, request.Caller, cancel);
                members.Add(new MeasureMember(population, patient));
            }
        }

        return members;
    }

    async ValueTask<FhirDocument?> PatientAsync(
        FhirDocument counted, Dictionary<string, FhirDocument?> patients, Caller caller, CancellationToken cancel)
    {
        if (counted.Type.Name == "Patient")
        {
            return counted;
        }

        var element = counted.Type.TryGetElement("patient", out _) ? "patient" : "subject";
        if (!counted.Type.TryGetElement(element, out _)
            || counted.Root.First(element) is not { Exists: true, Type.Name: "Reference" } reference
            || reference.First("reference").Text?.Split('/') is not [.., "Patient", var id])
        {
            return null;
        }

        if (!patients.TryGetValue(id, out var patient))
        {
            patients[id] = patient = await search.ReadAsync("Patient", id, caller, cancel);
        }

        return patient;
    }
}

/// <summary>A resource that was counted, and whose it is; null where that is nobody's who is here.</summary>
readonly record struct MeasureMember(MeasurePopulation Population, FhirDocument? Patient);
