namespace FhirHub.Samples.Generator.Institutions;

/// <summary>An institution as its table has it.</summary>
sealed record Institution(string Id, string Name, InstitutionKind Kind, string? Above, Division Division)
{
    internal string Reference => "Organization/" + Id;

    internal string Location => "Location/" + Id;

    /// <summary>The class of WS 218-2002; an alliance is none.</summary>
    internal Code Class => Kind switch
    {
        InstitutionKind.MaternalChild => Guide.Code("institution-class", "G", "妇幼保健院（所、站）"),
        InstitutionKind.County => Guide.Code("institution-class", "A100", "综合医院"),
        InstitutionKind.Township when Name.Contains("中心", StringComparison.Ordinal) =>
            Guide.Code("institution-class", "C210", "中心卫生院"),
        InstitutionKind.Township => Guide.Code("institution-class", "C220", "乡卫生院"),
        InstitutionKind.Village => Guide.Code("institution-class", "D", "门诊部、诊所、医务室、村卫生室"),
        _ => Guide.Code("institution-class", "alliance", "紧密型县域医共体"),
    };

    /// <summary>The level a hospital was graded at; null where none is.</summary>
    internal Code? Level => Kind switch
    {
        InstitutionKind.MaternalChild => Guide.Code("institution-level", "3A", "三级甲等"),
        InstitutionKind.County => Guide.Code("institution-level", "2A", "二级甲等"),
        InstitutionKind.Township => Guide.Code("institution-level", "1", "一级"),
        _ => null,
    };

    /// <summary>The village of a clinic, as it stands in its name.</summary>
    internal string Village => Name[(Name.IndexOf('镇') + 1)..(Name.IndexOf('村') + 1)];
}
