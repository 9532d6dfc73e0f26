using FhirHub.Samples.Generator.People;

namespace FhirHub.Samples.Generator.Institutions;

/// <summary>Who works where.</summary>
sealed class StaffTable
{
    static readonly string[] Hospital =
        ["产科", "产科", "儿科", "儿童保健科", "妇女保健科", "内科", "超声医学科", "检验科"];

    static readonly string[] Centre = ["全科医疗", "妇幼保健", "预防接种"];

    readonly Dictionary<string, StaffMember[]> _byPlace;

    StaffTable(List<StaffMember> all)
    {
        All = all;
        _byPlace = all.GroupBy(member => member.Place.Id).ToDictionary(place => place.Key, place => place.ToArray());
    }

    internal IReadOnlyList<StaffMember> All { get; }

    internal static StaffTable Make(Chance chance, InstitutionTable institutions)
    {
        var all = new List<StaffMember>();
        foreach (var place in institutions.All)
        {
            foreach (var specialty in Specialties(place.Kind))
            {
                var isFemale = chance.Happens(0.65);
                all.Add(new StaffMember(all.Count + 1, Names.Han(chance, isFemale), isFemale, place, specialty));
            }
        }

        return new StaffTable(all);
    }

    static string[] Specialties(InstitutionKind kind) => kind switch
    {
        InstitutionKind.MaternalChild or InstitutionKind.County => Hospital,
        InstitutionKind.Township => Centre,
        InstitutionKind.Village => ["全科医疗"],
        _ => [],
    };

    /// <summary>The member of an institution's staff who sees the patient with that number.</summary>
    internal StaffMember At(Institution place, int patient)
    {
        var members = _byPlace[place.Id];
        return members[patient % Math.Min(members.Length, 3)];
    }
}
