using FhirHub.Fhir.Documents;
using FhirHub.Samples.Generator.Child;
using FhirHub.Samples.Generator.Clinic;
using FhirHub.Samples.Generator.Faults;
using FhirHub.Samples.Generator.Institutions;
using FhirHub.Samples.Generator.People;
using FhirHub.Samples.Generator.Pregnancy;
using FhirHub.Samples.Generator.Premarital;
using FhirHub.Samples.Generator.Referral;

namespace FhirHub.Samples.Generator;

/// <summary>A prefecture with its institutions and people, all of them invented: same request, same bytes.</summary>
public static class Region
{
    /// <summary>Households written side by side; what is held in memory at a time.</summary>
    const int BatchSize = 128;

    /// <summary>What samples/region was made with.</summary>
    public static RegionRequest Committed { get; } = new(20260101, 72) { IsShowcase = true };

    /// <summary>
    /// The resources in the order they belong together: the institutions first, then one household after the other.
    /// </summary>
    public static IEnumerable<IReadOnlyList<MadeResource>> Make(RegionRequest request)
    {
        var plan = new RegionPlan(request);
        InstitutionResources.Write(plan);
        StaffResources.Write(plan);
        yield return [.. plan.Resources.Documents.Select(d => new MadeResource(d, null))];

        // Drawing is done in order, since households share numbers; writing, which is most of the work, is not.
        foreach (var batch in Population.Draw(plan).Chunk(BatchSize))
        {
            var written = new IReadOnlyList<MadeResource>[batch.Length];
            Parallel.For(0, batch.Length, i => written[i] = Write(plan, batch[i]));
            foreach (var household in written)
            {
                yield return household;
            }
        }
    }

    /// <summary>All of a region that is small enough to hold, by type, types in alphabetical order.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<FhirDocument>> ByType(RegionRequest request)
    {
        var types = Make(request).SelectMany(set => set).Select(made => made.Document).GroupBy(d => d.Type.Name);
        return new SortedDictionary<string, IReadOnlyList<FhirDocument>>(
            types.ToDictionary(type => type.Key, IReadOnlyList<FhirDocument> (type) => [.. type]),
            StringComparer.Ordinal);
    }

    static IReadOnlyList<MadeResource> Write(RegionPlan region, Household household)
    {
        var plan = region.Filling(new ResourceSet());
        PersonResources.Write(plan, household);
        PremaritalChecks.Write(plan, household);
        foreach (var course in household.Pregnancies)
        {
            WritePregnancy(plan, course);
        }

        foreach (var person in household.Patients.Where(p => p.AgeOn(plan.Today) >= 18))
        {
            ClinicVisits.Write(plan, person, isMother: person == household.Mother);
        }

        return FaultMaker.Spoil(plan, plan.Resources.Documents);
    }

    static void WritePregnancy(RegionPlan plan, PregnancyCourse course)
    {
        PregnancyResources.Write(plan, course);
        RiskAssessments.Write(plan, course);
        AntenatalVisits.Write(plan, course);
        DeliveryResources.Write(plan, course);
        PostpartumVisits.Write(plan, course);
        Referrals.Write(plan, course);
        foreach (var baby in course.Babies)
        {
            NewbornScreening.Write(plan, baby);
            CheckUps.Write(plan, baby);
            Immunizations.Write(plan, baby);
            ChildIllness.Write(plan, baby);
        }
    }
}
