using FhirHub.Fhir.Documents;

namespace FhirHub.Samples.Generator;

/// <summary>Writes an Encounter, and the Observations made in it.</summary>
sealed class VisitResources
{
    readonly RegionPlan _plan;
    readonly Visit _visit;

    VisitResources(RegionPlan plan, Visit visit)
    {
        _plan = plan;
        _visit = visit;
    }

    internal static VisitResources Write(RegionPlan plan, Visit visit)
    {
        var doctor = plan.Staff.At(visit.Place, visit.Subject.Number);
        plan.Resources.Add("Encounter", visit.Id, e =>
        {
            e.Set("status", "finished")
                .Set("class.system", "http://terminology.hl7.org/CodeSystem/v3-ActCode")
                .Set("class.code", visit.Class)
                .AddCode("type", new Code(visit.Type))
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
        });
        return new VisitResources(plan, visit);
    }

    /// <summary>Writes one measured value; the name is the end of its id.</summary>
    internal string Measure(string name, Code code, decimal value, string unit, Code category) =>
        Observe(name, code, category, o => o.Measure("valueQuantity", value, unit));

    internal string Pressure(int systolic, int diastolic) =>
        Observe("pressure", Codes.Pressure, Codes.VitalSigns, o => o
            .Add("component", c => c.Say("code", Codes.Systolic).Measure("valueQuantity", systolic, "mm[Hg]"))
            .Add("component", c => c.Say("code", Codes.Diastolic).Measure("valueQuantity", diastolic, "mm[Hg]")));

    /// <summary>Writes a laboratory value with the range its reader expects and whether it lies in it.</summary>
    internal string Laboratory(string name, Code code, decimal value, string unit, (decimal Low, decimal High) range) =>
        Observe(name, code, Codes.Laboratory, o => o
            .Measure("valueQuantity", value, unit)
            .AddBareCode("interpretation", Code.Hl7("v3-ObservationInterpretation",
                value < range.Low ? "L" : value > range.High ? "H" : "N", ""))
            .Add("referenceRange", r => r
                .Measure("low", range.Low, unit)
                .Measure("high", range.High, unit)));

    internal string Observe(string name, Code code, Code category, Action<FhirBuilder> value) =>
        _plan.Resources.Add("Observation", $"{_visit.Id}-{name}", o =>
        {
            o.Set("status", "final")
                .AddBareCode("category", category)
                .Say("code", code)
                .Refer("subject", _visit.Subject.Reference)
                .Refer("encounter", _visit.Reference)
                .At("effectiveDateTime", _visit.Start);
            value(o);
        });
}
