using FhirHub.Core.Model;
using FhirHub.Core.Search.Parsing;
using FhirHub.Fhir.Definitions;
using static FhirHub.Core.Search.Parsing.SearchSyntax;

namespace FhirHub.Core.Search;

/// <summary>
/// From a query string to a query: with its folder Parsing the only place that knows the syntax of
/// https://hl7.org/fhir/R4/search.html. What it does not understand it refuses, or leaves out and says so: an ignored
/// filter would return other people's data.
/// </summary>
public sealed class SearchParser(SearchCatalogs catalogs, TimeProvider time)
{
    const int CountDefault = 20;
    const int CountMax = 1000;

    /// <summary>Of all parameters together: a database does not take expressions of any size.</summary>
    const int ValuesInAllMax = 600;

    /// <summary>One for parameters that do not change.</summary>
    public SearchParser(ParameterCatalog catalog, SearchZone zone, TimeProvider time)
        : this(new SearchCatalogs(catalog, zone), time)
    {
    }

    public SearchRequest Parse(
        string tenant, string type, IEnumerable<KeyValuePair<string, string>> parameters, bool isLenient) =>
        Parse(new SearchScope { Tenant = tenant, Type = type, IsLenient = isLenient }, parameters);

    /// <param name="scope">Where the search happens.</param>
    /// <param name="parameters">The parameters, unescaped, in their order.</param>
    public SearchRequest Parse(SearchScope scope, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        ArgumentNullException.ThrowIfNull(scope);
        var inForce = catalogs.Of(scope.Tenant);
        var catalog = inForce.Searched;
        var given = parameters.ToList();
        var used = new List<KeyValuePair<string, string>>();
        var problems = new List<Problem>();
        var draft = new Draft(SearchedTypes(catalog, scope, given, problems));
        var values = 0;
        foreach (var (place, parameter) in given.Index())
        {
            values += 1 + parameter.Value.Count(c => c == ',');
            if (values > ValuesInAllMax)
            {
                throw Refused($"The search has more than {ValuesInAllMax} values in all; ask in several searches.");
            }

            try
            {
                CheckOnce(given.Take(place), parameter);
                Read(catalog, draft, scope, parameter.Key, parameter.Value);
                used.Add(parameter.Key == "_count" ? KeyValuePair.Create("_count", $"{draft.Count}") : parameter);
            }
            catch (FhirException problem) when (scope.IsLenient
                && problem.Problem.IssueCode != ParameterCatalog.IsIncomplete)
            {
                problems.Add(problem.Problem);
            }
        }

        return new SearchRequest(draft.Query(scope), used, [.. problems, .. draft.LeftOut.Distinct()])
        {
            Own = string.Concat(inForce.Own.Where(own => used.Exists(p => IsNamed(own, p)))
                .Select(own => $" {own.Id}/{own.Version}")),
        };
    }

    /// <summary>In a name, or in the value of an order, an include or a filter.</summary>
    static bool IsNamed(CustomDefinition own, KeyValuePair<string, string> parameter) =>
        parameter.Key.Contains(own.Schema.Code, StringComparison.Ordinal)
        || (parameter.Key.StartsWith('_') && parameter.Value.Contains(own.Schema.Code, StringComparison.Ordinal));

    /// <summary>Refuses another value of what a search has one of: neither of the two is surely meant.</summary>
    static void CheckOnce(
        IEnumerable<KeyValuePair<string, string>> before, KeyValuePair<string, string> parameter)
    {
        if (AnswerParameters.IsOnce(parameter.Key)
            && before.Any(one => one.Key == parameter.Key && one.Value != parameter.Value))
        {
            throw Refused($"'{parameter.Key}' is there twice with different values; give it once.");
        }
    }

