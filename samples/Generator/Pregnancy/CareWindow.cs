namespace FhirHub.Samples.Generator.Pregnancy;

/// <summary>A contact the schedule asks for, and the days of pregnancy it may take place on.</summary>
sealed record CareWindow(int Number, string Name, int FirstDay, int LastDay)
{
    /// <summary>
    /// The contacts of 孕前和孕期保健指南 (2018), which are closer than the five of 国家基本公共卫生服务规范（第三版） and
    /// keep their windows.
    /// </summary>
    internal static readonly CareWindow[] Antenatal =
    [
        new(1, "建册及第1次产前检查", 7 * 7, (13 * 7) - 1),
        new(2, "第2次产前检查", 16 * 7, (20 * 7) - 1),
        new(3, "第3次产前检查", 21 * 7, (24 * 7) - 1),
        new(4, "第4次产前检查", (24 * 7) + 3, (28 * 7) - 1),
        new(5, "第5次产前检查", 29 * 7, (32 * 7) - 1),
        new(6, "第6次产前检查", 33 * 7, (36 * 7) - 1),
        new(7, "第7次产前检查", 37 * 7, (38 * 7) - 1),
        new(8, "第8次产前检查", (38 * 7) + 3, (40 * 7) - 1),
    ];

    internal static CareWindow Of(Contact contact) => Antenatal[contact.Number - 1];
}
