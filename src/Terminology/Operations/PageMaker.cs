using FhirHub.Core.Terminology;
using FhirHub.Terminology.CodeSystems;
using FhirHub.Terminology.ValueSets;

namespace FhirHub.Terminology.Operations;

/// <summary>From the codes of an expansion to the part that was asked for, with what was asked about each.</summary>
sealed class PageMaker(ValueSet definition, DefinitionSet definitions, ExpansionRequest request)
{
    /// <summary>Readers of JSON bear no tree of any depth.</summary>
    const int DepthMax = 20;

    internal ExpansionPage Make(Expansion expansion, Func<TextIndex> texts)
    {
        // 1. Which codes pass. A tree is made of codes of one system that nobody listed one by one.
        var filter = request.Filter?.Trim();
        var found = string.IsNullOrEmpty(filter)
            ? expansion.Codes
            : texts().Find(filter).Select(place => expansion.Codes[place]);
        var tree = request.IsList ? null : TreeSystem();
        var passing = found.Where(entry => Passes(entry, tree is not null));
        var codes = passing as IReadOnlyList<CodeEntry> ?? [.. passing];

        // 2. The part, or all of it as a tree.
        var part = (tree is null ? null : Tree(tree, codes))
            ?? [.. codes.Skip(request.Offset).Take(request.Count ?? int.MaxValue).Select(Expanded)];
        return new ExpansionPage(codes.Count, request.Offset, part, expansion.IsComplete)
        {
            Url = definition.Url,
            Version = definition.Version,
            Head = definition.Head,
            UsedSupplements = [.. definitions.CodeSystems.SelectMany(system => system.Supplements).Distinct()],
            UsedSystems = [.. definitions.CodeSystems.Select(system => system.Canonical)],
        };
    }

    bool Passes(CodeEntry entry, bool isTree) =>
        (isTree || !request.ExcludesAbstract || !entry.IsAbstract)
        && !request.ExcludedSystems.Any(canonical =>
            canonical == entry.System || canonical == Canonical.Of(entry.System, entry.Version));

    CodeSystem? TreeSystem() =>
        definition is { Expansion: null, Include: [{ System: { } url, Concepts.Count: 0, ValueSets.Count: 0 } only] }
        && definitions.CodeSystem(url, only.Version) is { Hierarchy: { IsTree: true, HasEdges: true } } system
            ? system
            : null;

    /// <summary>The codes below the nearest code above that is there as well; null when that is too deep.</summary>
    List<ExpandedCode>? Tree(CodeSystem system, IReadOnlyList<CodeEntry> codes)
    {
        var entries = new Dictionary<int, CodeEntry>(codes.Count);
        foreach (var code in codes)
        {
            entries.TryAdd(system.Find(code.Code), code);
        }

        var children = new Dictionary<int, List<int>>();
        foreach (var concept in entries.Keys)
        {
            var above = concept;
            do
            {
                above = system.Hierarchy.Parents(above) is [var parent, ..] ? parent : -1;
            }
            while (above >= 0 && !entries.ContainsKey(above));
            if (!children.TryGetValue(above, out var below))
            {
                children.Add(above, below = []);
            }

            below.Add(concept);
        }

        // From the bottom up, without recursion: how deep a tree is has no bound.
        var made = new Dictionary<int, ExpandedCode>(entries.Count);
        var open = new Stack<(int Concept, int Depth, bool IsSeen)>();
        foreach (var top in children.GetValueOrDefault(-1) ?? [])
        {
            open.Push((top, 1, false));
            while (open.TryPop(out var at))
            {
                var below = children.GetValueOrDefault(at.Concept) ?? [];
                if (at.IsSeen || below.Count == 0)
                {
                    made.Add(at.Concept, Expanded(entries[at.Concept]) with
                    {
                        Children = [.. below.Select(child => made[child])],
                    });
                    continue;
                }

                if (at.Depth == DepthMax)
                {
                    return null;
                }

                open.Push((at.Concept, at.Depth, true));
                below.ForEach(child => open.Push((child, at.Depth + 1, false)));
            }
        }

        return [.. (children.GetValueOrDefault(-1) ?? []).Select(top => made[top])];
    }

    ExpandedCode Expanded(CodeEntry entry)
    {
        if (request is { IncludesDesignations: false, DisplayLanguage: null, Properties.Count: 0 })
        {
            return new ExpandedCode(entry);
        }

        // What the value set says of a code comes before what its system says.
        var listed = definition.Include
            .Where(part => part.System == entry.System)
            .Select(part => part.Listed(entry.Code, null))
            .FirstOrDefault(concept => concept is not null);
        var system = definitions.AnyCodeSystem(entry.System, entry.Version);
        var concept = system?.Find(entry.Code) ?? -1;
        var details = system is not null && concept >= 0 ? ConceptDetails.Of(system, concept) : null;
        IReadOnlyList<Designation> designations = [.. listed?.Designations ?? [], .. details?.Designations ?? []];
        return new ExpandedCode(entry)
        {
            Display = ConceptDetails.In(request.DisplayLanguage, designations) ?? entry.Display,
            Designations = request.IncludesDesignations ? [.. designations.Where(IsWanted)] : [],
            Properties = [.. (details?.AllProperties() ?? []).Where(one => request.Properties.Contains(one.Code))],
        };
    }

    /// <summary>A token names a language (<c>urn:ietf:bcp:47|zh</c>) or a use.</summary>
    bool IsWanted(Designation designation)
    {
        const string Languages = "urn:ietf:bcp:47";
        return request.Designations.Count == 0 || request.Designations.Any(token => token.System == Languages
            ? string.Equals(designation.Language, token.Code, StringComparison.OrdinalIgnoreCase)
            : designation.Use == token);
    }
}
