namespace FhirHub.Samples.Generator.Pregnancy;

/// <summary>
/// Folic acid, which the county gives out free of charge to women who plan a child or are early with one.
/// </summary>
static class FolicAcid
{
    internal static void Write(RegionPlan plan, PregnancyCourse course, Visit visit)
    {
        if (visit.Start.Day() > course.Lmp.AddDays(13 * 7))
        {
            return;
        }

        plan.Resources.Add("MedicationDispense", course.Id + "-folic-acid", "folic-acid-dispense", d => d
            .Set("status", "completed")
            .Say("medicationCodeableConcept", new Code("叶酸片 0.4 mg"))
            .Refer("subject", course.Mother.Reference, course.Mother.Name.Text)
            .Refer("context", visit.Reference)
            .Add("performer", p => p.Refer("actor", visit.Place.Reference))
            .Set("quantity.value", 3)
            .Set("quantity.unit", "瓶")
            .Set("daysSupply.value", 93)
            .Set("daysSupply.unit", "天")
            .At("whenHandedOver", visit.Start)
            .Add("dosageInstruction", i => i.Set("text", "每日1次，每次0.4 mg，服至孕3个月")));
    }
}
