namespace FhirHub.Core.Search;

/// <summary>An administrative division of China: its code of GB/T 2260, its name, and the division above.</summary>
public sealed class Division
{
    static readonly string[] Suffixes =
    [
        "特别行政区", "自治区", "自治州", "自治县", "自治旗", "地区", "林区", "新区", "省", "市", "县", "区", "旗", "盟",
    ];

    // The peoples autonomous divisions are named for, as their names write them, the longer before the shorter.
    static readonly string[] Peoples =
    [
        "柯尔克孜族", "柯尔克孜", "维吾尔族", "维吾尔", "哈萨克族", "哈萨克", "塔吉克族", "塔吉克", "达斡尔族", "达斡尔",
        "鄂温克族", "鄂伦春族", "朝鲜族", "蒙古族", "蒙古", "锡伯族", "锡伯", "土家族", "布依族", "哈尼族", "傈僳族", "景颇族",
        "仡佬族", "拉祜族", "仫佬族", "毛南族", "纳西族", "普米族", "独龙族", "撒拉族", "保安族", "东乡族", "裕固族", "布朗族",
        "藏族", "回族", "壮族", "苗族", "侗族", "彝族", "白族", "傣族", "羌族", "满族", "瑶族", "黎族", "水族", "佤族", "怒族",
        "畲族", "土族", "各族", "族",
    ];

    internal Division(string code, string name, Division? parent)
    {
        (Code, Name, Parent) = (code, name, parent);
        FoldedName = SearchText.Fold(name);
        ShortName = SearchText.Fold(Shorten(name));
    }

    public string Code { get; }

    public string Name { get; }

    /// <summary>Null for a province.</summary>
    public Division? Parent { get; }

    internal DivisionLevel Level =>
        Code.EndsWith("0000", StringComparison.Ordinal) ? DivisionLevel.Province
        : Code.EndsWith("00", StringComparison.Ordinal) ? DivisionLevel.Prefecture
        : DivisionLevel.County;

    internal string FoldedName { get; }

    /// <summary>As people say it: 内蒙古, 赤峰, 鄂伦春. The whole name where less would be one character.</summary>
    internal string ShortName { get; }

    internal bool IsWithin(Division other) => Parent is { } parent && (parent == other || parent.IsWithin(other));

    static string Shorten(string name)
    {
        var suffix = Suffixes.FirstOrDefault(suffix => name.EndsWith(suffix, StringComparison.Ordinal));
        if (suffix is null || name.Length - suffix.Length < 2)
            return name;
        var shorter = name[..^suffix.Length];
        if (!suffix.StartsWith("自治", StringComparison.Ordinal))
            return shorter;
        while (Array.Find(Peoples, IsLast) is { } people)
            shorter = shorter[..^people.Length];
        return shorter;

        bool IsLast(string people) =>
            shorter.EndsWith(people, StringComparison.Ordinal) && shorter.Length - people.Length >= 2;
    }
}
