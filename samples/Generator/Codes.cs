namespace FhirHub.Samples.Generator;

/// <summary>The codes more than one subject uses. LOINC codes are from loinc.org; the words are our own.</summary>
static class Codes
{
    internal static readonly Code Weight = Code.Loinc("29463-7", "体重");
    internal static readonly Code Height = Code.Loinc("8302-2", "身高");
    internal static readonly Code Length = Code.Loinc("8306-3", "身长");
    internal static readonly Code Head = Code.Loinc("9843-4", "头围");
    internal static readonly Code Bmi = Code.Loinc("39156-5", "体质指数");
    internal static readonly Code Pressure = Code.Loinc("85354-9", "血压");
    internal static readonly Code Systolic = Code.Loinc("8480-6", "收缩压");
    internal static readonly Code Diastolic = Code.Loinc("8462-4", "舒张压");
    internal static readonly Code HeartRate = Code.Loinc("8867-4", "心率");
    internal static readonly Code Temperature = Code.Loinc("8310-5", "体温");
    internal static readonly Code Haemoglobin = Code.Loinc("718-7", "血红蛋白");
    internal static readonly Code FundalHeight = Code.Loinc("11881-0", "宫高");
    internal static readonly Code FetalHeartRate = Code.Loinc("55283-6", "胎心率");
    internal static readonly Code LastPeriod = Code.Loinc("8665-2", "末次月经");
    internal static readonly Code DueDate = Code.Loinc("11778-8", "预产期");
    internal static readonly Code GestationalAge = Code.Loinc("18185-9", "孕周");
    internal static readonly Code Pregnancies = Code.Loinc("11996-6", "孕次");
    internal static readonly Code Parity = Code.Loinc("11977-6", "产次");
    internal static readonly Code BirthWeight = Code.Loinc("8339-4", "出生体重");
    internal static readonly Code BirthLength = Code.Loinc("89269-5", "出生身长");
    internal static readonly Code HepatitisBAntigen = Code.Loinc("5196-1", "乙肝表面抗原");
    internal static readonly Code Syphilis = Code.Loinc("24110-9", "梅毒螺旋体抗体");
    internal static readonly Code Hiv = Code.Loinc("7918-6", "HIV抗体");
    internal static readonly Code FastingGlucose = Code.Loinc("14771-0", "空腹血糖");
    internal static readonly Code UrineProtein = Code.Loinc("20454-5", "尿蛋白");

    internal static readonly Code VitalSigns = Code.Hl7("observation-category", "vital-signs", "生命体征");
    internal static readonly Code Laboratory = Code.Hl7("observation-category", "laboratory", "检验");
    internal static readonly Code Exam = Code.Hl7("observation-category", "exam", "查体");
    internal static readonly Code Survey = Code.Hl7("observation-category", "survey", "量表");

    internal static readonly Code Active = Code.Hl7("condition-clinical", "active", "活动");
    internal static readonly Code Resolved = Code.Hl7("condition-clinical", "resolved", "已解决");

    /// <summary>What haemoglobin the reader of a result expects of women and children.</summary>
    internal static readonly (decimal Low, decimal High) HaemoglobinRange = (110, 150);
}
