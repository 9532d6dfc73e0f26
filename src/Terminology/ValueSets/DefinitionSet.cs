using FhirHub.Terminology.CodeSystems;
using FhirHub.Terminology.Operations;

namespace FhirHub.Terminology.ValueSets;

/// <summary>
/// The definitions one question needs: a value set, all it imports, and their code systems, each as it was when the
/// question came. What is missing is missing here too, and counts when it turns out to be needed.
/// </summary>
sealed class DefinitionSet(EditionRules rules)
{
    readonly Dictionary<string, CodeSystem?> _codeSystems = new(StringComparer.Ordinal);
    readonly Dictionary<string, ValueSet?> _valueSets = new(StringComparer.Ordinal);
    readonly HashSet<string> _supplements = new(StringComparer.Ordinal);

    /// <summary>The numbers of everything that was looked for, zero for what is not there, in order.</summary>
    internal List<long> Looked { get; } = [];

    internal bool Has(CodeSystem? codeSystem, string canonical) =>
        Add(_codeSystems, codeSystem, codeSystem?.Number, canonical);

    internal bool Has(ValueSet? valueSet, string canonical) =>
        Add(_valueSets, valueSet, valueSet?.Number, canonical);

    internal CodeSystem? CodeSystem(string url, string? version) =>
        _codeSystems.GetValueOrDefault(Named(url, version));

    /// <summary>The canonical that counts where a definition names a system with or without a version.</summary>
    internal string Named(string url, string? version) => Canonical.Of(url, rules.Effective(url, version));

    /// <summary>Puts a code system with its supplements in the place of the one without.</summary>
    internal void Replace(CodeSystem old, CodeSystem supplemented)
    {
        foreach (var name in _codeSystems.Where(pair => pair.Value == old).Select(pair => pair.Key).ToList())
        {
            _codeSystems[name] = supplemented;
        }
    }

    /// <summary>Notes that a supplement is used, or is not here.</summary>
    internal void HasSupplement(CodeSystem? supplement, string canonical)
    {
        Looked.Add(supplement?.Number ?? 0);
        if (supplement is not null)
        {
            _supplements.Add(canonical);
        }
    }

    internal bool LacksSupplement(string canonical) => !_supplements.Contains(canonical);

    /// <summary>The code systems that were found.</summary>
    internal IEnumerable<CodeSystem> CodeSystems => _codeSystems.Values.OfType<CodeSystem>().Distinct();

    /// <summary>That version of a code system, or else another one that is needed here.</summary>
    internal CodeSystem? AnyCodeSystem(string url, string? version) =>
        CodeSystem(url, version) ?? _codeSystems.Values.FirstOrDefault(system => system?.Url == url);

    /// <summary>The value set a canonical names, seen from another one, which may hold it inside.</summary>
    internal ValueSet? ValueSet(string canonical, ValueSet from) => canonical.StartsWith('#')
        ? from.Contained.GetValueOrDefault(canonical[1..])
        : _valueSets.GetValueOrDefault(canonical);

    /// <summary>Adds an answer to a name; false when the name was there.</summary>
    bool Add<T>(Dictionary<string, T?> names, T? definition, long? number, string canonical)
        where T : class
    {
        if (!names.TryAdd(canonical, definition))
        {
            return false;
        }

        Looked.Add(number ?? 0);
        return true;
    }
}
