using System.Diagnostics;
using FhirHub.Fhir.Definitions;
using static FhirHub.Core.Search.Parsing.FilterLexer;

namespace FhirHub.Core.Search.Parsing;

/// <summary>
/// From a filter as it is written to what a resource must be. What each operation means for each type of parameter is
/// the table at https://hl7.org/fhir/R4/search_filter.html#ops
/// </summary>
/// <param name="criteria">Who knows names and follows references.</param>
/// <param name="values">Who reads values.</param>
sealed class FilterBinder(CriterionParser criteria, ValueParser values)
{
    /// <summary>"For convenience", says the specification, these stand for their code systems.</summary>
    static readonly Dictionary<string, string> Systems = new(StringComparer.OrdinalIgnoreCase)
    {
        ["loinc"] = "http://loinc.org",
        ["snomed"] = "http://snomed.info/sct",
        ["rxnorm"] = "http://www.nlm.nih.gov/research/umls/rxnorm",
        ["ucum"] = "http://unitsofmeasure.org",
    };

    /// <summary>Some time or other, which every resource was, and what one contains was not.</summary>
    static readonly SearchExpression Changed =
        new SearchExpression.LastUpdated(DateRange.Open, Comparison.GreaterOrEqual);

    internal SearchExpression Bind(string type, FilterNode node) => node switch
    {
        FilterNode.And all => new SearchExpression.And([.. all.Parts.Select(part => Bind(type, part))]),
        FilterNode.Or any => new SearchExpression.Or([.. any.Parts.Select(part => Bind(type, part))]),
        FilterNode.Not not => new SearchExpression.Not(Bind(type, not.Part)),
        _ => Test(type, (FilterNode.Test)node),
    };

    SearchExpression Test(string type, FilterNode.Test test)
    {
        // An empty set, or one without any such concept: this is said of all that the path leads to together.
        var isOfNone = test.Operation.Text == "ni" || (test.Operation.Text == "pr" && !Truth(test.Value));
        var found = Path(type, test, 0);
        return isOfNone ? new SearchExpression.Not(found) : found;
    }

    SearchExpression Path(string type, FilterNode.Test test, int step)
    {
        if (step == test.Links.Count)
        {
            return Compared(type, test);
        }

        var (name, inner) = test.Links[step];
        var parameter = criteria.Parameter(type, name.Text, At(name));
        if (parameter.Type != SearchParameterType.Reference)
        {
            throw Wrong(name.Place, $"'{name.Text}' is no reference, so a path cannot go on behind it.");
        }

        return criteria.Chained(parameter, target => inner is null
            ? Path(target, test, step + 1)
            : new SearchExpression.And([Bind(target, inner), Path(target, test, step + 1)]));
    }

    SearchExpression Compared(string type, FilterNode.Test test)
    {
        var (name, operation, value) = (test.Name, test.Operation, test.Value);
        switch (name.Text)
        {
            case "_id":
                Check(name, operation, "is the id", ["eq", "ne", "pr"]);
                var ids = new SearchExpression.Ids([value.Text]);
                return operation.Text switch
                {
                    "pr" => new SearchExpression.And([]),
                    "ne" => new SearchExpression.Not(ids),
                    _ => ids,
                };
            case "_lastUpdated":
                string[] known = ["eq", "ne", "gt", "lt", "ge", "le", "ap", "sa", "eb", "po", "pr"];
                Check(name, operation, "is a point in time", known);
                return operation.Text switch
                {
                    "pr" => Changed,
                    "po" => values.LastUpdated(Label(test), $"eq{value.Text}"),
                    _ => values.LastUpdated(Label(test), operation.Text + value.Text),
                };
            case "_text" or "_content":
                _ = criteria.Parameter(type, name.Text, At(name));
                Check(name, operation, "is all the words of a text", ["co"]);
                return criteria.Words(type, name.Text, At(value), value.Text);
            case var special when CriterionParser.IsSpecial(special):
                throw Wrong(name.Place, $"'{special}' has no place in a filter; make it a parameter beside '_filter'.");
        }

        var parameter = criteria.Parameter(type, name.Text, At(name));
        Check(
            name,
            operation,
            $"is of type {parameter.Type.ToString().ToLowerInvariant()}",
            [.. OperationsOf(parameter.Type), "pr"]);
        if (operation.Text == "pr")
        {
            return new SearchExpression.Not(new SearchExpression.Missing(parameter));
        }

        return parameter.Type switch
        {
            SearchParameterType.String => Text(parameter, test),
            SearchParameterType.Token => Token(parameter, test),
            SearchParameterType.Date => Date(parameter, test),
            SearchParameterType.Uri when operation.Text == "ne" =>
                new SearchExpression.Unequal(parameter, Read(parameter, test, SearchSyntax.Escaped(value.Text))),
            SearchParameterType.Uri or SearchParameterType.Reference =>
                Read(parameter, test, SearchSyntax.Escaped(value.Text)),
            _ when operation.Text == "co" => Containing(Read(parameter, test, WithSystem(value.Text, 1))),
            _ => Read(parameter, test, operation.Text + WithSystem(value.Text, 1)),
        };
    }

