using FhirHub.Core.Model;
using FhirHub.Fhir.Definitions;
using static FhirHub.Core.Search.Parsing.SearchSyntax;

namespace FhirHub.Core.Search.Parsing;

/// <summary>
/// One criterion, name and value: a parameter with its modifier, a chain of them
/// (https://hl7.org/fhir/R4/search.html#chaining), or a reverse chain (https://hl7.org/fhir/R4/search.html#has).
/// </summary>
/// <param name="catalog">The parameters in force.</param>
/// <param name="zone">The zone of dates without one.</param>
/// <param name="time">What "approximately" is measured from.</param>
/// <param name="baseUrl">The server's own base, if known.</param>
sealed class CriterionParser(ParameterCatalog catalog, SearchZone zone, TimeProvider time, string? baseUrl)
{
    const int DepthMax = 10;
    const int ValuesMax = 1000;
    const int LinksMax = 5000;

    /// <summary>Parameters without an expression, or with a meaning that no value type has.</summary>
    static readonly HashSet<string> SpecialCodes =
        new(["_id", "_lastUpdated", "_list", "_filter", "_text", "_content", "near"], StringComparer.Ordinal);

    readonly ValueParser _values = new(zone, time, baseUrl);

    internal static bool IsSpecial(string code) => SpecialCodes.Contains(code);

    int _links;

    internal SearchExpression Read(string type, string name, string value)
    {
        _links = 0;
        return Read(type, name, value, 0);
    }

    SearchExpression Read(string type, string name, string value, int depth)
    {
        if (depth > DepthMax)
        {
            throw Refused($"A chain has at most {DepthMax} links.");
        }

        if (name.StartsWith("_has:", StringComparison.Ordinal))
        {
            return Has(type, name, value, depth);
        }

        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? Criterion(type, name, value) : Chain(type, name[..dot], name[(dot + 1)..], value, depth);
    }

    /// <summary><c>_has:Type:parameter:criterion</c>: something of that type refers to it and matches.</summary>
    SearchExpression.Has Has(string type, string name, string value, int depth)
    {
        if (name.Split(':', 4) is not [_, var source, var code, var inner] || inner.Length == 0)
        {
            throw Refused($"'{name}' is written _has:Type:parameter:criterion, such as _has:Observation:patient:code.");
        }

        if (!catalog.IsType(source))
        {
            throw Refused($"'{name}': '{source}' is not a resource type of FHIR R4.");
        }

        var parameter = Parameter(source, code);
        if (parameter.Type != SearchParameterType.Reference
            || (parameter.Targets.Count > 0 && !parameter.Targets.Contains(type)))
        {
            throw Refused($"'{name}': {source} does not refer to a {type} by '{code}'. "
                + $"It does by: {Referring(source, type)}.");
        }

        if (Links.Inline.Contains(parameter.Url))
        {
            throw Refused($"'{name}': what a {source} has by '{code}' stands inside it, so it refers to no {type}.");
        }

        return new SearchExpression.Has(source, parameter, Read(source, inner, value, depth + 1));
    }

    /// <summary>
    /// <c>parameter.criterion</c> or <c>parameter:Type.criterion</c>: what it refers to matches. Without a type, every
    /// type it may refer to that knows the criterion counts.
    /// </summary>
    SearchExpression Chain(string type, string link, string inner, string value, int depth)
    {
        var colon = link.IndexOf(':', StringComparison.Ordinal);
        var parameter = Parameter(type, colon < 0 ? link : link[..colon]);
        var named = colon < 0 ? null : link[(colon + 1)..];
        if (parameter.Type != SearchParameterType.Reference)
        {
            throw Refused($"'{link}.{inner}': '{parameter.Code}' is no reference, so nothing can be chained to it.");
        }

        if (named is not null)
        {
            return CanRefer(parameter, named)
                ? new SearchExpression.Chain(parameter, named, Read(named, inner, value, depth + 1))
                : throw Refused($"'{link}.{inner}': '{parameter.Code}' refers to: {Targets(parameter)}.");
        }

        return Chained(parameter, target => Read(target, inner, value, depth + 1));
    }

    /// <summary>
    /// What a parameter refers to matches. Every type it may refer to counts that knows what is asked for; only if none
    /// does is it refused.
    /// </summary>
    internal SearchExpression Chained(SearchParameterSchema parameter, Func<string, SearchExpression> read)
    {
        var chains = new List<SearchExpression>();
        FhirException? problem = null;
        foreach (var target in parameter.Targets.Count > 0 ? parameter.Targets : AllTypes)
        {
            // References to any type, one after the other, would multiply without end.
            if (++_links > LinksMax)
            {
                throw Refused($"'{parameter.Code}' and what is chained to it may lead to more types than can be "
                    + "followed; name the types, as in 'subject:Patient.name', or use a shorter chain.");
            }

            try
            {
                chains.Add(new SearchExpression.Chain(parameter, target, read(target)));
            }
            catch (FhirException unknown) when (_links <= LinksMax
                && unknown.Problem.IssueCode != ParameterCatalog.IsIncomplete)
            {
                problem = unknown; // this type does not know the criterion; another one may
            }
        }

        return chains.Count switch
        {
            0 => throw problem ?? Refused($"'{parameter.Code}' refers to no type."),
            1 => chains[0],
            _ => new SearchExpression.Or(chains),
        };
    }

