using FhirHub.Core.Terminology;

namespace FhirHub.Terminology.ConceptMaps;

/// <summary>A concept map made for asking in both directions: https://hl7.org/fhir/R4/conceptmap.html</summary>
sealed class ConceptMap
{
    internal required string Url { get; init; }

    /// <summary>
    /// Whether it is on its way through the procedure of review and not yet, or no longer, in force.
    /// </summary>
    internal bool IsUnpublished { get; init; }

    /// <summary>The value sets it translates from and to; null where it does not say.</summary>
    internal string? SourceSet { get; init; }

    internal string? TargetSet { get; init; }

    internal required IReadOnlyList<MapGroup> Groups { get; init; }

    /// <summary>Adds what a code translates to; gives the map to ask next when this one says so.</summary>
    internal string? Translate(TranslationRequest request, List<TranslationMatch> matches)
    {
        string? next = null;
        foreach (var group in Groups)
        {
            var (from, to) = request.IsReverse ? (group.Target, group.Source) : (group.Source, group.Target);
            var version = request.IsReverse ? group.TargetVersion : group.SourceVersion;
            if ((from is not null && from != request.Coding.System)
                || (request.Version is not null && version is not null && request.Version != version)
                || (request.TargetSystem is not null && to is not null && to != request.TargetSystem))
            {
                continue;
            }

            var elements = request.IsReverse ? group.ByTarget : group.BySource;
            if (elements.Contains(request.Coding.Code))
            {
                matches.AddRange(elements[request.Coding.Code]
                    .Where(mapping => mapping.DependsOn.All(request.Meets))
                    .Select(mapping => Match(group, mapping, request.IsReverse)));
            }
            else if (!request.IsReverse && group.Unmapped is { } unmapped)
            {
                next ??= unmapped.OtherMap;
                if ((unmapped.IsAsProvided ? request.Coding.Code : unmapped.Code) is { } code)
                {
                    // How the codes stand to each other nobody has said.
                    matches.Add(new TranslationMatch(
                        "relatedto", new Coding(group.Target, code), unmapped.Display, Url)
                    {
                        Version = group.TargetVersion,
                        Scope = TargetSet,
                    });
                }
            }
        }

        return next;
    }

    TranslationMatch Match(MapGroup group, Mapping mapping, bool isReverse) => isReverse
        ? new TranslationMatch(Inverse(mapping.Equivalence), new Coding(group.Source, mapping.Source), null, Url)
        {
            Version = group.SourceVersion,
            Scope = SourceSet,
        }
        : new TranslationMatch(
            mapping.Equivalence,
            mapping.Target is { } target ? new Coding(group.Target, target) : null,
            mapping.Display,
            Url)
        {
            Version = group.TargetVersion,
            Products = mapping.Products,
            Scope = TargetSet,
        };

    /// <summary>An equivalence says how the target stands to the source; backwards, the source is the target.</summary>
    static string Inverse(string equivalence) => equivalence switch
    {
        "wider" => "narrower",
        "narrower" => "wider",
        "subsumes" => "specializes",
        "specializes" => "subsumes",
        _ => equivalence,
    };
}

/// <summary>The mappings between two systems; null where the map does not name them.</summary>
sealed class MapGroup(string? source, string? target, IReadOnlyList<Mapping> mappings, Unmapped? unmapped)
{
    internal string? Source => source;

    internal string? Target => target;

    internal string? SourceVersion { get; init; }

    internal string? TargetVersion { get; init; }

    internal Unmapped? Unmapped => unmapped;

    internal ILookup<string, Mapping> BySource { get; } = mappings.ToLookup(mapping => mapping.Source);

    internal ILookup<string, Mapping> ByTarget { get; } = mappings
        .Where(mapping => mapping.Target is not null)
        .ToLookup(mapping => mapping.Target ?? "");
}

/// <summary>From one code to one other; to none where the map says that there is none.</summary>
sealed record Mapping(
    string Source, string? Target, string? Display, string Equivalence, IReadOnlyList<Dependency> DependsOn)
{
    internal IReadOnlyList<Product> Products { get; init; } = [];
}

/// <summary>What becomes of a code that a group does not mention.</summary>
sealed record Unmapped(bool IsAsProvided, string? Code, string? Display, string? OtherMap);
