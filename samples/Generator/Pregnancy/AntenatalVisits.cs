using FhirHub.Samples.Generator.Institutions;

namespace FhirHub.Samples.Generator.Pregnancy;

/// <summary>Antenatal contacts with what is measured at each.</summary>
static class AntenatalVisits
{
    static readonly Code Examination = Guide.Code("obstetric-observation", "antenatal-exam", "产前检查");
    static readonly Code AbdominalGirth = Code.Element("DE04.10.052.00", "腹围");
    static readonly Code FetalPosition = Code.Element("DE05.01.044.00", "胎方位");
    static readonly Code Oedema = Guide.Code("obstetric-observation", "oedema", "浮肿");
    static readonly Code History = Guide.Code("obstetric-observation", "obstetric-history", "孕产史");
    static readonly Code Abortions = Guide.Code("obstetric-observation", "abortions", "流产次数");
    static readonly Code Caesareans = Guide.Code("obstetric-observation", "cesareans", "剖宫产次数");

    internal static string IdOf(PregnancyCourse course, Contact contact) => $"{course.Id}-antenatal-{contact.Number}";

    internal static void Write(RegionPlan plan, PregnancyCourse course)
    {
        var chance = plan.ChanceFor(course.Id + "-antenatal");
        var body = new PregnantBody(course, chance);
        foreach (var contact in course.Contacts)
        {
            var visit = new Visit(IdOf(course, contact), course.Mother,
                Calendar.Appointment(course.Lmp.AddDays(contact.Day), chance), PlaceOf(plan, course, contact), "产前检查")
            {
                Episode = course.Episode,
                Reason = new Code($"孕{PregnancyCourse.Weeks(contact.Day)}周产前检查"),
            };
            var written = VisitResources.Write(plan, visit);
            if (contact == course.Booking)
            {
                WriteBooking(written, course);
                LaboratoryPanels.WriteBooking(written, course, contact.Day, chance, body);
                FolicAcid.Write(plan, course, visit);
            }

            WriteFindings(written, course, body, contact.Day);
            LaboratoryPanels.WriteFollowing(written, course, contact, chance, body);
            UltrasoundReports.Write(plan, course, written, contact);
        }
    }

    /// <summary>
    /// The health centre at first, the county's hospital for scans and at the end; at risk, where she is sent.
    /// </summary>
    internal static Institution PlaceOf(RegionPlan plan, PregnancyCourse course, Contact contact) =>
        course.HighRiskFrom < contact.Day ? course.DeliveryPlace(plan.Institutions)
        : contact.Number is 3 or >= 6 ? plan.Institutions.County
        : plan.Institutions.CentreOf(course.Mother.Village);

    static void WriteBooking(VisitResources visit, PregnancyCourse course)
    {
        var (history, body) = (course.State.History, course.State.Body);
        visit.Observe("last-period", Codes.LastPeriod, Codes.Exam, o => o
            .Set("valueDateTime", course.Lmp.Text()), "lmp");
        visit.Observe("due-date", Codes.DueDate, Codes.Exam, o => o
            .Set("valueDateTime", course.DueDate.Text()), "edd");
        visit.Observe("history", History, Codes.Exam, o => o
            .Component(Codes.Pregnancies, history.Gravidity)
            .Component(Codes.Parity, history.Parity)
            .Component(Abortions, history.Losses)
            .Component(Caesareans, history.Caesareans), "obstetric-history");
        visit.Measure("height", Codes.Height, body.HeightCm, "cm", Codes.VitalSigns);
        visit.Measure("bmi", Codes.Bmi, body.Bmi, "kg/m2", Codes.VitalSigns);
    }

    /// <summary>Weight and pressure stand by themselves too, as vital signs are looked for.</summary>
    static void WriteFindings(VisitResources visit, PregnancyCourse course, PregnantBody body, int day)
    {
        var weight = body.Weight(day);
        var (systolic, diastolic) = body.Pressure(day);
        visit.Measure("gestation", Codes.GestationalAge, day, "d", Codes.Exam, "gestational-age");
        visit.Measure("weight", Codes.Weight, weight, "kg", Codes.VitalSigns);
        visit.Pressure(systolic, diastolic);
        visit.Observe("exam", Examination, Codes.Exam, o =>
        {
            o.Component(Codes.Weight, weight, "kg")
                .Component(Codes.Systolic, systolic, "mm[Hg]")
                .Component(Codes.Diastolic, diastolic, "mm[Hg]");
            if (day >= 20 * 7)
            {
                o.Component(Codes.FundalHeight, body.FundalHeight(day), "cm")
                    .Component(AbdominalGirth, body.Girth(day), "cm");
            }

            if (day >= 16 * 7)
            {
                o.Component(Codes.FetalHeartRate, body.FetalHeartRate(), "/min");
            }

            if (day >= 30 * 7)
            {
                var isBreech = course.Has(RiskTable.Malpresentation, day);
                o.Component(FetalPosition, Code.National("1.106", isBreech ? "13" : "01", isBreech ? "LSA" : "LOA"));
            }

            o.Component(Oedema, course.State.IsRaisedOn(day)
                ? Guide.Code("oedema-grade", "1", "（+）")
                : Guide.Code("oedema-grade", "none", "无"));
        }, "antenatal-exam");
    }
}
