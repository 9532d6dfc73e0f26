using FhirHub.Core.Model;
using FhirHub.Fhir.Documents;
using FhirHub.Fhir.FhirPath;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Plans;

/// <summary>
/// Divides the counts of a measure by what its stratifiers say of the patient of each. For this what was counted has to
/// be read, so it is done for as much as a request may read and else left out, and the report says so.
/// </summary>
public sealed class MeasureStrata(RecordSearch search)
{
    const int ReadMax = 2_000;
    const int UnhurriedMax = 50_000;

    /// <summary>The stratifiers of a group; one that is not FHIRPath on the patient is refused.</summary>
    internal static IReadOnlyList<(string? Name, PlanExpression Expression)> Read(FhirNode measure, FhirNode group)
    {
        var read = new List<(string?, PlanExpression)>();
        foreach (var stratifier in group["stratifier"])
        {
            if (stratifier.First("component") is { Exists: true } component)
            {
                var element = NodeExpression.Of(measure, component);
                throw new FhirException(
                    ProblemKind.NotSupported, "not-supported",
                    $"{element} is not evaluated here; a stratifier has criteria of its own.", element);
            }

            read.Add((
                stratifier.First("code").First("text").Text ?? stratifier.First("description").Text,
                PlanExpression.Of(measure, stratifier.First("criteria"))));
        }

        return read;
    }

    internal async ValueTask<IReadOnlyList<MeasureStratifier>> OfAsync(
        IReadOnlyList<(string? Name, PlanExpression Expression)> stratifiers,
        IReadOnlyList<(MeasurePopulation Population, long Count)> counts,
        MeasureRequest request,
        CancellationToken cancel)
    {
        // 1. Whether it can be done.
        var most = request.IsUnhurried ? UnhurriedMax : ReadMax;
        if (stratifiers.Count == 0 || counts.Sum(count => count.Count) > most)
        {
            return [.. stratifiers.Select(stratifier => new MeasureStratifier(stratifier.Name, null))];
        }

        // 2. Whose each one counted is.
        var patients = new Dictionary<string, FhirDocument?>(StringComparer.Ordinal);
        var counted = new List<(MeasurePopulation Population, FhirDocument? Patient)>();
        foreach (var (population, _) in counts)
        {
            var criteria = MeasureEvaluator.Of(population, request.Subject);
            foreach (var one in await search.FindAsync(population.Type, criteria, most, request.Caller, cancel))
            {
                counted.Add((population, await PatientAsync(one, patients, request.Caller, cancel)));
            }
        }

        // 3. How many of each there are.
        return [.. stratifiers.Select(stratifier => new MeasureStratifier(
            stratifier.Name, Strata(stratifier.Expression, counted, counts.Select(count => count.Population))))];
    }

    static IReadOnlyList<Stratum> Strata(
        PlanExpression expression,
        List<(MeasurePopulation Population, FhirDocument? Patient)> counted,
        IEnumerable<MeasurePopulation> populations)
    {
        var strata =
            from one in counted
            let value = one.Patient is null ? default : expression.Evaluate(one.Patient.Root).FirstOrDefault()
            group (one.Population, value) by KeyOf(value) into same
            orderby same.Key.Length == 0, same.Key
            select new Stratum(
                same.First().value.Node is { Exists: true, Type.Name: "CodeableConcept" } node ? node : default,
                same.Key.Length == 0 ? "未知" : same.Key,
                [.. populations.Select(p => (p, same.LongCount(one => one.Population == p)))]);
        return [.. strata];
    }

    /// <summary>What makes two values the same: of a code the code, of anything else its text.</summary>
    static string KeyOf(FhirPathValue value) => value.Node switch
    {
        { Exists: true, Type.Name: "CodeableConcept" } concept => concept["coding"].Select(CodeOf)
            .FirstOrDefault(concept.First("text").Text ?? ""),
        { Exists: true, Type.Name: "Coding" } coding => CodeOf(coding),
        _ => value.Kind == FhirPathKind.None ? "" : value.ToString(),
    };

    static string CodeOf(FhirNode coding) => $"{coding.First("system").Text}|{coding.First("code").Text}";

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

/// <summary>A stratifier with its strata, which are null where there was too much to divide.</summary>
sealed record MeasureStratifier(string? Name, IReadOnlyList<Stratum>? Strata);

/// <summary>Those that have the same value.</summary>
/// <param name="Value">The value as it is recorded, when it is a concept.</param>
/// <param name="Text">The value in words.</param>
/// <param name="Counts">How many of each population.</param>
sealed record Stratum(
    FhirNode Value, string Text, IReadOnlyList<(MeasurePopulation Population, long Count)> Counts);
