using FhirHub.Samples.Generator.Institutions;

namespace FhirHub.Samples.Generator.Pregnancy;

/// <summary>Antenatal contacts with what is measured at each.</summary>
static class AntenatalVisits
{
    /// <summary>The contacts that come with an ultrasound scan, counted from 0.</summary>
    static readonly int[] ScanContacts = [0, 2, 4];

    /// <summary>The day of pregnancy a contact took place on, or will, unless the child comes first.</summary>
    internal static int DayOf(PregnancyCourse course, CareWindow window)
    {
        // Derived, not drawn: the plan of care must know it without asking twice.
        var width = window.LastDay - window.FirstDay;
        return window.FirstDay + (course.Mother.Number * 7 % Math.Max(1, width - 2)) + 2;
    }

    internal static bool IsDone(PregnancyCourse course, CareWindow window) =>
        DayOf(course, window) is var day && day < course.TermDays - 1 && course.Lmp.AddDays(day) < Region.Today;

    internal static DateOnly BookedOn(this PregnancyCourse course) =>
        course.Lmp.AddDays(DayOf(course, CareWindow.Antenatal[0]));

    internal static void Write(RegionPlan plan, PregnancyCourse course)
    {
        var chance = plan.ChanceFor(course.Id + "-antenatal");
        var body = new PregnantBody(course, chance);
        foreach (var (index, window) in CareWindow.Antenatal.Index().Where(w => IsDone(course, w.Item)))
        {
            var day = DayOf(course, window);
            var visit = new Visit($"{course.Id}-antenatal-{index + 1}", course.Mother,
                Calendar.Appointment(course.Lmp.AddDays(day), chance), PlaceOf(plan, course, index), "产前检查")
            {
                Episode = course.Episode,
                Reason = new Code($"孕{PregnancyCourse.Weeks(day)}周产前检查"),
            };
            var written = VisitResources.Write(plan, visit);
            if (index == 0)
            {
                WriteBooking(written, course);
            }

            WriteFindings(written, body, day, takesBlood: index is 0 or 3 or 5);
            if (ScanContacts.Contains(index))
            {
                UltrasoundReports.Write(plan, course, visit, written, day);
            }
        }
    }

    static Institution PlaceOf(RegionPlan plan, PregnancyCourse course, int index) =>
        course.IsHighRisk && course.Lmp.AddDays(DayOf(course, CareWindow.Antenatal[index])) > course.GradedOn
            ? course.DeliveryPlace(plan.Institutions)
        : index is 0 or 1 or 3 ? plan.Institutions.CentreOf(course.Mother.Village)
        : plan.Institutions.County;

    static void WriteBooking(VisitResources visit, PregnancyCourse course)
    {
        visit.Observe("last-period", Codes.LastPeriod, Codes.Exam, o => o.Set("valueDateTime", course.Lmp.Text()));
        visit.Observe("due-date", Codes.DueDate, Codes.Exam, o => o.Set("valueDateTime", course.DueDate.Text()));
        visit.Observe("pregnancies", Codes.Pregnancies, Codes.Exam, o => o.Set("valueInteger", course.State.Gravidity));
        visit.Observe("parity", Codes.Parity, Codes.Exam, o => o.Set("valueInteger", course.State.Parity));
        visit.Measure("height", Codes.Height, course.State.HeightCm, "cm", Codes.VitalSigns);
        visit.Measure("bmi", Codes.Bmi, course.State.Bmi, "kg/m2", Codes.VitalSigns);
    }

    static void WriteFindings(VisitResources visit, PregnantBody body, int day, bool takesBlood)
    {
        visit.Measure("weight", Codes.Weight, body.Weight(day), "kg", Codes.VitalSigns);
        var (systolic, diastolic) = body.Pressure(day);
        visit.Pressure(systolic, diastolic);
        if (day >= 20 * 7)
        {
            visit.Measure("fundal-height", Codes.FundalHeight, body.FundalHeight(day), "cm", Codes.Exam);
        }

        if (day >= 16 * 7)
        {
            visit.Measure("fetal-heart-rate", Codes.FetalHeartRate, body.FetalHeartRate(), "/min", Codes.Exam);
        }

        if (takesBlood)
        {
            visit.Laboratory("haemoglobin", Codes.Haemoglobin, body.Haemoglobin(day), "g/L", (110, 150));
        }
    }
}
