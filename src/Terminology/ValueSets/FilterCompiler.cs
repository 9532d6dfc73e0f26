using System.Text.RegularExpressions;
using FhirHub.Core.Model;
using FhirHub.Terminology.CodeSystems;
using FhirHub.Terminology.ValueSets.Ecl;

namespace FhirHub.Terminology.ValueSets;

/// <summary>
/// From a filter to a test of a code system's concepts: https://hl7.org/fhir/R4/valueset-filter-operator.html. The two
/// operators R5 adds to R4's are understood as well: <c>child-of</c> and <c>descendent-leaf</c>.
/// </summary>
sealed class FilterCompiler
{
    /// <summary>The property that expressions of SNOMED CT are filters on.</summary>
    internal const string Constraint = "constraint";

    static readonly TimeSpan RegexTimeout = TimeSpan.FromMilliseconds(100);

    readonly CodeSystem _system;
    readonly ConceptFilter _filter;
    readonly FilterProperty _property;

    FilterCompiler(CodeSystem system, ConceptFilter filter)
    {
        (_system, _filter) = (system, filter);
        _property = FilterProperty.Of(system, filter.Property)
            ?? throw Invalid("property", $"{system.Canonical} has no property '{filter.Property}'.");
    }

    Hierarchy Hierarchy => _system.Hierarchy;

    internal static CompiledFilter Compile(CodeSystem system, ConceptFilter filter) =>
        (system.Url == Snomed.Url ? OfSnomed(system, filter) : null) ?? new FilterCompiler(system, filter).Compile();

    /// <summary>Filters that only SNOMED CT has: https://hl7.org/fhir/R4/snomedct.html</summary>
    static CompiledFilter? OfSnomed(CodeSystem system, ConceptFilter filter) => filter switch
    {
        { Property: Constraint, Operator: "=" } =>
            EclEvaluator.Compile(system, filter.Value, $"{filter.Path}.value"),
        { Property: "concept", Operator: "in" } => EclEvaluator.Members(system, filter.Value.Split(',')),
        { Property: Snomed.RefsetProperty, Operator: "=" } => EclEvaluator.Members(system, [filter.Value]),
        { Property: Snomed.RefsetProperty, Operator: "exists", Value: "refset" } => EclEvaluator.Refsets(system),
        _ => null,
    };

    CompiledFilter Compile()
    {
        switch (_filter.Operator)
        {
            case "=":
                return Among([_filter.Value]);
            case "in":
                return Among(Listed());
            case "not-in":
                return Not(Among(Listed()));
            case "is-a":
                return Below(Named());
            case "is-not-a":
                return Not(Below(Named()));
            case "regex":
                return Matching(Pattern());
            case "exists":
                return Existing();
            case "descendent-of":
                var top = Named();
                return Closed(c => c != top && Hierarchy.Subsumes(top, c), () => Without(top));
            case "generalizes":
                var bottom = Named();
                return Closed(c => Hierarchy.Subsumes(c, bottom), () => Hierarchy.Ancestors(bottom));
            case "child-of":
                var parent = Named();
                return Closed(
                    c => Hierarchy.Parents(c).Contains(parent), () => Hierarchy.Children(parent).ToArray());
            case "descendent-leaf":
                var above = Named();
                bool IsLeaf(int c) => c != above && Hierarchy.Children(c).IsEmpty;
                return Closed(
                    c => IsLeaf(c) && Hierarchy.Subsumes(above, c),
                    () => [.. Hierarchy.Descendants(above).Where(IsLeaf)]);
            default:
                throw Invalid("op", $"'{_filter.Operator}' is no filter operator of R4.");
        }
    }

    /// <summary>Subsumption of the concept itself, or of a concept that a property names.</summary>
    CompiledFilter Below(int top)
    {
        if (_property.IsConcept)
        {
            return Closed(c => Hierarchy.Subsumes(top, c), () => Hierarchy.Descendants(top));
        }

        return new CompiledFilter(concept =>
        {
            foreach (var value in _property.Values(concept))
            {
                if (_system.Find(value) is >= 0 and var named && Hierarchy.Subsumes(top, named))
                {
                    return true;
                }
            }

            return false;
        });
    }

    /// <summary>A filter on the place in the hierarchy, which only the concept itself has.</summary>
    CompiledFilter Closed(Func<int, bool> test, Func<IReadOnlyList<int>> candidates) => _property.IsConcept
        ? new CompiledFilter(test, candidates)
        : throw Invalid(
            "property", $"'{_filter.Operator}' is about a place in the hierarchy; the property is then 'concept'.");

    CompiledFilter Among(IReadOnlyList<string> values)
    {
        if (!_property.IsConcept)
        {
            return new CompiledFilter(concept =>
            {
                foreach (var value in _property.Values(concept))
                {
                    if (values.Any(asked => _property.IsSame(value, asked)))
                    {
                        return true;
                    }
                }

                return false;
            });
        }

        var concepts = values.Select(_system.Find).Where(concept => concept >= 0).Distinct().ToList();
        var set = concepts.ToHashSet();
        return new CompiledFilter(set.Contains, () => concepts);
    }

    CompiledFilter Matching(Regex pattern) => new(concept =>
    {
        try
        {
            foreach (var value in _property.Values(concept))
            {
                if (pattern.IsMatch(value))
                {
                    return true;
                }
            }

            return false;
        }
        catch (RegexMatchTimeoutException)
        {
            throw new FhirException(
                ProblemKind.Unprocessable, "too-costly",
                "This regular expression takes too long; write it without lookarounds and back-references.",
                $"{_filter.Path}.value");
        }
    });

    CompiledFilter Existing()
    {
        var wanted = _filter.Value switch
        {
            "true" => true,
            "false" => false,
            _ => throw Invalid("value", "'exists' takes true or false."),
        };
        return new CompiledFilter(concept => _property.HasAny(concept) == wanted);
    }

    /// <summary>The whole value must match: published value sets rely on it for codes of three letters.</summary>
    Regex Pattern()
    {
        var whole = $@"\A(?:{_filter.Value})\z";
        try
        {
            return new Regex(
                whole, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Regex.InfiniteMatchTimeout);
        }
        catch (NotSupportedException)
        {
            // Lookarounds and back-references need backtracking; the timeout keeps that in bounds.
            return new Regex(whole, RegexOptions.CultureInvariant, RegexTimeout);
        }
        catch (ArgumentException wrong)
        {
            throw Invalid("value", $"This is no regular expression: {wrong.Message}");
        }
    }

    /// <summary>The concept the filter's value names.</summary>
    int Named()
    {
        if (_property is { IsConcept: false, NamesConcepts: false })
        {
            throw Invalid(
                "property", $"'{_filter.Operator}' is about concepts, and '{_filter.Property}' does not name any.");
        }

        var concept = _system.Find(_filter.Value);
        return concept >= 0
            ? concept
            : throw Invalid(
                "value",
                _system.IsComplete
                    ? $"{_system.Canonical} has no code '{_filter.Value}'."
                    : $"The part of {_system.Canonical} that is here has no code '{_filter.Value}'.");
    }

    string[] Listed() => _filter.Value.Split(',', StringSplitOptions.TrimEntries);

    int[] Without(int top) => [.. Hierarchy.Descendants(top).Where(concept => concept != top)];

    static CompiledFilter Not(CompiledFilter filter) => new(concept => !filter.Test(concept));

    FhirException Invalid(string element, string text) =>
        new(ProblemKind.Unprocessable, "invalid", text, $"{_filter.Path}.{element}");
}
