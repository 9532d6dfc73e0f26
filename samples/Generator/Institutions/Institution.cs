namespace FhirHub.Samples.Generator.Institutions;

/// <summary>An institution as its table has it.</summary>
sealed record Institution(string Id, string Name, InstitutionKind Kind, string? Above, Division Division)
{
    internal string Reference => "Organization/" + Id;

    internal string Location => "Location/" + Id;

    /// <summary>The class of WS 218-2002, by its letter and words; an alliance is none.</summary>
    internal string Class => Kind switch
    {
        InstitutionKind.MaternalChild => "妇幼保健院（G）",
        InstitutionKind.County => "综合医院（A100）",
        InstitutionKind.Township => "乡镇卫生院（C）",
        InstitutionKind.Village => "村卫生室（D）",
        _ => "紧密型县域医共体",
    };

    /// <summary>The village of a clinic, as it stands in its name.</summary>
    internal string Village => Name[(Name.IndexOf('镇') + 1)..(Name.IndexOf('村') + 1)];
}
