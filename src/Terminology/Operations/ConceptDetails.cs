using FhirHub.Core.Terminology;
using FhirHub.Fhir.Documents;
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
    internal static ConceptDetails Of(CodeSystem system, int concept)
    {
        var node = system.Nodes[concept];
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
            node.First("definition").Text,
            [.. DesignationsOf(node)],
            properties);
    }

    /// <summary>
    /// What to show in a language: the designation in exactly it, in its main language, or the display.
    /// </summary>
    public string? DisplayIn(string? language)
    {
        if (language is null)
        {
            return Entry.Display;
        }

        var main = Main(language);
        return (Designations.FirstOrDefault(one => Is(one.Language, language))
            ?? Designations.FirstOrDefault(one => one.Language is not null && Is(Main(one.Language), main)))?.Value
            ?? Entry.Display;
    }

    static IEnumerable<Designation> DesignationsOf(FhirNode concept)
    {
        foreach (var node in concept["designation"])
        {
            if (node.First("value").Text is { } value)
            {
                var use = node.First("use");
                yield return new Designation(
                    node.First("language").Text,
                    use.First("code").Text is { } code ? new Coding(use.First("system").Text, code) : null,
                    value);
            }
        }
    }

    static bool Is(string? one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    static string Main(string language) => language.Split('-')[0];
}
