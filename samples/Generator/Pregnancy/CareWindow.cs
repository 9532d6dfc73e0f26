namespace FhirHub.Samples.Generator.Pregnancy;

/// <summary>A contact the national schedule asks for, and the days of pregnancy it may take place on.</summary>
sealed record CareWindow(string Name, int FirstDay, int LastDay)
{
    /// <summary>国家基本公共卫生服务规范（第三版）, 国卫基层发〔2017〕13号: five contacts, the fourth in two halves here.</summary>
    internal static readonly CareWindow[] Antenatal =
    [
        new("建册及第1次产前检查", 7 * 7, (13 * 7) - 1),
        new("第2次产前检查", 16 * 7, (21 * 7) - 1),
        new("第3次产前检查", 21 * 7, (25 * 7) - 1),
        new("第4次产前检查", 28 * 7, (32 * 7) - 1),
        new("第5次产前检查", 33 * 7, (37 * 7) - 1),
        new("第6次产前检查", 37 * 7, (41 * 7) - 1),
    ];

    /// <summary>The contact by which what shows late has shown.</summary>
    internal static CareWindow Regrading => Antenatal[3];
}
