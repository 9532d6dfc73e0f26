namespace FhirHub.Samples.Generator.Pregnancy;

/// <summary>What the laboratory is asked during a pregnancy.</summary>
static class LaboratoryPanels
{
    static readonly Code Leucocytes = Code.Loinc("6690-2", "白细胞");
    static readonly Code Platelets = Code.Loinc("777-3", "血小板");
    static readonly Code Transaminase = Code.Loinc("1742-6", "丙氨酸氨基转移酶");
    static readonly Code Creatinine = Code.Loinc("14682-9", "肌酐");
    static readonly Code BloodGroup = Code.Loinc("883-9", "ABO血型");
    static readonly Code Rhesus = Code.Loinc("10331-7", "Rh(D)血型");
    static readonly Code GlucoseAfterOneHour = new("75 g糖耐量1小时血糖");
    static readonly Code GlucoseAfterTwoHours = Code.Loinc("14995-5", "75 g糖耐量2小时血糖");
    static readonly Code TrisomyRisk = new("21-三体血清学筛查");

    /// <summary>The minimum of the first contact by 国家基本公共卫生服务规范（第三版）.</summary>
    internal static void WriteBooking(
        VisitResources visit, PregnancyCourse course, int day, Chance chance, PregnantBody body)
    {
        var mother = course.State.Body;
        string[] blood =
        [
            visit.Laboratory("haemoglobin", Codes.Haemoglobin, body.Haemoglobin(day), "g/L", Codes.HaemoglobinRange),
            visit.Laboratory("leucocytes", Leucocytes, chance.Decimal(8.2, 1.6, 4.1, 14.5), "10*9/L", (3.5m, 9.5m)),
            visit.Laboratory("platelets", Platelets, DrawPlatelets(course, chance), "10*9/L", (125, 350)),
        ];
        visit.Report("blood", new Code("血常规"), blood);
        string[] chemistry =
        [
            visit.Laboratory("alt", Transaminase, chance.Decimal(16, 6, 5, 40, 0), "U/L", (7, 40)),
            visit.Laboratory("creatinine", Creatinine, chance.Decimal(48, 7, 31, 73, 0), "umol/L", (41, 73)),
            visit.Laboratory(
                "glucose", Codes.FastingGlucose, chance.Decimal(4.6, 0.35, 3.6, 5.6), "mmol/L", (3.9m, 6.1m)),
            visit.Observe("blood-group", BloodGroup, Codes.Laboratory, o => o
                .Say("valueCodeableConcept", Code.National("1.85", mother.BloodGroup, Group(mother.BloodGroup))),
                "lab-result"),
            visit.Observe("rhesus", Rhesus, Codes.Laboratory, o => o
                .Say("valueCodeableConcept", mother.IsRhNegative
                    ? Code.National("1.250", "1", "阴性")
                    : Code.National("1.250", "2", "阳性")), "lab-result"),
        ];
        visit.Report("chemistry", new Code("生化及血型"), chemistry);
        visit.Report("infection", new Code("感染标志物"), WriteInfections(visit, mother.Infection));
    }

    internal static string[] WriteInfections(VisitResources visit, Infection infection) =>
    [
        visit.Presence("hbsag", Codes.HepatitisBAntigen, infection == Infection.HepatitisB),
        visit.Presence("syphilis", Codes.Syphilis, infection == Infection.Syphilis),
        visit.Presence("hiv", Codes.Hiv, infection == Infection.Hiv),
    ];

    internal static void WriteFollowing(
        VisitResources visit, PregnancyCourse course, Contact contact, Chance chance, PregnantBody body)
    {
        var isPreeclamptic = course.State.Hypertension == HypertensionKind.Preeclampsia
            && course.State.IsRaisedOn(contact.Day);
        visit.Presence("urine-protein", Codes.UrineProtein, isPreeclamptic);
        if (contact != course.Booking && contact.Number >= 4)
        {
            visit.Laboratory("haemoglobin", Codes.Haemoglobin, body.Haemoglobin(contact.Day), "g/L",
                Codes.HaemoglobinRange);
        }

        switch (contact.Number)
        {
            case 2 when chance.Happens(0.82):
                var denominator = 10 * chance.Int(30, 900);
                visit.Observe("trisomy-risk", TrisomyRisk, Codes.Laboratory, o => o
                    .Set("valueString", $"1/{denominator}"), "lab-result");
                break;
            case 4:
                WriteTolerance(visit, course.State.Diabetes != DiabetesKind.None, chance);
                break;
        }
    }

    /// <summary>
    /// The glucose tolerance test: one value out of 5.1, 10.0 and 8.5 mmol/L is diabetes of pregnancy.
    /// </summary>
    static void WriteTolerance(VisitResources visit, bool isDiabetic, Chance chance)
    {
        var raised = isDiabetic ? 1 : 0;
        string[] results =
        [
            visit.Laboratory("ogtt-0", Codes.FastingGlucose,
                chance.Decimal(4.5 + (0.9 * raised), 0.2, isDiabetic ? 5.1 : 3.6, isDiabetic ? 6.9 : 5.0), "mmol/L",
                (3.9m, 5.1m)),
            visit.Laboratory("ogtt-1", GlucoseAfterOneHour,
                chance.Decimal(7.7 + (2.5 * raised), 0.8, 4.4, isDiabetic ? 14 : 9.9), "mmol/L", (3.9m, 10.0m)),
            visit.Laboratory("ogtt-2", GlucoseAfterTwoHours,
                chance.Decimal(6.5 + (2.1 * raised), 0.7, 4.0, isDiabetic ? 12 : 8.4), "mmol/L", (3.9m, 8.5m)),
        ];
        visit.Report("ogtt", new Code("75 g口服葡萄糖耐量试验"), results,
            isDiabetic ? "符合妊娠期糖尿病诊断标准" : "未见异常");
    }

    static decimal DrawPlatelets(PregnancyCourse course, Chance chance) =>
        course.State.Body.Illnesses.Any(f => f.Item == "red.1.6") ? chance.Decimal(24, 3, 15, 29, 0)
        : course.State.Body.Illnesses.Any(f => f.Item == RiskTable.LowPlatelets) ? chance.Decimal(80, 10, 55, 99, 0)
        : chance.Decimal(215, 40, 126, 345, 0);

    static string Group(string code) => code switch { "1" => "A型", "2" => "B型", "3" => "O型", _ => "AB型" };
}