    SearchExpression Criterion(string type, string name, string value)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        var code = colon < 0 ? name : name[..colon];
        var modifier = colon < 0 ? null : name[(colon + 1)..];
        if (IsSpecial(code))
        {
            return SpecialCriterion(type, code, modifier, name, value);
        }

        var parameter = Parameter(type, code);
        CheckModifier(parameter, modifier, name);
        CheckData(type, parameter, modifier, name);
        if (modifier == "missing")
        {
            return Missing(parameter, name, value);
        }

        var components = Components(parameter);
        var values = Values(name, value).ConvertAll(one => WithOwnVersion(
            type, parameter, _values.Read(parameter, components, modifier, name, one)));
        var any = values.Count == 1 ? values[0] : new SearchExpression.Or(values);
        return modifier is "not" or "not-in" ? new SearchExpression.Not(any) : any;
    }

    /// <summary>
    /// The version behind a resource's own canonical URL is another element of it:
    /// https://hl7.org/fhir/R4/search.html#uri
    /// </summary>
    SearchExpression WithOwnVersion(string type, SearchParameterSchema parameter, SearchExpression value) =>
        value is SearchExpression.Url { Version: { } version, Match: UrlMatch.Equal } url && parameter.Code == "url"
            && !url.IsReference && catalog.TryGet(type, "version", out var own)
            && own.Type == SearchParameterType.Token
            ? new SearchExpression.And([url with { Version = null }, new SearchExpression.Token(own, null, version)])
            : value;

    SearchExpression SpecialCriterion(string type, string code, string? modifier, string name, string value)
    {
        if (modifier == "missing" && code is ("_id" or "_lastUpdated"))
        {
            // Every resource has them, but the time is none of those inside others.
            SearchExpression present = code == "_id"
                ? new SearchExpression.And([])
                : new SearchExpression.LastUpdated(DateRange.Open, Comparison.GreaterOrEqual);
            return value switch
            {
                "true" => new SearchExpression.Not(present),
                "false" => present,
                _ => throw Refused($"'{name}' takes true or false."),
            };
        }

        if (modifier == "missing" && code == "near" && catalog.TryGet(type, code, out var position))
        {
            return Missing(position, name, value);
        }

        if (modifier is not null && (code, modifier) is not ("_id", "not"))
        {
            var but = code switch
            {
                "_id" => " but :missing and :not",
                "_lastUpdated" or "near" => " but :missing",
                _ => "",
            };
            throw Refused($"'{name}': {code} takes no modifier{but}.");
        }

        switch (code)
        {
            case "_id":
                var ids = new SearchExpression.Ids(Values(name, value).ConvertAll(one => Id(name, Unescaped(one))));
                return modifier == "not" ? new SearchExpression.Not(ids) : ids;
            case "_lastUpdated":
                return Any(name, value, one => _values.LastUpdated(name, one));
            case "_list":
                return Any(name, value, one => List(name, Unescaped(one)));
            case "_text" or "_content" when WordsOf(type, code) is { } isNarrative:
                return Any(name, value, one => Words(isNarrative, $"'{name}': ", Unescaped(one)));
            case "_text" when catalog.TryGet(ResourceWords.TextUrl, out _) && catalog.IsType(type):
                return new SearchExpression.Or([]); // every search may ask, and what has no narrative has no words
            case "near" when catalog.TryGet(type, code, out var near):
                return Any(name, value, one => ValueParser.Near(near, name, one));
            case "_filter":
                return new FilterBinder(this, _values).Bind(type, FilterParser.Read(value));
            default:
                throw Unknown(type, code);
        }
    }

    /// <summary>Whether a code asks for the words of narratives; null where it asks for no words of the type.</summary>
    bool? WordsOf(string type, string code) =>
        !catalog.TryGet(type, code, out var parameter) ? null
        : parameter.Url == ResourceWords.TextUrl ? true
        : parameter.Url == ResourceWords.ContentUrl ? false
        : null;

    static SearchExpression.Words Words(bool isNarrative, string at, string query) =>
        TextQuery.TryCompile(query, out _, out var complaint)
            ? new SearchExpression.Words(isNarrative, query)
            : throw Refused($"{at}{complaint}.");

    /// <summary>The words a filter asks for, by a code that the type has.</summary>
    internal SearchExpression Words(string type, string code, string at, string query) =>
        WordsOf(type, code) is { } isNarrative ? Words(isNarrative, at, query) : throw Unknown(type, code);

    /// <summary>What cannot be an id names no resource, so it is a mistake and not nothing found.</summary>
    static string Id(string name, string id) => ResourceId.IsValid(id)
        ? id
        : throw Refused($"'{name}' takes ids: up to 64 letters, digits, hyphens and points, without a type.");

    SearchExpression.Has List(string name, string id)
    {
        if (!ResourceId.IsValid(id))
        {
            throw Refused(id.StartsWith('$')
                ? $"'{name}': this server has no functional list '{id}'; name the id of a List."
                : $"'{name}' takes the id of a List.");
        }

        return new SearchExpression.Has("List", Parameter("List", "item"), new SearchExpression.Ids([id]));
    }

    static SearchExpression Missing(SearchParameterSchema parameter, string name, string value)
    {
        var missing = new SearchExpression.Missing(parameter);
        return value switch
        {
            "true" => missing,
            "false" => new SearchExpression.Not(missing),
            _ => throw Refused($"'{name}' takes true or false."),
        };
    }

    /// <summary>The parameters that give a composite's components their types.</summary>
    List<SearchParameterSchema> Components(SearchParameterSchema parameter) =>
        [.. parameter.Components.Select(c => catalog.TryGet(c.Definition, out var component)
            ? component
            : throw Refused($"'{parameter.Code}': its component {c.Definition} is not a known search parameter."))];

    static SearchExpression Any(string name, string value, Func<string, SearchExpression> read)
    {
        var values = Values(name, value).ConvertAll(one => read(one));
        return values.Count == 1 ? values[0] : new SearchExpression.Or(values);
    }

    static List<string> Values(string name, string value)
    {
        var values = Split(value, ',');
        if (values.Count > ValuesMax)
        {
            throw Refused($"'{name}' has {values.Count} values; at most {ValuesMax} are accepted.");
        }

        if (!values.TrueForAll(IsEscaped))
        {
            throw Refused($"'{name}': a backslash stands before a comma, a bar, a dollar or another backslash only.");
        }

        return values.TrueForAll(v => v.Length > 0)
            ? values
            : throw Refused($"'{name}' has an empty value; leave it out or give it one.");
    }

    /// <summary>https://hl7.org/fhir/R4/search.html#modifiers</summary>
    void CheckModifier(SearchParameterSchema parameter, string? modifier, string name)
    {
        string[] known = parameter.Type switch
        {
            SearchParameterType.String => ["missing", "exact", "contains"],
            SearchParameterType.Token =>
                ["missing", "text", "not", "in", "not-in", "above", "below", "of-type"],
            SearchParameterType.Reference => ["missing", "identifier", "above", "below"],
            SearchParameterType.Uri => ["missing", "above", "below"],
            SearchParameterType.Composite => [],
            _ => ["missing"],
        };
        if (modifier is null || known.Contains(modifier)
            || (parameter.Type == SearchParameterType.Reference && CanRefer(parameter, modifier)))
        {
            return;
        }

        var types = parameter.Type == SearchParameterType.Reference ? $" or one of {Targets(parameter)}" : "";
        throw Refused(known.Length == 0
            ? $"'{name}': '{parameter.Code}' takes no modifier."
            : $"'{name}': '{parameter.Code}' has no modifier ':{modifier}'. "
                + $"It has: {string.Join(", ", known)}{types}.");
    }

    /// <summary>Refuses modifiers that ask for what the parameter's values never have.</summary>
    static void CheckData(string type, SearchParameterSchema parameter, string? modifier, string name)
    {
        if (modifier == "of-type" && !SelectedTypes.Has(type, parameter, "Identifier"))
        {
            throw Refused($"'{name}': ':of-type' is for identifiers, and '{parameter.Code}' of {type} has none.");
        }

        if (modifier == "identifier" && !SelectedTypes.Has(type, parameter, "Reference"))
        {
            throw Refused($"'{name}': '{parameter.Code}' of {type} refers by URLs, beside which no identifier stands.");
        }
    }

    internal SearchParameterSchema Parameter(string type, string code, string at = "") =>
        catalog.TryGet(type, code, out var parameter) && SearchParser.Supports(parameter)
            ? parameter
            : throw Unknown(type, code, at);

    FhirException Unknown(string type, string code, string at = "")
    {
        if (catalog.Unfinished(type, code) is { } unfinished)
        {
            return unfinished;
        }

        var known = catalog.Of(type).Where(SearchParser.Supports).Select(p => p.Code).Order(StringComparer.Ordinal);
        return Refused($"{at}{type} has no search parameter '{code}'. It has: {string.Join(", ", known)}.");
    }

    string Referring(string source, string type)
    {
        var codes = catalog.Of(source)
            .Where(p => p.Type == SearchParameterType.Reference && CanRefer(p, type)).Select(p => p.Code).ToList();
        return codes.Count == 0 ? "nothing" : string.Join(", ", codes);
    }

    bool CanRefer(SearchParameterSchema parameter, string type) =>
        parameter.Targets.Contains(type) || (parameter.Targets.Count == 0 && catalog.IsType(type));

    static string Targets(SearchParameterSchema parameter) =>
        parameter.Targets.Count == 0 ? "any type" : string.Join(", ", parameter.Targets);
}
