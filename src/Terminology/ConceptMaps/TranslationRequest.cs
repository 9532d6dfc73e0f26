using FhirHub.Core.Terminology;

namespace FhirHub.Terminology.ConceptMaps;

/// <summary>A code to be translated.</summary>
public sealed record TranslationRequest(Coding Coding)
{
    /// <summary>What the code was called where it was met; null when nobody says.</summary>
    public string? Display { get; init; }

    /// <summary>The code system wanted; null for any.</summary>
    public string? TargetSystem { get; init; }

    /// <summary>The version of the code's system; null for any.</summary>
    public string? Version { get; init; }

    /// <summary>The value set the code was chosen from, by which maps are chosen; null when nobody says.</summary>
    public string? SourceSet { get; init; }

    /// <summary>The value set a translation is wanted in; null for any.</summary>
    public string? TargetSet { get; init; }

    /// <summary>Whether the map is read from target to source.</summary>
    public bool IsReverse { get; init; }

    /// <summary>The moment as of which stored maps count; null for now.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>What else is known of the concept, for mappings that hold only then.</summary>
    public IReadOnlyList<Dependency> Dependencies { get; init; } = [];

    internal bool Meets(Dependency condition) => Dependencies.Any(
        known => known.Element == condition.Element
            && known.Value == condition.Value
            && (condition.System is null || known.System == condition.System));
}

/// <summary>Another element and its value, what <c>group.element.target.dependsOn</c> is made of.</summary>
public sealed record Dependency(string Element, string? System, string Value);
