using FhirHub.Core.Model;
using FhirHub.Fhir.Documents;
using FhirHub.Fhir.FhirPath;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Plans;

/// <summary>Divides what was counted by what FHIRPath says of the patient of each.</summary>
sealed record MeasureStratifier(string Name, PlanExpression Criteria)
{
    /// <summary>The stratifiers of a group; one that is not FHIRPath on the patient is refused.</summary>
    internal static IReadOnlyList<MeasureStratifier> Of(FhirNode measure, FhirNode group)
    {
        var read = new List<MeasureStratifier>();
        foreach (var stratifier in group["stratifier"])
        {
            if (stratifier.First("component") is { Exists: true } component)
            {
                var element = NodeExpression.Of(measure, component);
                throw new FhirException(
                    ProblemKind.NotSupported, "not-supported",
                    $"{element} is not evaluated here; a stratifier has criteria of its own.", element);
            }

            read.Add(new MeasureStratifier(
                stratifier.First("code").First("text").Text ?? stratifier.First("description").Text
                    ?? stratifier.First("criteria").First("expression").Text ?? "",
                PlanExpression.Of(measure, stratifier.First("criteria"))));
        }

        return read;
    }

    /// <summary>How many of each population there are of each value.</summary>
    internal IReadOnlyList<MeasureStratum> Divide(
        IReadOnlyList<MeasureMember> members, IReadOnlyList<MeasurePopulation> populations)
    {
        var strata =
            from member in members
            let value = member.Patient is null ? default : Criteria.Evaluate(member.Patient.Root).FirstOrDefault()
            group (member.Population, value) by KeyOf(value) into same
            orderby same.Key.Length == 0, same.Key
            select new MeasureStratum(
                same.First().value.Node is { Exists: true, Type.Name: "CodeableConcept" } concept ? concept : default,
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
}

/// <summary>Those that have the same value.</summary>
/// <param name="Value">The value as it is recorded, when it is a concept; else a missing node.</param>
/// <param name="Text">The value in words.</param>
/// <param name="Counts">How many of each population.</param>
sealed record MeasureStratum(
    FhirNode Value, string Text, IReadOnlyList<(MeasurePopulation Population, long Count)> Counts);
