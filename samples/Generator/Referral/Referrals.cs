using FhirHub.Samples.Generator.Pregnancy;

namespace FhirHub.Samples.Generator.Referral;

/// <summary>Two-way referral in the alliance: the request, and the task that follows it through.</summary>
static class Referrals
{
    /// <summary>Days a referral takes until it is completed, unless the pregnancy has to end first.</summary>
    const int DaysToComplete = 10;

    internal static void Write(RegionPlan plan, PregnancyCourse course)
    {
        var chance = plan.ChanceFor(course.Id + "-referral");
        var centre = plan.Institutions.CentreOf(course.Mother.Village);
        var hospital = course.DeliveryPlace(plan.Institutions);
        // 1. Up: orange and red are for a hospital, at once after they were graded.
        if (course.HighRiskFrom is { } day)
        {
            var known = course.Known(day);
            var colour = PregnancyCourse.Highest(known);
            Write(plan, chance, new ReferralCase(course.Id + "-referral-up", course.Mother, centre, hospital,
                Calendar.Appointment(course.Lmp.AddDays(day), chance).AddHours(1))
            {
                Direction = "up",
                Reason = $"妊娠风险评估{RiskAssessments.Name(colour)}："
                    + string.Join("；", known.Select(f => f.Text)),
                Condition = course.Condition,
                IsUrgent = colour == RiskColour.Red,
            }, course.HasEnded);
        }

        // 2. Down: after the delivery some are handed back to the township with a letter.
        if (course is { HasEnded: true, IsDelivery: true } && chance.Happens(0.12))
        {
            Write(plan, chance, new ReferralCase(course.Id + "-referral-down", course.Mother, hospital, centre,
                Calendar.At(course.DischargedOn, 10, 30))
            {
                Direction = "down",
                Reason = "产后恢复期，转回乡镇卫生院行产后访视及新生儿访视",
                Condition = course.Condition,
            }, isOver: true);
        }
    }

    static void Write(RegionPlan plan, Chance chance, ReferralCase referral, bool isOver)
    {
        var status = DrawStatus(plan, chance, referral, isOver);
        var request = plan.Resources.Add("ServiceRequest", referral.Id, "referral-request", s => s
            .ExtendByCoding("referral-direction", Guide.Code("referral-direction", referral.Direction, ""))
            .Set("status", status switch { "completed" => "completed", "rejected" => "revoked", _ => "active" })
            .Set("intent", "order")
            .AddCode("category", Guide.Code("service-category", "referral", "双向转诊"))
            .Set("priority", referral.IsUrgent ? "urgent" : "routine")
            .Say("code", new Code(referral.Direction == "up" ? "上转" : "下转"))
            .Refer("subject", referral.Subject.Reference, referral.Subject.Name.Text)
            .At("authoredOn", referral.Time)
            .Refer("requester", referral.From.Reference, referral.From.Name)
            .Add("performer", p => p.Set("reference", referral.To.Reference))
            .AddCode("reasonCode", new Code(referral.Reason))
            .Add("reasonReference", r => r.Set("reference", referral.Condition)));
        WriteTask(plan, referral, status, request);
    }

    static string DrawStatus(RegionPlan plan, Chance chance, ReferralCase referral, bool isOver) =>
        !isOver || referral.Time.Day() > plan.Today.AddDays(-DaysToComplete)
            ? chance.Pick(["requested", "accepted", "in-progress"])
            : !referral.IsUrgent && chance.Happens(0.1) ? "rejected" : "completed";

    static void WriteTask(RegionPlan plan, ReferralCase referral, string status, string request) =>
        plan.Resources.Add("Task", referral.Id, "mch-task", t =>
        {
            t.Set("status", status)
                .Say("businessStatus", BusinessStatus(status))
                .Set("intent", "order")
                .Set("priority", referral.IsUrgent ? "urgent" : "routine")
                .Say("code", Guide.Code("task-kind", "referral", "转诊"))
                .Refer("focus", request)
                .Refer("for", referral.Subject.Reference, referral.Subject.Name.Text)
                .At("authoredOn", referral.Time)
                .At("lastModified", referral.Time.AddHours(status == "requested" ? 0 : 3))
                .Refer("requester", referral.From.Reference, referral.From.Name)
                .Refer("owner", referral.To.Reference, referral.To.Name)
                // The grading rules give red one day and orange three.
                .At("restriction.period.end", referral.Time.AddDays(referral.IsUrgent ? 1 : 3));
            if (status == "rejected")
            {
                t.Say("statusReason", new Code("接诊专科床位已满，建议改约"));
            }
        });

    static Code BusinessStatus(string status) => status switch
    {
        "completed" => Guide.Code("task-state", "done", "已完成"),
        "rejected" => Guide.Code("task-state", "refused", "已拒绝"),
        "accepted" => Guide.Code("task-state", "accepted", "已受理"),
        "in-progress" => Guide.Code("task-state", "arrived", "已到诊"),
        _ => Guide.Code("task-state", "notified", "已通知"),
    };
}