    /// <summary>Whether a search by that parameter is understood; what is declared goes by this.</summary>
    public static bool Supports(SearchParameterSchema parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return parameter.Type switch
        {
            SearchParameterType.Special => CriterionParser.IsSpecial(parameter.Code),
            _ => parameter.Expression is not null || CriterionParser.IsSpecial(parameter.Code),
        };
    }

    void Read(ParameterCatalog catalog, Draft draft, SearchScope scope, string name, string value)
    {
        switch (name)
        {
            case "_count":
                draft.Count = Count(value);
                break;
            case "_total":
                draft.Total = Total(value);
                break;
            case "_sort":
                draft.Sort = SortParser.Read(catalog, draft.Types, draft.Sort, value);
                break;
            case "_include" or "_include:iterate" or "_revinclude" or "_revinclude:iterate":
                draft.Includes.AddRange(new IncludeParser(catalog, draft.Types, draft.LeftOut).Read(name, value));
                break;
            case "_contained":
                draft.Contained = Contained(value);
                break;
            case "_containedType":
                draft.ReturnsContained = value switch
                {
                    "container" => false,
                    "contained" => true,
                    _ => throw Refused("'_containedType' takes container or contained."),
                };
                break;
            case "_query":
                throw Refused("'_query': this server has no named queries.");
            case "_type" when scope.Type is null:
                break;
            case "_type":
                throw Refused($"'_type' is for searches of several types; this one searches {scope.Type}.");
            case var _ when AnswerParameters.Has(name):
                AnswerParameters.Check(draft.Types, name, value);
                draft.Answer[name] = value;
                break;
            default:
                AnswerParameters.CheckModifier(name);
                var criteria = new CriterionParser(catalog, catalogs.Zone, time, scope.BaseUrl);
                var expressions = draft.Types.ConvertAll(type => criteria.Read(type, name, value));
                draft.Add(expressions);
                break;
        }
    }

    /// <summary>The types searched: the one of the address, those of <c>_type</c>, or all there are.</summary>
    static List<string> SearchedTypes(
        ParameterCatalog catalog, SearchScope scope, List<KeyValuePair<string, string>> parameters,
        List<Problem> problems)
    {
        if (scope.Type is { } type)
        {
            return [type];
        }

        var all = scope.Compartment is { } compartment ? MembersOf(compartment.Type) : [.. AllTypes];
        var named = new List<string>();
        for (var i = parameters.Count - 1; i >= 0; i--)
        {
            if (parameters[i].Key == "_type")
            {
                var known = KnownTypes(catalog, scope, parameters[i].Value, problems);
                named.InsertRange(0, known);
                if (known.Count == 0)
                {
                    parameters.RemoveAt(i);
                }
                else
                {
                    parameters[i] = KeyValuePair.Create("_type", string.Join(',', known));
                }
            }
        }

        return named.Count > 0 ? [.. named.Distinct().Where(all.Contains)] : all;
    }

    /// <summary>The types of a list that there are; a lenient search goes without the others.</summary>
    static List<string> KnownTypes(
        ParameterCatalog catalog, SearchScope scope, string value, List<Problem> problems)
    {
        var known = new List<string>();
        foreach (var name in Split(value, ','))
        {
            if (catalog.IsType(name))
            {
                known.Add(name);
                continue;
            }

            var problem = Refused($"'_type': '{name}' is not a resource type of FHIR R4.");
            if (!scope.IsLenient)
            {
                throw problem;
            }

            problems.Add(problem.Problem);
        }

        return known;
    }

    static List<string> MembersOf(string compartment) =>
        FhirSchema.R4.TryGetCompartment(compartment, out var schema)
            ? [.. schema.Members.Where(m => m.Value.Count > 0).Select(m => m.Key).Order(StringComparer.Ordinal)]
            : [];

    static int Count(string value) => int.TryParse(value, out var count) && count >= 0
        ? Math.Min(count, CountMax)
        : throw Refused("'_count' takes a number from 0.");

