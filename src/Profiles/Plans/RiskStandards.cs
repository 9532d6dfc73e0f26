using FhirHub.Core.Model;
using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Library;
using FhirHub.Profiles.Packages;

namespace FhirHub.Profiles.Plans;

/// <summary>
/// The scoring standards there are: PlanDefinitions whose topic says so, of packages and of the tenant. Several stand
/// side by side; the caller names one, or the region decides.
/// </summary>
public sealed class RiskStandards(ProfileSources definitions, PackageFolder packages, RecordSearch search)
{
    const int StandardsMax = 200;

    /// <summary>The digits of a division code that are a province, a city, a county, a township, a village.</summary>
    static readonly int[] DivisionDigits = [2, 4, 6, 9, 12];

    volatile Unpacked? _last;

    /// <summary>The standard of a canonical URL, with or without its version.</summary>
    internal async ValueTask<FhirDocument> NamedAsync(string canonical, Caller caller, CancellationToken cancel)
    {
        var found = await definitions.FindAsync("PlanDefinition", canonical, caller, cancel) ?? throw new FhirException(
            ProblemKind.Unprocessable, "not-found",
            "'standard': there is no PlanDefinition of that URL and version here; install the guide, or leave it out.");
        return IsStandard(found) ? found : throw new FhirException(
            ProblemKind.Unprocessable, "invalid",
            $"'standard': that PlanDefinition is no scoring standard; its topic is not {Guide.RiskTopic} of "
                + $"{Guide.CodeSystem("rule-topic")}.",
            "PlanDefinition.topic");
    }

    /// <summary>
    /// The standard in force on a day for a division: that of the smallest place around it that has one, or else the
    /// one of everywhere; of several the latest.
    /// </summary>
    internal async ValueTask<FhirDocument> OfRegionAsync(
        string? division, DateOnly day, Caller caller, CancellationToken cancel)
    {
        // 1. All there are; what is stored stands in place of the same version in a package.
        var stored = await search.FindAsync(
            "PlanDefinition", [new("topic", $"{Guide.CodeSystem("rule-topic")}|{Guide.RiskTopic}")], StandardsMax,
            caller, cancel);
        // 2. Those in force there and then.
        var text = Guide.Text(day);
        var inForce =
            from same in stored.Concat(Packaged()).GroupBy(CanonicalOf)
            let standard = same.First()
            where standard.Root.First("status").Text == "active"
            let period = standard.Root.First("effectivePeriod")
            where IsAt(period.First("start").Text, text) <= 0
                && (period.First("end").Text is not { } end || IsAt(end, text) >= 0)
            let digits = DigitsOf(standard, division)
            where digits >= 0
            orderby digits descending, period.First("start").Text descending,
                standard.Root.First("version").Text descending
            select standard;
        return inForce.FirstOrDefault() ?? throw new FhirException(
            ProblemKind.Unprocessable, "not-found",
            "No scoring standard is in force for that region and day; install the guide (fhirhub.cn.mch), or name a "
                + "'standard'.");
    }

    /// <summary>Those of packages, unpacked once for as long as the packages are the same.</summary>
    IReadOnlyList<FhirDocument> Packaged()
    {
        var (last, now) = (_last, packages.Packages);
        if (last is null || !last.Packages.SequenceEqual(now, ReferenceEqualityComparer.Instance))
        {
            _last = last = new Unpacked(now, [.. now
                .SelectMany(package => packages.Definitions(package.Name, package.Version, "PlanDefinition"))
                .Where(IsStandard)]);
        }

        return last.Standards;
    }

    internal static string CanonicalOf(FhirDocument standard) =>
        standard.Root.First("version").Text is { } version
            ? $"{standard.Root.First("url").Text}|{version}"
            : standard.Root.First("url").Text ?? "";

    /// <summary>
    /// How many digits of the division the standard's own place has: 0 where it has none and so counts everywhere, -1
    /// where it is somewhere else.
    /// </summary>
    internal static int DigitsOf(FhirDocument standard, string? division)
    {
        var places = standard.Root.All("jurisdiction.coding")
            .Where(coding => coding.First("system").Text == Guide.Divisions)
            .Select(coding => Significant(coding.First("code").Text ?? "")).ToList();
        return places.Count == 0
            ? 0
            : places.Select(place => division?.StartsWith(place, StringComparison.Ordinal) == true ? place.Length : -1)
                .Max();
    }

    /// <summary>330000 is the province 33, 330100 the city 3301.</summary>
    static string Significant(string code)
    {
        var end = code.AsSpan().TrimEnd('0').Length;
        return code[..Math.Min(code.Length, DivisionDigits.FirstOrDefault(digits => digits >= end, code.Length))];
    }

    /// <summary>Compares a date of any precision with a day, as far as the date goes.</summary>
    static int IsAt(string? date, string day) => date is null ? -1
        : string.CompareOrdinal(date, 0, day, 0, Math.Min(date.Length, day.Length));

    static bool IsStandard(FhirDocument plan) => plan.Root["topic"].SelectMany(topic => topic["coding"]).Any(coding =>
        coding.First("system").Text == Guide.CodeSystem("rule-topic")
        && coding.First("code").Text == Guide.RiskTopic);

    /// <summary>The standards of some packages.</summary>
    sealed record Unpacked(IReadOnlyList<PackageManifest> Packages, IReadOnlyList<FhirDocument> Standards);
}
