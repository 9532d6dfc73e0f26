using System.Diagnostics.CodeAnalysis;
using FhirHub.Terminology.Operations;

namespace FhirHub.Terminology.CodeSystems;

/// <summary>
/// A code system made for asking: concepts are numbers in the order of the definition, and arrays say the rest. Nothing
/// is kept of the resource itself.
/// </summary>
sealed class CodeSystem
{
    static long _last;

    readonly Dictionary<string, int> _byCode;
    readonly Dictionary<string, int>? _byAnyCase;
    readonly Dictionary<string, PropertyColumn> _properties;
    readonly ILookup<int, Designation>? _added;

    /// <param name="byCode">The concepts by their codes as written.</param>
    /// <param name="properties">The properties that are declared or used, by code.</param>
    /// <param name="isCaseSensitive">
    /// False also when the system does not say: then a code is to be accepted in any case
    /// (https://hl7.org/fhir/R4/codesystem-definitions.html#CodeSystem.caseSensitive).
    /// </param>
    internal CodeSystem(
        Dictionary<string, int> byCode, Dictionary<string, PropertyColumn> properties, bool isCaseSensitive)
    {
        (_byCode, _properties) = (byCode, properties);
        if (isCaseSensitive)
        {
            return;
        }

        _byAnyCase = new Dictionary<string, int>(byCode.Count, StringComparer.OrdinalIgnoreCase);
        foreach (var (code, concept) in byCode)
        {
            _byAnyCase.TryAdd(code, concept);
        }
    }

    /// <summary>Another code system with what supplements add to it.</summary>
    [SetsRequiredMembers]
    CodeSystem(
        CodeSystem own,
        Dictionary<string, PropertyColumn> properties,
        ILookup<int, Designation> designations,
        IReadOnlyList<string> supplements)
    {
        (_byCode, _byAnyCase, _properties, _added) = (own._byCode, own._byAnyCase, properties, designations);
        (Url, Version, Name, Content) = (own.Url, own.Version, own.Name, own.Content);
        (HierarchyMeaning, Hierarchy, Notes) = (own.HierarchyMeaning, own.Hierarchy, own.Notes);
        (Codes, Displays, Flags, Texts) = (own.Codes, own.Displays, own.Flags, own.Texts);
        Supplements = supplements;
    }

    /// <summary>Another one for each definition read, so that answers can remember what they rest on.</summary>
    internal long Number { get; } = Interlocked.Increment(ref _last);

    internal required string Url { get; init; }

    internal string? Version { get; init; }

    /// <summary>What it is called; its URL where it has no name.</summary>
    internal required string Name { get; init; }

    internal required ContentMode Content { get; init; }

    /// <summary>What this one is a supplement to, as a canonical; null where it is none.</summary>
    internal string? SupplementTo { get; init; }

    /// <summary>The supplements that are in this one, as canonicals.</summary>
    internal IReadOnlyList<string> Supplements { get; } = [];

    internal string? HierarchyMeaning { get; init; }

    internal required string[] Codes { get; init; }

    internal required string?[] Displays { get; init; }

    internal required ConceptFlags[] Flags { get; init; }

    /// <summary>What is asked for rarely: definitions and designations.</summary>
    internal required ConceptTexts Texts { get; init; }

    internal required Hierarchy Hierarchy { get; init; }

    /// <summary>What is wrong with the resource and was passed over.</summary>
    internal required IReadOnlyList<string> Notes { get; init; }

    internal int Count => Codes.Length;

    internal IReadOnlyCollection<PropertyColumn> Properties => _properties.Values;

    /// <summary>URL and version as a canonical.</summary>
    internal string Canonical => Version is null ? Url : $"{Url}|{Version}";

    /// <summary>Whether a code that is not here is not in the code system at all.</summary>
    internal bool IsComplete => Content == ContentMode.Complete;

    /// <summary>The number of a code's concept, or -1.</summary>
    internal int Find(string code)
    {
        if (_byCode.TryGetValue(code, out var concept))
        {
            return concept;
        }

        return _byAnyCase is not null && _byAnyCase.TryGetValue(code, out concept) ? concept : -1;
    }

    /// <summary>What a concept is called besides its display.</summary>
    internal IReadOnlyList<Designation> DesignationsOf(int concept) => _added is null
        ? Texts.DesignationsOf(concept)
        : [.. Texts.DesignationsOf(concept), .. _added[concept]];

    /// <summary>All that a concept is called, its display first.</summary>
    internal IEnumerable<string> NamesOf(int concept)
    {
        var others = DesignationsOf(concept).Select(one => one.Value);
        return Displays[concept] is { } display ? others.Prepend(display) : others;
    }

    /// <summary>
    /// The code system with the designations and properties that supplements add: who names a supplement gets both.
    /// </summary>
    internal CodeSystem With(IReadOnlyList<CodeSystem> supplements)
    {
        var designations = new List<(int Concept, Designation Added)>();
        var properties = new Dictionary<string, PropertyColumn>(_properties);
        foreach (var supplement in supplements)
        {
            // What it says of a code that is not here says nothing.
            var places = Array.ConvertAll(supplement.Codes, Find);
            for (var concept = 0; concept < places.Length; concept++)
            {
                designations.AddRange(places[concept] < 0
                    ? []
                    : supplement.DesignationsOf(concept).Select(one => (places[concept], one)));
            }

            foreach (var column in supplement.Properties.Where(column => column.Role == PropertyRole.Value))
            {
                var own = properties.TryGetValue(column.Code, out var known)
                    ? known
                    : new PropertyColumn(column.Code, column.Uri, column.Type, column.Role);
                properties[column.Code] = PropertyColumn.Of(
                    own, column.All.Select(one => (places[one.Concept], one.Value)).Where(one => one.Item1 >= 0));
            }
        }

        return new CodeSystem(
            this,
            properties,
            designations.ToLookup(one => one.Concept, one => one.Added),
            [.. supplements.Select(one => one.Canonical)]);
    }

    internal bool TryGetProperty(string code, [NotNullWhen(true)] out PropertyColumn? property) =>
        _properties.TryGetValue(code, out property);
}
