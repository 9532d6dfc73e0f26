namespace FhirHub.Terminology.ValueSets;

/// <summary>
/// Value sets that nobody has to define, because their URLs say it all: <c>[code system]?fhir_vs</c> is the whole code
/// system, <c>?fhir_vs=isa/[code]</c> a concept and all below it, and those of SNOMED CT and LOINC:
/// https://hl7.org/fhir/R4/snomedct.html#implicit and https://hl7.org/fhir/R4/loinc.html#implicit
/// </summary>
static class ImplicitValueSet
{
    const string Mark = "?fhir_vs";
    const string LoincSets = "http://loinc.org/vs";
    const string Loinc = "http://loinc.org";
    const string PartStart = "/LP";

    internal static ValueSet? Of(Canonical canonical)
    {
        if (canonical.Url.StartsWith(LoincSets, StringComparison.Ordinal))
        {
            return OfLoinc(canonical);
        }

        var mark = canonical.Url.IndexOf(Mark, StringComparison.Ordinal);
        if (mark <= 0 || Filters(canonical.Url, canonical.Url[(mark + Mark.Length)..]) is not { } filters)
        {
            return null;
        }

        var (system, version) = SystemOf(canonical.Url[..mark]);
        return Made(canonical, system, canonical.Version ?? version, filters);
    }

    static IReadOnlyList<ConceptFilter>? Filters(string url, string rest)
    {
        var isSnomed = url.StartsWith(Snomed.Url, StringComparison.Ordinal);
        return rest switch
        {
            "" => [],
            _ when After(rest, "=isa/") is { } code => [new ConceptFilter(url, "concept", "is-a", code)],
            "=refset" when isSnomed => [new ConceptFilter(url, Snomed.RefsetProperty, "exists", "refset")],
            _ when isSnomed && After(rest, "=refset/") is { } refset =>
                [new ConceptFilter(url, Snomed.RefsetProperty, "=", refset)],
            _ when isSnomed && After(rest, "=ecl/") is { } ecl =>
                [new ConceptFilter(url, FilterCompiler.Constraint, "=", Uri.UnescapeDataString(ecl))],
            _ => null,
        };
    }

    /// <summary>SNOMED CT names an edition, or a version of one, by a longer URL.</summary>
    static (string System, string? Version) SystemOf(string url) =>
        url.StartsWith(Snomed.Url + "/", StringComparison.Ordinal)
            ? (Snomed.Url, url.Contains("/version/", StringComparison.Ordinal) ? url : null)
            : (url, null);

    /// <summary>All of LOINC, or what is below a part of it; answer lists are value sets of their own.</summary>
    static ValueSet? OfLoinc(Canonical canonical) => canonical.Url[LoincSets.Length..] switch
    {
        "" => Made(canonical, Loinc, canonical.Version, []),
        var rest when rest.StartsWith(PartStart, StringComparison.Ordinal) => Made(
            canonical, Loinc, canonical.Version, [new ConceptFilter(canonical.Url, "concept", "is-a", rest[1..])]),
        _ => null,
    };

    static ValueSet Made(Canonical canonical, string system, string? version, IReadOnlyList<ConceptFilter> filters) =>
        new()
        {
            Url = canonical.Url,
            Version = canonical.Version,
            Include =
            [
                new Inclusion([])
                {
                    Path = "ValueSet.compose.include[0]",
                    System = system,
                    Version = version,
                    Filters = filters,
                },
            ],
        };

    static string? After(string text, string start) =>
        text.Length > start.Length && text.StartsWith(start, StringComparison.Ordinal) ? text[start.Length..] : null;
}
