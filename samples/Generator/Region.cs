using FhirHub.Fhir.Documents;
using FhirHub.Samples.Generator.Child;
using FhirHub.Samples.Generator.Clinic;
using FhirHub.Samples.Generator.Institutions;
using FhirHub.Samples.Generator.People;
using FhirHub.Samples.Generator.Pregnancy;
using FhirHub.Samples.Generator.Referral;

namespace FhirHub.Samples.Generator;

/// <summary>A prefecture with its institutions and people, all of them invented: same seed, same bytes.</summary>
public static class Region
{
    /// <summary>What samples/region was made with.</summary>
    public const int CommittedSeed = 20260101;
    public const int CommittedPatients = 200;

    /// <summary>The day the region is looked at. Nothing in it happened later, and no clock is ever read.</summary>
    public static DateOnly Today { get; } = new(2026, 1, 1);

    /// <summary>The resources by type, types in alphabetical order.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<FhirDocument>> Generate(int seed, int patients)
    {
        var plan = new RegionPlan(seed);
        InstitutionResources.Write(plan);
        StaffResources.Write(plan);
        foreach (var household in Population.Make(plan, patients))
        {
            PersonResources.Write(plan, household);
            if (household.Pregnancy is { } course)
            {
                PregnancyResources.Write(plan, course);
                AntenatalVisits.Write(plan, course);
                DeliveryResources.Write(plan, course);
                PostpartumVisits.Write(plan, course);
                Referrals.Write(plan, course);
                foreach (var baby in course.Babies)
                {
                    CheckUps.Write(plan, baby);
                    Immunizations.Write(plan, baby);
                }
            }

            var others = household.Patients.Where(p => p != household.Pregnancy?.Mother);
            foreach (var person in others.Where(p => p.AgeOn(Today) >= 18))
            {
                ClinicVisits.Write(plan, person);
            }
        }

        return plan.Resources.ByType();
    }

    /// <summary>One resource to a line, in UTF-8.</summary>
    public static byte[] ToNdjson(IReadOnlyList<FhirDocument> documents)
    {
        var bytes = new MemoryStream();
        foreach (var document in documents)
        {
            bytes.Write(document.Json.Span);
            bytes.WriteByte((byte)'\n');
        }

        return bytes.ToArray();
    }
}
