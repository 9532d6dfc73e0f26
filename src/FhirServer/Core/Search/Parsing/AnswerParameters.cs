using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;
using static FhirHub.Core.Search.Parsing.SearchSyntax;

namespace FhirHub.Core.Search.Parsing;

/// <summary>
/// Parameters that say how to answer, not what to find; the host reads them. Here they are only checked, so that a
/// wrong one is refused whatever is found: https://hl7.org/fhir/R4/search.html#return
/// </summary>
public static class AnswerParameters
{
    internal const string Summary = "_summary";
    internal const string Elements = "_elements";

    static readonly string[] Names = ["_format", "_pretty", Summary, Elements, "_explain"];

    static readonly string[] OfResult =
        [.. Names, "_count", "_total", "_sort", "_contained", "_containedType", "_include", "_revinclude"];

    /// <summary>Parameters that a search has one of: a second value would contradict the first.</summary>
    static readonly string[] Once =
        ["_format", "_pretty", Summary, "_explain", "_count", "_total", "_contained", "_containedType"];

    internal static bool Has(string name) => Names.Contains(name);

    internal static bool IsOnce(string name) => Once.Contains(name);

    /// <summary>Refuses a modifier of what is no criterion, whose name alone is known.</summary>
    internal static void CheckModifier(string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && OfResult.Contains(name[..colon]))
        {
            throw Refused(name[..colon] is "_include" or "_revinclude"
                ? $"'{name}': the only modifier of '{name[..colon]}' is ':iterate'."
                : $"'{name}': '{name[..colon]}' takes no modifier.");
        }
    }

    internal static void Check(List<string> types, string name, string value)
    {
        switch (name)
        {
            case Summary:
                _ = Cut(value);
                break;
            case "_pretty" or "_explain" when value is not ("true" or "false"):
                throw Refused($"'{name}' takes true or false.");
            case Elements:
                foreach (var element in value.Split(','))
                {
                    CheckElement(types, element);
                }

                break;
        }
    }

    /// <summary>What a value of <c>_summary</c> cuts resources to; null for one that cuts nothing.</summary>
    public static SummaryMode? Cut(string summary) => summary switch
    {
        "false" or "count" => null,
        "true" => SummaryMode.True,
        "text" => SummaryMode.Text,
        "data" => SummaryMode.Data,
        _ => throw Refused("'_summary' takes true, text, data, count or false."),
    };

    /// <summary>An element must be one of some type that is searched; the others go without it.</summary>
    static void CheckElement(List<string> types, string element)
    {
        if (types.Count > 0 && !types.Exists(type => ElementFilter.IsElement(FhirSchema.R4[type], element)))
        {
            var known = string.Join(", ", FhirSchema.R4[types[0]].Elements.Select(one => one.Name));
            throw Refused(types.Count == 1
                ? $"'_elements': {types[0]} has no element '{element}'. It has: {known}."
                : $"'_elements': no type searched has an element '{element}'. {types[0]} has: {known}.");
        }
    }
}
