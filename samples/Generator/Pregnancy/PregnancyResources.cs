using FhirHub.Fhir.Documents;

namespace FhirHub.Samples.Generator.Pregnancy;

/// <summary>
/// The frame of a pregnancy: the episode, the conditions, the plan of care, and what is to be done next.
/// </summary>
static class PregnancyResources
{
    internal static void Write(RegionPlan plan, PregnancyCourse course)
    {
        WriteCondition(plan, course);
        WriteCase(plan, course);
        WriteEpisode(plan, course);
        if (course.Booking is not null)
        {
            WritePlan(plan, course);
        }

        if (!course.HasEnded)
        {
            WriteReminder(plan, course);
        }
    }

    static void WriteCondition(RegionPlan plan, PregnancyCourse course) =>
        plan.Resources.Add("Condition", course.Id, "pregnancy-condition", c =>
        {
            c.AddClinicalStatus(isActive: !course.HasEnded)
                .Say("code", course.Outcome == Outcome.Miscarriage && course.HasEnded
                    ? Code.Icd10("O03", "自然流产")
                    : course.Colour == RiskColour.Green
                        ? Code.Icd10("Z34", "正常妊娠监督")
                        : Code.Icd10("Z35", "高危妊娠监督"))
                .Refer("subject", course.Mother.Reference, course.Mother.Name.Text)
                .Set("onsetDateTime", course.Lmp.Text())
                .Set("recordedDate", course.OpenedOn.Text());
            if (course.HasEnded)
            {
                c.Set("abatementDateTime", course.End.Text());
            }
        });

    /// <summary>The case the programme against transmission from mother to child opens for an infected woman.</summary>
    static void WriteCase(RegionPlan plan, PregnancyCourse course)
    {
        var code = course.State.Body.Infection switch
        {
            Infection.HepatitisB => Code.Icd10("B18.1", "慢性乙型病毒性肝炎"),
            Infection.Syphilis => Code.Icd10("A53.0", "潜伏梅毒"),
            Infection.Hiv => Code.Icd10("Z21", "无症状HIV感染状态"),
            _ => null,
        };
        if (code is null || course.Booking is null)
        {
            return;
        }

        plan.Resources.Add("Condition", course.Id + "-infection", "pmtct-case", c => c
            // Who may see it is decided by this label, and not by who happens to ask.
            .Add("meta.security", s => s
                .Set("system", "http://terminology.hl7.org/CodeSystem/v3-Confidentiality")
                .Set("code", "R"))
            .ExtendByCoding("pmtct-stage", Stage(course))
            .AddClinicalStatus(isActive: true)
            .Say("verificationStatus", Code.Hl7("condition-ver-status", "confirmed", "确诊"))
            .Say("code", code)
            .Refer("subject", course.Mother.Reference, course.Mother.Name.Text)
            .Set("recordedDate", course.OpenedOn.Text()));
    }

    static Code Stage(PregnancyCourse course) => course.Booking?.Day switch
    {
        < 13 * 7 => Guide.Code("pmtct-stage", "early", "孕早期"),
        < 28 * 7 => Guide.Code("pmtct-stage", "middle", "孕中期"),
        _ => Guide.Code("pmtct-stage", "late", "孕晚期"),
    };

    static void WriteEpisode(RegionPlan plan, PregnancyCourse course) =>
        plan.Resources.Add("EpisodeOfCare", course.Id, "pregnancy-episode", e =>
        {
            // The puerperium, of 42 days, is the end of it.
            var end = course.End.AddDays(course.IsDelivery ? 42 : 14);
            var isOver = end < plan.Today;
            e.Extend("lmp", "valueDate", course.Lmp.Text())
                .Extend("edd", "valueDate", course.DueDate.Text())
                .Extend("gravidity", "valuePositiveInt", $"{course.State.History.Gravidity}")
                .Extend("parity", "valueUnsignedInt", $"{course.State.History.Parity}")
                .Add("identifier", i => i
                    .Set("system", "urn:fhirhub:identifier:pregnancy-book")
                    .Set("value", $"{course.Mother.Village.Division.Code}{course.Mother.Number:0000000}{course.Order}"))
                .Set("status", isOver ? "finished" : "active")
                .AddCode("type", new Code("孕产期保健"))
                .Add("diagnosis", d => d.Refer("condition", course.Condition))
                .Refer("patient", course.Mother.Reference, course.Mother.Name.Text)
                .Refer("managingOrganization", plan.Institutions.CentreOf(course.Mother.Village).Reference)
                .Set("period.start", course.OpenedOn.Text());
            if (!isOver)
            {
                e.ExtendByCoding("risk-colour", RiskAssessments.Code(course.Colour));
            }

            if (course.Booking is { } booking)
            {
                e.Add("extension", x => x
                    .Set("url", Guide.Extension("booking-gestation"))
                    .Measure("valueQuantity", booking.Day, "d"));
            }

            if (isOver)
            {
                e.Set("period.end", end.Text());
            }
        });

