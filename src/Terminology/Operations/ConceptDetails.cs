using FhirHub.Core.Terminology;
using FhirHub.Terminology.CodeSystems;
using FhirHub.Terminology.ValueSets;

namespace FhirHub.Terminology.Operations;

/// <summary>
/// All that a code system says of a concept: https://hl7.org/fhir/R4/codesystem-operation-lookup.html. Parents and
/// children are given as properties, also where the code system says them by nesting.
/// </summary>
public sealed record ConceptDetails(
    CodeEntry Entry,
    string? Definition,
    IReadOnlyList<Designation> Designations,
    IReadOnlyList<PropertyValue> Properties)
{
    /// <summary>What the code system is called.</summary>
    public required string SystemName { get; init; }

    internal static ConceptDetails Of(CodeSystem system, int concept)
    {
        var properties = new List<PropertyValue>();
        foreach (var column in system.Properties)
        {
            if (column.Role is not (PropertyRole.Parent or PropertyRole.Child))
            {
                foreach (var value in column.Of(concept))
                {
                    properties.Add(new PropertyValue(column.Code, column.Type, value));
                }
            }
        }

        foreach (var parent in system.Hierarchy.Parents(concept))
        {
            properties.Add(new PropertyValue("parent", "code", system.Codes[parent]));
        }

        foreach (var child in system.Hierarchy.Children(concept))
        {
            properties.Add(new PropertyValue("child", "code", system.Codes[child]));
        }

        return new ConceptDetails(
            Composition.Entry(system, concept),
            system.Texts.DefinitionOf(concept),
            system.DesignationsOf(concept),
            properties)
        {
            SystemName = system.Name,
        };
    }

    /// <summary>The properties with those that every concept has.</summary>
    public IEnumerable<PropertyValue> AllProperties()
    {
        if (Properties.All(one => one.Code != "inactive"))
        {
            yield return new PropertyValue("inactive", "boolean", Entry.IsInactive ? "true" : "false");
        }

        if (Definition is not null && Properties.All(one => one.Code != "definition"))
        {
            yield return new PropertyValue("definition", "string", Definition);
        }

        foreach (var property in Properties)
        {
            yield return property;
        }
    }

    /// <summary>
    /// What to show in a language: the designation in exactly it, in its main language, or the display.
    /// </summary>
    public string? DisplayIn(string? language)
    {
        return In(language, Designations) ?? Entry.Display;
    }

    /// <summary>The designation in exactly a language or in its main language; null where there is none.</summary>
    internal static string? In(string? language, IReadOnlyList<Designation> designations)
    {
        if (language is null)
        {
            return null;
        }

        var main = Main(language);
        return (designations.FirstOrDefault(one => Is(one.Language, language))
            ?? designations.FirstOrDefault(one => one.Language is not null && Is(Main(one.Language), main)))?.Value;
    }

    static bool Is(string? one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    static string Main(string language) => language.Split('-')[0];
}
