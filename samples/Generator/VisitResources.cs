using FhirHub.Fhir.Documents;

namespace FhirHub.Samples.Generator;

/// <summary>Writes an Encounter, and what was observed in it.</summary>
sealed class VisitResources
{
    readonly RegionPlan _plan;

    VisitResources(RegionPlan plan, Visit visit) => (_plan, Visit) = (plan, visit);

    internal Visit Visit { get; }

    internal static VisitResources Write(RegionPlan plan, Visit visit)
    {
        var doctor = plan.Staff.At(visit.Place, visit.Subject.Number);
        plan.Resources.Add("Encounter", visit.Id, "mch-encounter", e =>
        {
            e.ExtendByCoding("patient-type", Code.National("1.271", visit.PatientType, ""))
                .Set("status", "finished")
                .Set("class.system", "http://terminology.hl7.org/CodeSystem/v3-ActCode")
                .Set("class.code", visit.Class)
                .AddCode("type", Guide.Code("visit-kind", visit.Kind, visit.Type))
                .Refer("subject", visit.Subject.Reference, visit.Subject.Name.Text)
                .Add("participant", p => p.Refer("individual", doctor.Reference, doctor.Name.Text))
                .Between("period", visit.Start, visit.Start.AddMinutes(visit.Minutes))
                .Refer("serviceProvider", visit.Place.Reference, visit.Place.Name);
            if (visit.Episode is { } episode)
            {
                e.Add("episodeOfCare", r => r.Set("reference", episode));
            }

            if (visit.Reason is { } reason)
            {
                e.AddCode("reasonCode", reason);
            }

            if (visit.Discharge is { } discharge)
            {
                e.Say("hospitalization.dischargeDisposition", Code.National("1.265", discharge, "离院方式"));
            }
        });
        return new VisitResources(plan, visit);
    }

    /// <summary>Writes one measured value; the name is the end of its id.</summary>
    internal string Measure(
        string name, Code code, decimal value, string unit, Code category, string? profile = null) =>
        Observe(name, code, category, o => o.Measure("valueQuantity", value, unit), profile);

    internal string Count(string name, Code code, int value, string? profile = null) =>
        Observe(name, code, Codes.Exam, o => o.Set("valueInteger", value), profile);

    /// <summary>
    /// Writes a blood pressure; the two are drawn each by itself, so they are kept as far apart as they are.
    /// </summary>
    internal string Pressure(int systolic, int diastolic) =>
        Observe("pressure", Codes.Pressure, Codes.VitalSigns, o => o
            .Component(Codes.Systolic, systolic, "mm[Hg]")
            .Component(Codes.Diastolic, Math.Min(diastolic, systolic - 24), "mm[Hg]"));

    /// <summary>Writes a laboratory value with the range its reader expects and whether it lies in it.</summary>
    internal string Laboratory(string name, Code code, decimal value, string unit, (decimal Low, decimal High) range) =>
        Observe(name, code, Codes.Laboratory, o => o
            .Measure("valueQuantity", value, unit)
            .AddBareCode("interpretation", Code.Hl7("v3-ObservationInterpretation",
                value < range.Low ? "L" : value > range.High ? "H" : "N", ""))
            .Add("referenceRange", r => r
                .Measure("low", range.Low, unit)
                .Measure("high", range.High, unit)), "lab-result");

    /// <summary>Writes what a test found that has no number: negative, as it is normal, or positive.</summary>
    internal string Presence(string name, Code code, bool isPositive) =>
        Observe(name, code, Codes.Laboratory, o => o
            .Say("valueCodeableConcept", isPositive
                ? Code.Hl7("v3-ObservationInterpretation", "POS", "阳性")
                : Code.Hl7("v3-ObservationInterpretation", "NEG", "阴性"))
            .AddBareCode("interpretation", Code.Hl7("v3-ObservationInterpretation", isPositive ? "A" : "N", "")),
            "lab-result");

    /// <summary>Gathers results in the report that the patient is given.</summary>
    internal void Report(string name, Code code, IReadOnlyList<string> results, string conclusion = "") =>
        _plan.Resources.Add("DiagnosticReport", $"{Visit.Id}-{name}", "lab-report", r =>
        {
            r.Set("status", "final")
                .AddBareCode("category", Code.Hl7("v2-0074", "LAB", ""))
                .Say("code", code)
                .Refer("subject", Visit.Subject.Reference, Visit.Subject.Name.Text)
                .Refer("encounter", Visit.Reference)
                .At("effectiveDateTime", Visit.Start)
                .At("issued", Visit.Start.AddHours(4))
                .Add("performer", p => p.Set("reference", Visit.Place.Reference));
            foreach (var result in results)
            {
                r.Add("result", o => o.Set("reference", result));
            }

            if (conclusion.Length > 0)
            {
                r.Set("conclusion", conclusion);
            }
        });

    internal string Observe(
        string name, Code code, Code category, Action<FhirBuilder> value, string? profile = null) =>
        _plan.Resources.Add("Observation", $"{Visit.Id}-{name}", profile, o =>
        {
            o.Set("status", "final")
                .AddBareCode("category", category)
                .Say("code", code)
                .Refer("subject", Visit.Subject.Reference)
                .Refer("encounter", Visit.Reference)
                .At("effectiveDateTime", Visit.Start)
                .Add("performer", p => p.Set("reference", Visit.Place.Reference));
            value(o);
        });
}
