using FhirHub.Core.Model;

namespace FhirHub.Core.Search;

/// <summary>
/// Which definitions go together: on one resource type a code means one parameter, and a URL one as well.
/// </summary>
public static class CustomDefinitions
{
    /// <summary>Why a definition cannot stand beside those that do; null when it can.</summary>
    public static Problem? Clash(CustomDefinition definition, IEnumerable<CustomDefinition> others)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var code = definition.Schema.Code;
        foreach (var type in definition.Types)
        {
            if (ParameterCatalog.R4.TryGet(type, code, out var known))
            {
                return Duplicate("code", $"On {type}, '{code}' is {known.Url} of FHIR R4; choose another code.");
            }
        }

        foreach (var other in others)
        {
            if (other.Schema.Url == definition.Schema.Url)
            {
                return Duplicate(
                    "url", $"SearchParameter/{other.Id} has it already; update that one, or give this one its own.");
            }

            if (other.Schema.Code == code && other.Types.FirstOrDefault(definition.Types.Contains) is { } type)
            {
                return Duplicate("code", $"On {type}, '{code}' is SearchParameter/{other.Id}; choose another code.");
            }
        }

        return null;
    }

    /// <summary>Those that can stand beside each other, the first of two that cannot.</summary>
    public static (IReadOnlyList<CustomDefinition> Usable, IReadOnlyList<(string Id, Problem Problem)> Others) Select(
        IEnumerable<CustomDefinition> definitions)
    {
        var usable = new List<CustomDefinition>();
        var others = new List<(string, Problem)>();
        foreach (var definition in definitions)
        {
            if (Clash(definition, usable) is { } problem)
            {
                others.Add((definition.Id, problem));
            }
            else
            {
                usable.Add(definition);
            }
        }

        return (usable, others);
    }

    static Problem Duplicate(string element, string text)
    {
        var path = $"SearchParameter.{element}";
        return new Problem(ProblemKind.Unprocessable, "duplicate", $"{path}: {text}", path);
    }
}
