using System.Text;
using FhirHub.Core.Model;
using FhirHub.Fhir.Definitions;

namespace FhirHub.Core.Search;

/// <summary>
/// From a query string to a query: the only place that knows the syntax of https://hl7.org/fhir/R4/search.html. What it
/// does not understand it refuses, or leaves out and says so: an ignored filter would return other people's data.
/// </summary>
public sealed class SearchParser(ParameterCatalog catalog, SearchZone zone)
{
    const int CountDefault = 20;
    const int CountMax = 1000;
    const int ValuesMax = 500;

    /// <summary>Of all parameters together: a database does not take expressions of any size.</summary>
    const int ValuesInAllMax = 600;


    /// <summary>Parameters that say how to answer, not what to find; the host reads them.</summary>
    static readonly HashSet<string> AnswerParameters = new(StringComparer.Ordinal)
    {
        "_format", "_pretty", "_summary", "_elements",
    };

    /// <param name="tenant">Whose data is searched.</param>
    /// <param name="type">The type searched.</param>
    /// <param name="parameters">The parameters, unescaped, in their order.</param>
    /// <param name="isLenient">Whether what is not understood is left out instead of refused.</param>
    public SearchRequest Parse(
        string tenant, string type, IEnumerable<KeyValuePair<string, string>> parameters, bool isLenient)
    {
        var parts = new List<SearchExpression>();
        var used = new List<KeyValuePair<string, string>>();
        var problems = new List<Problem>();
        var count = CountDefault;
        var wantsTotal = true;
        var values = 0;
        foreach (var parameter in parameters)
        {
            values += 1 + parameter.Value.Count(c => c == ',');
            if (values > ValuesInAllMax)
            {
                throw Refused($"The search has more than {ValuesInAllMax} values in all; ask in several searches.");
            }

            try
            {
                switch (parameter.Key)
                {
                    case "_count":
                        count = Count(parameter.Value);
                        break;
                    case "_total":
                        wantsTotal = Total(parameter.Value);
                        break;
                    case var name when AnswerParameters.Contains(name):
                        break;
                    default:
                        parts.Add(Criterion(type, parameter.Key, parameter.Value));
                        break;
                }

                used.Add(parameter);
            }
            catch (FhirException problem) when (isLenient)
            {
                problems.Add(problem.Problem);
            }
        }

        var query = new SearchQuery
        {
            Tenant = tenant,
            Type = type,
            Expression = new SearchExpression.And(parts),
            Count = count,
            WantsTotal = wantsTotal,
        };
        return new SearchRequest(query, used, problems);
    }

    /// <summary>Whether a search by that parameter is understood; what is declared goes by this.</summary>
    public static bool Supports(SearchParameterSchema parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        // Without an expression nothing was indexed by it, such as by _content.
        return parameter.Expression is not null && parameter.Type is SearchParameterType.Token
            or SearchParameterType.String or SearchParameterType.Date or SearchParameterType.Reference
            or SearchParameterType.Uri;
    }

    SearchExpression Criterion(string type, string name, string value)
    {
        var colon = name.IndexOf(':');
        var code = colon < 0 ? name : name[..colon];
        if (code.Contains('.') || code.StartsWith("_has", StringComparison.Ordinal))
        {
            throw Refused($"'{name}': chains are not supported yet.");
        }

        if (!catalog.TryGet(type, code, out var parameter))
        {
            var known = string.Join(", ", catalog.Of(type).Select(p => p.Code).Order(StringComparer.Ordinal));
            throw Refused($"{type} has no search parameter '{code}'. It has: {known}.");
        }

        var modifier = colon < 0 ? null : name[(colon + 1)..];
        var isType = parameter.Type == SearchParameterType.Reference && parameter.Targets.Contains(modifier ?? "");
        if (modifier is not null && !isType)
        {
            throw Refused($"'{name}': the modifier ':{modifier}' is not supported on {code} yet.");
        }

        var values = Split(value, ',').ConvertAll(one => Value(parameter, modifier, name, one));
        if (values.Count > ValuesMax)
        {
            throw Refused($"'{name}' has {values.Count} values; at most {ValuesMax} are accepted.");
        }

        return values.Count == 1 ? values[0] : new SearchExpression.Or(values);
    }

