using System.Runtime.CompilerServices;
using FhirHub.Terminology.CodeSystems;
using FhirHub.Terminology.Operations;

namespace FhirHub.Terminology.ValueSets;

/// <summary>
/// One <c>include</c> or <c>exclude</c>: the codes that meet all it says of system, concepts or filters, and value
/// sets.
/// </summary>
sealed class Inclusion
{
    readonly Dictionary<string, ListedConcept> _byCode;
    readonly Dictionary<string, ListedConcept> _byAnyCase;
    // Weak, so that a code system nobody else needs any more is let go.
    readonly ConditionalWeakTable<CodeSystem, IReadOnlyList<CompiledFilter>> _compiled = [];

    internal Inclusion(IReadOnlyList<ListedConcept> concepts)
    {
        Concepts = concepts;
        _byCode = new Dictionary<string, ListedConcept>(concepts.Count, StringComparer.Ordinal);
        _byAnyCase = new Dictionary<string, ListedConcept>(concepts.Count, StringComparer.OrdinalIgnoreCase);
        foreach (var concept in concepts)
        {
            _byCode.TryAdd(concept.Code, concept);
            _byAnyCase.TryAdd(concept.Code, concept);
        }
    }

    /// <summary>Where it stands, such as <c>ValueSet.compose.include[0]</c>.</summary>
    internal required string Path { get; init; }

    internal string? System { get; init; }

    internal string? Version { get; init; }

    internal IReadOnlyList<ListedConcept> Concepts { get; }

    internal IReadOnlyList<ConceptFilter> Filters { get; init; } = [];

    /// <summary>Canonicals of value sets; a code must be in all of them.</summary>
    internal IReadOnlyList<string> ValueSets { get; init; } = [];

    /// <summary>The listed concept of that code, by the rule of its system on upper and lower case.</summary>
    internal ListedConcept? Listed(string code, CodeSystem? system)
    {
        if (_byCode.TryGetValue(code, out var concept))
        {
            return concept;
        }

        // Only where the system takes both spellings for the same concept.
        return system is not null && _byAnyCase.TryGetValue(code, out concept)
            && system.Find(code) is >= 0 and var found && system.Find(concept.Code) == found
                ? concept
                : null;
    }

    /// <summary>The filters made ready for a code system, and kept as long as it is.</summary>
    internal IReadOnlyList<CompiledFilter> Compiled(CodeSystem system) => Filters.Count == 0
        ? []
        : _compiled.GetValue(system, one => [.. Filters.Select(filter => FilterCompiler.Compile(one, filter))]);
}

/// <summary>A concept named one by one, perhaps with a display of its own.</summary>
sealed record ListedConcept(string Code, string? Display)
{
    internal IReadOnlyList<Designation> Designations { get; init; } = [];
}

/// <summary>A criterion on a property: https://hl7.org/fhir/R4/valueset-filter-operator.html</summary>
sealed record ConceptFilter(string Path, string Property, string Operator, string Value);
