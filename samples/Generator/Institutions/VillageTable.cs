namespace FhirHub.Samples.Generator.Institutions;

/// <summary>
/// Villages beyond those of the table, so that a large region does not press a town into each of them.
/// </summary>
static class VillageTable
{
    /// <summary>A village has about so many of the patients.</summary>
    const int LivesOfOne = 2_500;

    static readonly string[] First = ["东", "西", "南", "北", "新", "上", "下", "前", "后", "中", "大", "小"];
    static readonly string[] Second = ["兴", "安", "丰", "泉", "岭", "河", "山", "林", "屯", "沟", "岗", "甸"];

    /// <summary>Each township in turn gets another, until there are enough.</summary>
    internal static IEnumerable<Institution> Grow(IReadOnlyList<Institution> all, int lives)
    {
        var townships = all.Where(i => i.Kind == InstitutionKind.Township).ToList();
        var existing = all.CountBy(i => i.Above ?? "").ToDictionary();
        var wanted = lives / LivesOfOne;
        for (var number = all.Count(i => i.Kind == InstitutionKind.Village); number < wanted; number++)
        {
            var township = townships[number % townships.Count];
            var order = existing[township.Id] += 1;
            var name = First[order % First.Length] + Second[order / First.Length];
            var id = township.Id.Replace("-centre", $"-village-{order}", StringComparison.Ordinal);
            yield return new Institution(
                id, $"{township.Division.Name}{name}村卫生室（示例）", InstitutionKind.Village, township.Id,
                township.Division);
        }
    }
}