    SearchExpression Value(SearchParameterSchema parameter, string? modifier, string name, string value)
    {
        if (value.Length == 0)
        {
            throw Refused($"'{name}' has an empty value; leave the parameter out or give it one.");
        }

        return parameter.Type switch
        {
            _ when parameter.Code == "_id" => new SearchExpression.Ids([Unescaped(value)]),
            _ when parameter.Code == "_lastUpdated" => new SearchExpression.LastUpdated(Range(name, value)),
            SearchParameterType.Token => Token(parameter, value),
            SearchParameterType.String => new SearchExpression.Text(parameter, Unescaped(value)),
            SearchParameterType.Date => new SearchExpression.Date(parameter, Range(name, value)),
            SearchParameterType.Reference => Reference(parameter, modifier, name, Unescaped(value)),
            SearchParameterType.Uri => new SearchExpression.Url(parameter, Unescaped(value)),
            _ => throw Refused($"'{name}': {parameter.Type} parameters are not supported yet."),
        };
    }

    /// <summary><c>code</c>, <c>system|code</c>, <c>|code</c> (no system) or <c>system|</c>.</summary>
    static SearchExpression.Token Token(SearchParameterSchema parameter, string value)
    {
        var parts = Split(value, '|').ConvertAll(Unescaped);
        return parts switch
        {
            [var code] => new SearchExpression.Token(parameter, null, code),
            [var system, ""] => new SearchExpression.Token(parameter, system, null),
            [var system, var code] => new SearchExpression.Token(parameter, system, code),
            _ => throw Refused($"'{parameter.Code}' takes system|code; escape a bar inside a value as \\|."),
        };
    }

    DateRange Range(string name, string value)
    {
        var text = value.StartsWith("eq", StringComparison.Ordinal) ? value[2..] : value;
        // A plus sign that was not escaped arrives as a space.
        if (DateRange.TryRead(Encoding.ASCII.GetBytes(text.Replace(' ', '+')), zone, out var range))
        {
            return range;
        }

        var prefix = value[..Math.Min(2, value.Length)];
        throw char.IsAsciiLetterLower(value[0])
            ? Refused($"'{name}': the prefix '{prefix}' is not supported yet; only equality is.")
            : Refused($"'{name}' takes a date such as 2026, 2026-03, 2026-03-04 or 2026-03-04T05:06:07+08:00.");
    }

    static SearchExpression Reference(SearchParameterSchema parameter, string? type, string name, string value)
    {
        if (value.Contains(':', StringComparison.Ordinal))
        {
            return new SearchExpression.Url(parameter, value);
        }

        var parts = value.Split('/');
        return parts switch
        {
            [var id] when ResourceId.IsValid(id) => new SearchExpression.Reference(parameter, type, id),
            [var named, var id] when ResourceId.IsValid(id) && FhirSchema.R4.TryGetType(named, out _) =>
                type is null || type == named
                    ? new SearchExpression.Reference(parameter, named, id)
                    : throw Refused($"'{name}' asks for a {type} and names a {named}."),
            _ => throw Refused($"'{name}' takes an id, Type/id or a URL."),
        };
    }

    static int Count(string value) => int.TryParse(value, out var count) && count >= 0
        ? Math.Min(count, CountMax)
        : throw Refused("'_count' takes a number from 0.");

    static bool Total(string value) => value switch
    {
        "none" => false,
        "estimate" or "accurate" => true,
        _ => throw Refused("'_total' takes none, estimate or accurate."),
    };

    /// <summary>Parts between separators that are not escaped; their own escapes stay.</summary>
    static List<string> Split(string value, char separator)
    {
        var parts = new List<string>();
        var start = 0;
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\')
            {
                i++;
            }
            else if (value[i] == separator)
            {
                parts.Add(value[start..i]);
                start = i + 1;
            }
        }

        parts.Add(value[start..]);
        return parts;
    }

    /// <summary>Undoes <c>\, \| \$ \\</c>: https://hl7.org/fhir/R4/search.html#escaping</summary>
    static string Unescaped(string value)
    {
        if (!value.Contains('\\', StringComparison.Ordinal))
        {
            return value;
        }

        var text = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\' && i + 1 < value.Length && value[i + 1] is (',' or '|' or '$' or '\\'))
            {
                i++;
            }

            text.Append(value[i]);
        }

        return text.ToString();
    }

    static FhirException Refused(string text) => new(ProblemKind.Invalid, "invalid", text);
}
