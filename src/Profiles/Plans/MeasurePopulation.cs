using System.Globalization;
using System.Text.RegularExpressions;
using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Plans;

/// <summary>A population of a measure whose criteria are one search: a type, and what is searched for.</summary>
/// <param name="Node">The population.</param>
/// <param name="Code">Its code, such as numerator.</param>
/// <param name="Type">The type of what is counted.</param>
/// <param name="Criteria">The search, with the days of the period in place.</param>
/// <param name="Element">The element of the criteria, for what has to be said about them.</param>
sealed partial record MeasurePopulation(
    FhirNode Node, string Code, string Type, IReadOnlyList<KeyValuePair<string, string>> Criteria, string Element)
{
    const string Query = "application/x-fhir-query";

    /// <summary>Parameters that are about the answer and would count nothing or something else.</summary>
    static readonly HashSet<string> NoCriteria = new(StringComparer.Ordinal)
    {
        "_count", "_sort", "_include", "_include:iterate", "_revinclude", "_revinclude:iterate", "_summary",
        "_elements", "_total", "_contained", "_containedType", "_format", "_pretty", "_explain",
    };

    /// <summary>The population, or the problem that keeps it from being counted.</summary>
    internal static (MeasurePopulation? Population, Problem? Problem) Of(
        FhirNode measure, FhirNode population, string code, DateOnly start, DateOnly end)
    {
        var criteria = population.First("criteria");
        var element = NodeExpression.Of(measure, criteria);
        var language = criteria.First("language").Text;
        if (language != Query || criteria.First("expression").Text is not { } text)
        {
            var words = criteria.First("expression").Text;
            return (null, Refusal(
                element,
                $"{element}: '{language}' is not computed here, only searches ({Query}) are"
                    + (language == "text/x-formula" ? $". The formula is in words: {words}" : ".")));
        }

        // 1. The days of the period.
        foreach (Match place in Place().Matches(text))
        {
            if (Day(place, start, end) is null)
            {
                return (null, Refusal(
                    element,
                    $"{element}: '{place.Value}' has no meaning here; {{{{start}}}} and {{{{end}}}} have, also with a "
                        + "span such as {{end-3y}} (y, m or d)."));
            }
        }

        text = Place().Replace(text, place => Day(place, start, end) ?? "");

        // 2. The type and what is searched for.
        var mark = text.IndexOf('?', StringComparison.Ordinal);
        var type = mark < 0 ? text : text[..mark];
        if (!FhirSchema.R4.TryGetType(type, out var schema) || !schema.IsResource || schema.IsAbstract)
        {
            return (null, Refusal(element, $"{element}: the search begins with a resource type, such as Patient?…"));
        }

        var pairs = mark < 0 ? [] : ConditionalQuery.Pairs(text[mark..]);
        return pairs.Find(pair => NoCriteria.Contains(pair.Key)).Key is { } other
            ? (null, Refusal(element, $"{element}: '{other}' says how to answer and not what is counted."))
            : (new MeasurePopulation(population, code, type, pairs, element), null);
    }

    static Problem Refusal(string element, string text) =>
        new(ProblemKind.NotSupported, "not-supported", text, element);

    /// <summary>A day of the period or one counted from it; null for what is no such thing.</summary>
    static string? Day(Match place, DateOnly start, DateOnly end)
    {
        var day = place.Groups["day"].Value switch
        {
            "start" => start,
            "end" => end,
            _ => default(DateOnly?),
        };
        if (day is not { } from || !place.Groups["unit"].Success)
        {
            return day is { } plain && place.Groups["span"].Length == 0 ? Guide.Text(plain) : null;
        }

        var number = int.Parse(place.Groups["number"].Value, CultureInfo.InvariantCulture);
        var signed = place.Groups["sign"].Value == "-" ? -number : number;
        return Guide.Text(place.Groups["unit"].Value switch
        {
            "y" => from.AddYears(signed),
            "m" => from.AddMonths(signed),
            _ => from.AddDays(signed),
        });
    }

    [GeneratedRegex(
        @"\{\{(?<day>[^}+\-]*)(?<span>(?<sign>[+\-])(?<number>\d{1,3})(?<unit>[ymd])|[^}]*)\}\}",
        RegexOptions.CultureInvariant)]
    private static partial Regex Place();
}
