using FhirHub.Samples.Generator.Pregnancy;

namespace FhirHub.Samples.Generator.Child;

/// <summary>
/// What every newborn is screened for: metabolic diseases from the heel, hearing, and the heart by two signs.
/// </summary>
static class NewbornScreening
{
    /// <summary>Diseases by CV04.50.008, how often one is found (assumed, of the order of published rates).</summary>
    static readonly (string Code, string Text, double Share)[] Items =
        [("1", "CH", 0.0005), ("2", "PKU", 0.00009), ("3", "G6PD", 0.0004), ("4", "CAH", 0.00006)];

    static readonly Code Saturation = Code.Loinc("2708-6", "血氧饱和度");
    static readonly Code Hearing = new("新生儿听力筛查（耳声发射）");
    static readonly Code Heart = new("先天性心脏病双指标筛查");

    internal static void Write(RegionPlan plan, Baby baby)
    {
        var chance = plan.ChanceFor(baby.Person.Id + "-screening");
        var isScreened = chance.Happens(0.985);
        var time = baby.BornAt.AddHours(chance.Int(73, 100));
        if (!isScreened || !CheckUps.IsPossible(plan, baby, time))
        {
            return;
        }

        var place = baby.Course.DeliveryPlace(plan.Institutions);
        var written = VisitResources.Write(plan,
            new Visit(baby.Person.Id + "-screening", baby.Person, time, place, "新生儿疾病筛查"));
        var results = Items.Select(item => written.Observe(
            "screening-" + item.Code, Guide.Hub("cv04.50.008", item.Code, item.Text), Codes.Laboratory, o => o
                .Add("extension", e => e
                    .Set("url", Guide.Extension("collection-time"))
                    .At("valueDateTime", written.Visit.Start))
                .Say("valueCodeableConcept", chance.Happens(item.Share)
                    ? Guide.Code("screening-result", "suspicious", "可疑")
                    : Guide.Code("screening-result", "negative", "阴性（通过）"))
                .Say("method", Guide.Hub("cv04.50.009", "4", "时间分辨荧光")), "newborn-screening")).ToList();
        written.Report("screening-report", new Code("新生儿遗传代谢病筛查"), results);
        written.Observe("hearing", Hearing, Codes.Exam, o => o
            .Say("valueCodeableConcept", Finding(chance.Happens(0.08), "未通过", "通过")));
        var isMurmur = chance.Happens(0.012);
        written.Observe("heart", Heart, Codes.Exam, o => o
            .Say("valueCodeableConcept", Finding(isMurmur, "阳性", "阴性"))
            .Component(Saturation, chance.Int(isMurmur ? 92 : 96, 99), "%"));
    }

    static Code Finding(bool isFound, string found, string normal) => new(isFound ? found : normal);
}