    static string[] OperationsOf(SearchParameterType type) => type switch
    {
        SearchParameterType.String => ["eq", "ne", "co", "sw", "ew", "gt", "lt", "ge", "le"],
        SearchParameterType.Token => ["eq", "ne", "ss", "sb", "in", "ni"],
        SearchParameterType.Date => ["eq", "ne", "co", "gt", "lt", "ge", "le", "ap", "sa", "eb", "po"],
        SearchParameterType.Uri => ["eq", "ne"],
        SearchParameterType.Reference => ["re"],
        SearchParameterType.Number or SearchParameterType.Quantity =>
            ["eq", "ne", "co", "gt", "lt", "ge", "le", "ap", "sa", "eb"],
        _ => [],
    };

    SearchExpression Text(SearchParameterSchema parameter, FilterNode.Test test)
    {
        if (SearchText.Bare(test.Value.Text).Length == 0)
        {
            throw Wrong(test.Value.Place, "nothing of the value counts in a search; give it a letter or a digit.");
        }

        if (test.Operation.Text == "sw")
        {
            return Read(parameter, test, SearchSyntax.Escaped(test.Value.Text));
        }

        return new SearchExpression.Text(parameter, test.Value.Text, test.Operation.Text switch
        {
            "ne" => TextMatch.NotWhole,
            "co" => TextMatch.Contains,
            "ew" => TextMatch.End,
            "gt" => TextMatch.Greater,
            "lt" => TextMatch.Less,
            "ge" => TextMatch.GreaterOrEqual,
            "le" => TextMatch.LessOrEqual,
            _ => parameter.Code is "name" or "phonetic" ? TextMatch.WholeName : TextMatch.Whole,
        });
    }

    SearchExpression Token(SearchParameterSchema parameter, FilterNode.Test test)
    {
        var value = WithSystem(test.Value.Text, 0);
        switch (test.Operation.Text)
        {
            case "in" or "ni" or "ss" or "sb":
                var modifier = test.Operation.Text switch
                {
                    "ss" => "below", // the value subsumes the concept
                    "sb" => "above",
                    _ => "in",
                };
                var text = modifier == "in" ? SearchSyntax.Escaped(test.Value.Text) : value;
                return values.Read(parameter, [], modifier, Label(test), text);
            case "ne":
                return Read(parameter, test, value) switch
                {
                    SearchExpression.Or any => new SearchExpression.And(
                        [.. any.Parts.Select(part => new SearchExpression.Unequal(parameter, part))]),
                    var one => new SearchExpression.Unequal(parameter, one),
                };
            default:
                return Read(parameter, test, value);
        }
    }

    SearchExpression.Date Date(SearchParameterSchema parameter, FilterNode.Test test) => test.Operation.Text switch
    {
        // Approximate asks for an overlap with a range that its reader has widened; this one stays as it is written.
        "po" => AsWritten(parameter, test) with { Comparison = Comparison.Approximate },
        "co" => AsWritten(parameter, test) with { Comparison = Comparison.Contains },
        _ => values.Date(parameter, Label(test), test.Operation.Text + test.Value.Text),
    };

    /// <summary>The number lies in what is stored: a range, or the same number.</summary>
    static SearchExpression Containing(SearchExpression expression) => expression switch
    {
        SearchExpression.Number number => number with { Comparison = Comparison.Contains },
        SearchExpression.Quantity quantity => quantity with { Comparison = Comparison.Contains },
        SearchExpression.BaseQuantity quantity => quantity with { Comparison = Comparison.Contains },
        _ => throw new UnreachableException(expression.GetType().Name),
    };

    SearchExpression.Date AsWritten(SearchParameterSchema parameter, FilterNode.Test test) =>
        values.Date(parameter, Label(test), $"eq{test.Value.Text}");

    SearchExpression Read(SearchParameterSchema parameter, FilterNode.Test test, string value) =>
        values.Read(parameter, [], null, Label(test), value);

    /// <summary>The value with the whole name of a code system for its short one.</summary>
    static string WithSystem(string value, int part)
    {
        var parts = value.Split('|');
        if (parts.Length < 2 || !Systems.TryGetValue(parts[part], out var system))
        {
            return value;
        }

        parts[part] = system;
        return string.Join('|', parts);
    }

    static bool Truth(FilterWord value) => value.Text.ToLowerInvariant() switch
    {
        "true" => true,
        "false" => false,
        _ => throw Wrong(value.Place, "'pr' takes true or false."),
    };

    static void Check(FilterWord name, FilterWord operation, string kind, string[] known)
    {
        if (!known.Contains(operation.Text))
        {
            throw Wrong(
                operation.Place,
                $"'{name.Text}' {kind}, and takes no '{operation.Text}' but: {string.Join(", ", known)}.");
        }
    }

    static string At(FilterWord word) => $"'_filter', character {word.Place}: ";

    /// <summary>What messages about a value call it, which put it in quotes.</summary>
    static string Label(FilterNode.Test test) => $"_filter', character {test.Value.Place}, '{test.Name.Text}";
}