    static void WritePlan(RegionPlan plan, PregnancyCourse course) =>
        plan.Resources.Add("CarePlan", course.Id, "mch-careplan", c =>
        {
            c.Add("instantiatesCanonical", Guide.Plan("antenatal-schedule-public-health"))
                .Set("status", course.HasEnded ? "completed" : "active")
                .Set("intent", "plan")
                .AddCode("category", Guide.Code("plan-kind", "antenatal", "孕产期保健"))
                .Set("title", "孕产期保健计划")
                .Refer("subject", course.Mother.Reference, course.Mother.Name.Text)
                .Set("period.start", course.Lmp.Text())
                .Set("period.end", course.DueDate.AddDays(42).Text())
                .Add("addresses", a => a.Set("reference", course.Condition));
            foreach (var window in CareWindow.Antenatal)
            {
                c.Add("activity", a => WriteActivity(a, course, window));
            }
        });

    static void WriteActivity(FhirBuilder activity, PregnancyCourse course, CareWindow window)
    {
        var (first, last) = (course.Lmp.AddDays(window.FirstDay), course.Lmp.AddDays(window.LastDay));
        var status = course.Contacts.Any(c => c.Number == window.Number) ? "completed"
            : course.HasEnded || last < course.Today ? "cancelled"
            : "scheduled";
        activity.Set("detail.status", status)
            .Set("detail.description", window.Name)
            .Set("detail.scheduledPeriod.start", first.Text())
            .Set("detail.scheduledPeriod.end", last.Text());
    }

    /// <summary>The next contact that is due, as a task of the health centre.</summary>
    static void WriteReminder(RegionPlan plan, PregnancyCourse course)
    {
        var centre = plan.Institutions.CentreOf(course.Mother.Village);
        var next = CareWindow.Antenatal.FirstOrDefault(w => course.Lmp.AddDays(w.LastDay) >= plan.Today
            && course.Contacts.All(c => c.Number != w.Number));
        if (next is null)
        {
            return;
        }

        plan.Resources.Add("Task", course.Id + "-next", "mch-task", t => t
            .Set("status", "requested")
            .Say("businessStatus", Guide.Code("task-state", "due", "应做未做"))
            .Set("intent", "order")
            .Set("priority", "routine")
            .Say("code", Guide.Code("task-kind", "antenatal-reminder", "产前检查提醒"))
            .Set("description", next.Name)
            .Refer("focus", "CarePlan/" + course.Id)
            .Refer("for", course.Mother.Reference, course.Mother.Name.Text)
            .Set("authoredOn", course.OpenedOn.Text())
            .Refer("requester", centre.Reference, centre.Name)
            .Refer("owner", centre.Reference, centre.Name)
            .Set("restriction.period.start", course.Lmp.AddDays(next.FirstDay).Text())
            .Set("restriction.period.end", course.Lmp.AddDays(next.LastDay).Text()));
    }

    internal static FhirBuilder AddClinicalStatus(this FhirBuilder condition, bool isActive) =>
        condition.Say("clinicalStatus", isActive ? Codes.Active : Codes.Resolved)
            .Add("category", c => c
                .Add("coding", k => k
                    .Set("system", "http://terminology.hl7.org/CodeSystem/condition-category")
                    .Set("code", "encounter-diagnosis")));
}
