using System.Globalization;

namespace FhirHub.Samples.Generator.Pregnancy;

/// <summary>What makes a pregnancy one of risk: drawn by itself, or following from who the mother is.</summary>
static class RiskTable
{
    internal const string LowPlatelets = "yellow.2.6.1";
    internal const string Malpresentation = "yellow.3.10";
    internal const string DangerousPlacenta = "red.2.2";
    internal const string GrowthRestriction = "yellow.3.3";

    static readonly (RiskFactor Factor, double Share)[] Drawn =
    [
        .. from row in Table.Read("risks.tsv")
           select (
               new RiskFactor(row[0], row[1], int.Parse(row[3], CultureInfo.InvariantCulture)),
               double.Parse(row[2], CultureInfo.InvariantCulture))
    ];

    /// <summary>Illnesses, which a woman has in all her pregnancies, or what one pregnancy brings late.</summary>
    internal static IEnumerable<RiskFactor> Draw(Chance chance, bool isLate)
    {
        foreach (var (factor, share) in Drawn)
        {
            if (factor.FromDay > 0 == isLate && chance.Happens(share))
            {
                yield return factor;
            }
        }
    }

    /// <summary>The items that can be told from the state itself, after the grading table.</summary>
    internal static IEnumerable<RiskFactor> Follow(MaternalState state, int age)
    {
        var (bmi, history) = (state.Body.Bmi, state.History);
        (bool Applies, string Item, string Text, int FromDay)[] rules =
        [
            (age >= 40, "orange.1", "年龄≥40岁", 0),
            (age is >= 35 and < 40 or <= 18, "yellow.1.1", "年龄≥35岁或≤18岁", 0),
            (bmi >= 28, "orange.1", "BMI≥28", 0),
            (bmi is > 25 and < 28 or < 18.5m, "yellow.1.2", "BMI>25或<18.5", 0),
            (history.Losses >= 3, "yellow.1.5", "不良孕产史（流产≥3次）", 0),
            (history.Caesareans == 1, "yellow.1.6", "瘢痕子宫", 0),
            (history.Caesareans >= 2, "orange.3.5", "子宫手术史≥2次", 0),
            (history.Caesareans > 0 && state.MonthsSinceDelivery < 18, "orange.3.3", "瘢痕子宫距末次手术<18月", 0),
            (state.Body.Infection == Infection.HepatitisB, "yellow.2.3", "乙型肝炎病毒携带（肝功能正常）", 0),
            (state.Body.Infection == Infection.HepatitisB, "purple.hepatitis", "病毒性肝炎", 0),
            (state.Body.Infection == Infection.Syphilis, "purple.syphilis", "梅毒", 0),
            (state.Body.Infection == Infection.Hiv, "purple.hiv", "HIV感染", 0),
            (state.HasTwins, "yellow.3.1", "双胎妊娠", 60),
            (state.AnaemicFrom is not null, "yellow.2.6.2", "贫血（Hb 60～110 g/L）", state.AnaemicFrom ?? 0),
            (state.Diabetes == DiabetesKind.Diet, "yellow.2.5", "妊娠期糖尿病（无需药物治疗）", 24 * 7),
            (state.Diabetes == DiabetesKind.Insulin, "orange.2.5", "妊娠期糖尿病（需药物治疗）", 24 * 7),
            (state.Hypertension == HypertensionKind.Gestational, "yellow.3.5", "妊娠期高血压疾病", state.RaisedFrom),
            (state.Hypertension == HypertensionKind.Preeclampsia, "orange.3.7", "重度子痫前期", state.RaisedFrom),
            (state.HasDangerousPlacenta, DangerousPlacenta, "凶险性前置胎盘", 196),
        ];
        return from rule in rules where rule.Applies select new RiskFactor(rule.Item, rule.Text, rule.FromDay);
    }
}
