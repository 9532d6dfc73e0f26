namespace FhirHub.Samples.Generator.Pregnancy;

/// <summary>
/// Obstetric scans, made during an antenatal contact: the pictures, what was measured, and the report.
/// </summary>
static class UltrasoundReports
{
    /// <summary>The contacts that come with a scan.</summary>
    static readonly int[] Contacts = [1, 3, 5, 7];

    /// <summary>
    /// Mean biparietal diameter, head, abdomen and femur in mm at weeks 12, 16 … 40: rounded, nothing to diagnose by.
    /// </summary>
    static readonly (string Name, Code Code, int[] MeansMm)[] Measures =
    [
        ("biparietal-diameter", Code.Loinc("11820-8", "双顶径"), [20, 35, 48, 60, 71, 81, 89, 94]),
        ("head", Code.Loinc("11984-2", "胎儿头围"), [70, 124, 175, 221, 262, 296, 322, 338]),
        ("abdomen", Code.Loinc("11979-2", "胎儿腹围"), [56, 105, 150, 197, 243, 285, 324, 355]),
        ("femur", Code.Loinc("11963-6", "股骨长"), [8, 20, 32, 43, 53, 62, 69, 75]),
    ];

    internal static void Write(RegionPlan plan, PregnancyCourse course, VisitResources written, Contact contact)
    {
        if (!Contacts.Contains(contact.Number))
        {
            return;
        }

        var (visit, day) = (written.Visit, contact.Day);
        var chance = plan.ChanceFor(visit.Id + "-scan");
        // Of twins each would have to be measured; the report says in words that there are two.
        var results = new List<string>();
        if (day >= 14 * 7 && !course.State.HasTwins)
        {
            var scale = (course.Has(RiskTable.GrowthRestriction, day) ? 0.93 : 1) * chance.Normal(1, 0.02, 0.95, 1.05);
            results.AddRange(Measures.Select(m => written.Measure(
                m.Name, m.Code, decimal.Round((decimal)(Mean(m.MeansMm, day) * scale)), "mm", Codes.Exam)));
        }

        var study = WriteStudy(plan, course, visit);
        plan.Resources.Add("DiagnosticReport", visit.Id + "-ultrasound", "imaging-report", r =>
        {
            r.Set("status", "final")
                .AddBareCode("category", Code.Hl7("v2-0074", "RUS", ""))
                .Say("code", new Code("产科超声检查"))
                .Refer("subject", course.Mother.Reference, course.Mother.Name.Text)
                .Refer("encounter", visit.Reference)
                .At("effectiveDateTime", visit.Start)
                .At("issued", visit.Start.AddMinutes(30))
                .Add("performer", p => p.Set("reference", visit.Place.Reference))
                .Add("imagingStudy", s => s.Set("reference", study))
                .Set("conclusion", Conclusion(course, day));
            foreach (var result in results)
            {
                r.Add("result", o => o.Set("reference", result));
            }
        });
    }

    static string WriteStudy(RegionPlan plan, PregnancyCourse course, Visit visit)
    {
        // UIDs made of a number no other study is likely to have, under the root that is free to all (2.25).
        var uid = $"2.25.{Chance.NumberFor(plan.Request.Seed, visit.Id + "-study")}";
        return plan.Resources.Add("ImagingStudy", visit.Id + "-study", "imaging-study", s => s
            .Add("identifier", i => i.Set("system", "urn:dicom:uid").Set("value", "urn:oid:" + uid))
            .Set("status", "available")
            .Add("modality", m => m.Set("system", "http://dicom.nema.org/resources/ontology/DCM").Set("code", "US"))
            .Refer("subject", course.Mother.Reference, course.Mother.Name.Text)
            .Refer("encounter", visit.Reference)
            .At("started", visit.Start)
            .Set("numberOfSeries", 1)
            .Set("numberOfInstances", 6)
            .Add("series", e => e
                .Set("uid", uid + ".1")
                .Set("number", 1)
                .Set("modality.system", "http://dicom.nema.org/resources/ontology/DCM")
                .Set("modality.code", "US")
                .Set("numberOfInstances", 6)));
    }

    static double Mean(int[] means, int day)
    {
        var at = Math.Clamp((day / 28.0) - 3, 0, means.Length - 1.001);
        var below = means[(int)at];
        return below + ((means[(int)at + 1] - below) * (at - (int)at));
    }

    static string Conclusion(PregnancyCourse course, int day)
    {
        var fetuses = course.State.HasTwins ? "双胎" : "单胎";
        if (day < 14 * 7)
        {
            return $"宫内早孕，{fetuses}，约{PregnancyCourse.Weeks(day)}周，可见胎心搏动";
        }

        var found = course.Factors.Where(f => f.FromDay > 190 && f.FromDay <= day).Select(f => f.Text).ToList();
        return $"宫内妊娠，{fetuses}存活，超声孕周约{PregnancyCourse.Weeks(day)}周，"
            + (found.Count == 0 ? "胎盘及羊水未见异常" : "结合临床：" + string.Join("、", found));
    }
}
