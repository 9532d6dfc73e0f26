using FhirHub.Terminology.CodeSystems;

namespace FhirHub.Terminology.ValueSets;

/// <summary>
/// A property a filter may ask for: one that the code system declares or uses, or one that every code system has
/// (https://hl7.org/fhir/R4/codesystem.html#properties): the concept itself, its display, parents and children, and
/// whether it is inactive or not selectable.
/// </summary>
sealed class FilterProperty
{
    readonly CodeSystem _system;
    readonly string _name;
    readonly PropertyColumn? _column;

    FilterProperty(CodeSystem system, string name, PropertyColumn? column) =>
        (_system, _name, _column) = (system, name, column);

    /// <summary>Whether the filter is about the concept itself.</summary>
    internal bool IsConcept => _column is null && _name is "concept" or "code";

    /// <summary>Whether the values are codes of the same system.</summary>
    internal bool NamesConcepts => _column is { Type: "code", Role: PropertyRole.Value } || IsNeighbour;

    bool IsNeighbour => Role is PropertyRole.Parent or PropertyRole.Child;

    PropertyRole Role => _column?.Role ?? _name switch
    {
        "parent" => PropertyRole.Parent,
        "child" => PropertyRole.Child,
        "inactive" => PropertyRole.Inactive,
        "notSelectable" => PropertyRole.NotSelectable,
        _ => PropertyRole.Value,
    };

    internal static FilterProperty? Of(CodeSystem system, string name)
    {
        if (system.TryGetProperty(name, out var column))
        {
            return new FilterProperty(system, name, column);
        }

        return name is "concept" or "code" or "display" or "parent" or "child" or "inactive" or "notSelectable"
            ? new FilterProperty(system, name, null)
            : null;
    }

    internal IEnumerable<string> Values(int concept) => Role switch
    {
        PropertyRole.Parent => Codes(_system.Hierarchy.Parents(concept)),
        PropertyRole.Child => Codes(_system.Hierarchy.Children(concept)),
        PropertyRole.Inactive => [Has(concept, ConceptFlags.Inactive)],
        PropertyRole.NotSelectable => [Has(concept, ConceptFlags.Abstract)],
        _ when _column is not null => _column.Of(concept).ToArray(),
        _ when _name == "display" => _system.Displays[concept] is { } display ? [display] : [],
        _ => [_system.Codes[concept]],
    };

    /// <summary>Whether the concept says anything; a default is not something it says.</summary>
    internal bool HasAny(int concept) =>
        _column is not null && !IsNeighbour ? !_column.Of(concept).IsEmpty : Values(concept).Any();

    /// <summary>Whether a value is the one a filter asks for; a Coding may be asked for by its code alone.</summary>
    internal bool IsSame(string value, string asked)
    {
        if (value == asked)
        {
            return true;
        }

        if (IsNeighbour)
        {
            return _system.Find(value) is >= 0 and var concept && _system.Find(asked) == concept;
        }

        return _column is { Type: "Coding" } && value.EndsWith($"|{asked}", StringComparison.Ordinal);
    }

    string[] Codes(ReadOnlySpan<int> concepts)
    {
        var codes = new string[concepts.Length];
        for (var i = 0; i < codes.Length; i++)
        {
            codes[i] = _system.Codes[concepts[i]];
        }

        return codes;
    }

    string Has(int concept, ConceptFlags flag) => (_system.Flags[concept] & flag) != 0 ? "true" : "false";
}