    static ContainedSearch Contained(string value) => value switch
    {
        "false" => ContainedSearch.None,
        "true" => ContainedSearch.Only,
        "both" => ContainedSearch.Both,
        _ => throw Refused("'_contained' takes true, false or both."),
    };

    static SearchTotal Total(string value) => value switch
    {
        "none" => SearchTotal.None,
        "estimate" => SearchTotal.Estimate,
        "accurate" => SearchTotal.Accurate,
        _ => throw Refused("'_total' takes none, estimate or accurate."),
    };

    /// <summary>A query that is being put together: for each type the parts of its expression.</summary>
    sealed class Draft(List<string> types)
    {
        readonly List<SearchExpression>[] _parts = [.. types.Select(_ => new List<SearchExpression>())];

        internal List<string> Types => types;

        internal int Count { get; set; } = CountDefault;

        internal SearchTotal Total { get; set; } = SearchTotal.IfFew;

        internal IReadOnlyList<SortKey> Sort { get; set; } = [];

        internal ContainedSearch Contained { get; set; }

        internal bool ReturnsContained { get; set; }

        internal List<Include> Includes { get; } = [];

        /// <summary>What is said of the answer, by the parameter.</summary>
        internal Dictionary<string, string> Answer { get; } = new(StringComparer.Ordinal);

        internal List<Problem> LeftOut { get; } = [];

        internal void Add(List<SearchExpression> expressions)
        {
            for (var i = 0; i < types.Count; i++)
            {
                _parts[i].Add(expressions[i]);
            }
        }

        internal SearchQuery Query(SearchScope scope)
        {
            CheckContained();
            CheckAnswer();
            var targets = types
                .Select((type, i) => new SearchTarget(type, Expression(scope, type, _parts[i]))).ToList();
            var first = targets.Count > 0 ? targets[0] : new SearchTarget("Resource", new SearchExpression.Or([]));
            return new SearchQuery
            {
                Tenant = scope.Tenant,
                Type = first.Type,
                Expression = first.Expression,
                Others = targets.Count > 1 ? targets[1..] : [],
                Count = Count,
                Total = Total,
                Sort = Sort,
                Includes = Includes,
                BaseUrl = scope.BaseUrl,
                Contained = Contained,
                ReturnsContained = ReturnsContained && Contained != ContainedSearch.None,
                Access = scope.Access,
            };
        }

        void CheckContained()
        {
            if (Contained == ContainedSearch.None)
            {
                return;
            }

            if (_parts.Any(parts => parts.Exists(HasWords)))
            {
                throw Refused("'_contained': words are those of a whole resource, what it contains included; leave "
                    + "'_contained' out of a search by '_text' or '_content'.");
            }

            if (ReturnsContained && Includes.Count > 0)
            {
                throw Refused("'_containedType=contained' does not go with _include and _revinclude.");
            }
        }

        void CheckAnswer()
        {
            var summary = Answer.GetValueOrDefault(AnswerParameters.Summary);
            if (summary == "text" && Includes.Count > 0)
            {
                throw Refused("_include and _revinclude do not go with _summary=text.");
            }

            if (summary is "true" or "text" or "data" && Answer.ContainsKey(AnswerParameters.Elements))
            {
                throw Refused($"'_elements' does not go with '_summary={summary}': each says what to leave out.");
            }
        }

        static bool HasWords(SearchExpression expression) => expression switch
        {
            SearchExpression.Words => true,
            SearchExpression.And all => all.Parts.Any(HasWords),
            SearchExpression.Or any => any.Parts.Any(HasWords),
            SearchExpression.Not not => HasWords(not.Part),
            _ => false,
        };

        static SearchExpression Expression(SearchScope scope, string type, List<SearchExpression> parts) =>
            scope.Compartment is { } compartment
                ? new SearchExpression.And(
                    [Compartments.Members(type, compartment, scope.BaseUrl), .. parts])
                : parts.Count == 1 ? parts[0] : new SearchExpression.And(parts);
    }
}
