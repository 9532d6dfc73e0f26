using System.Runtime.CompilerServices;
using FhirHub.Core.Model;
using FhirHub.Core.Storage;
using FhirHub.Core.Terminology;
using FhirHub.Fhir.Documents;

namespace FhirHub.Core.Search;

/// <summary>
/// Puts codes in the place of value sets and of what lies above or below a code
/// (https://hl7.org/fhir/R4/search.html#token), so that a store sees codes only. What the terminology cannot say for
/// certain refuses the search: a guess would find the wrong people.
/// </summary>
public sealed class SearchTerminology(ITerminology terminology, IResourceStore store)
{
    static readonly ConditionalWeakTable<Expansion, IReadOnlyList<TokenCode>> Lists = [];

    /// <summary>The query without anything left to look up.</summary>
    public async ValueTask<SearchQuery> ResolveAsync(SearchQuery query, Caller caller, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (!query.Targets.Any(target => IsOpen(target.Expression)))
        {
            return query;
        }

        var others = new List<SearchTarget>();
        foreach (var other in query.Others)
        {
            others.Add(other with { Expression = await ResolveAsync(other.Expression, false, caller, cancel) });
        }

        return query with
        {
            Expression = await ResolveAsync(query.Expression, false, caller, cancel),
            Others = others,
        };
    }

    /// <summary>Whether something has to be looked up before a store can find it.</summary>
    public static bool IsOpen(SearchExpression expression) => expression switch
    {
        null => throw new ArgumentNullException(nameof(expression)),
        SearchExpression.TokenInValueSet or SearchExpression.TokenRelated => true,
        SearchExpression.And all => all.Parts.Any(IsOpen),
        SearchExpression.Or any => any.Parts.Any(IsOpen),
        SearchExpression.Not not => IsOpen(not.Part),
        SearchExpression.Chain chain => IsOpen(chain.Inner),
        SearchExpression.Has has => IsOpen(has.Inner),
        SearchExpression.Composite composite => composite.Parts.Any(IsOpen),
        _ => false,
    };

    /// <param name="expression">What is to be resolved.</param>
    /// <param name="isNegated">Whether what is not found counts, for which all that is must be known.</param>
    /// <param name="caller">Whose definitions are in force.</param>
    /// <param name="cancel">Gives up.</param>
    async ValueTask<SearchExpression> ResolveAsync(
        SearchExpression expression, bool isNegated, Caller caller, CancellationToken cancel)
    {
        switch (expression)
        {
            case SearchExpression.TokenInValueSet set:
                return await InValueSetAsync(set, isNegated, caller, cancel);
            case SearchExpression.TokenRelated related:
                return await RelatedAsync(related, caller, cancel);
            case SearchExpression.And all:
                return new SearchExpression.And(await ResolveAsync(all.Parts, isNegated, caller, cancel));
            case SearchExpression.Or any:
                return new SearchExpression.Or(await ResolveAsync(any.Parts, isNegated, caller, cancel));
            case SearchExpression.Not not:
                return new SearchExpression.Not(await ResolveAsync(not.Part, !isNegated, caller, cancel));
            case SearchExpression.Chain chain:
                return chain with { Inner = await ResolveAsync(chain.Inner, isNegated, caller, cancel) };
            case SearchExpression.Has has:
                return has with { Inner = await ResolveAsync(has.Inner, isNegated, caller, cancel) };
            case SearchExpression.Composite composite:
                return composite with { Parts = await ResolveAsync(composite.Parts, isNegated, caller, cancel) };
            default:
                return expression;
        }
    }

    async ValueTask<IReadOnlyList<SearchExpression>> ResolveAsync(
        IReadOnlyList<SearchExpression> parts, bool isNegated, Caller caller, CancellationToken cancel)
    {
        var resolved = new List<SearchExpression>(parts.Count);
        foreach (var part in parts)
        {
            resolved.Add(await ResolveAsync(part, isNegated, caller, cancel));
        }

        return resolved;
    }

    async ValueTask<SearchExpression> InValueSetAsync(
        SearchExpression.TokenInValueSet set, bool isNegated, Caller caller, CancellationToken cancel)
    {
        var url = await UrlAsync(set, caller, cancel);
        var answer = await terminology.ExpandAsync(url, ExpansionLimits.Search, caller, cancel);
        var expansion = Known(answer, $"{set.Parameter.Code}:{(isNegated ? "not-in" : "in")}");
        if (!expansion.IsComplete && isNegated)
        {
            throw new FhirException(
                ProblemKind.Invalid,
                "incomplete",
                $"'{set.Parameter.Code}:not-in': the value set draws on a code system that is here in part only, so "
                    + "nobody can say which codes are not in it.");
        }

        // The same list for the same expansion: what a store makes of it is kept as long as it is.
        return new SearchExpression.TokenIn(set.Parameter, Lists.GetValue(
            expansion, static one => [.. one.Codes.Select(c => Code(c.System, c.Code))]));
    }

    /// <summary>A value set may be named by its address on this server: <c>ValueSet/id</c>.</summary>
    async ValueTask<string> UrlAsync(SearchExpression.TokenInValueSet set, Caller caller, CancellationToken cancel)
    {
        const string Start = "ValueSet/";
        if (!set.ValueSet.StartsWith(Start, StringComparison.Ordinal))
        {
            return set.ValueSet;
        }

        var key = new ResourceKey(caller.Tenant, "ValueSet", set.ValueSet[Start.Length..]);
        var stored = await store.ReadAsync(key, null, caller.Access, cancel);
        return stored is { IsDeleted: false } && FhirDocument.ParseJson(stored.Json).Root.First("url").Text is { } url
            ? url
            : throw new FhirException(
                ProblemKind.Invalid,
                "not-found",
                $"'{set.Parameter.Code}:in': there is no {set.ValueSet} with a URL here; name the URL of a value set.");
    }

    async ValueTask<SearchExpression> RelatedAsync(
        SearchExpression.TokenRelated related, Caller caller, CancellationToken cancel)
    {
        var coding = new Coding(related.System, related.Code);
        var answer = related.IsAbove
            ? await terminology.AncestorsAsync(coding, ExpansionLimits.Search, caller, cancel)
            : await terminology.DescendantsAsync(coding, ExpansionLimits.Search, caller, cancel);
        var codings = Known(answer, $"{related.Parameter.Code}:{(related.IsAbove ? "above" : "below")}");
        return new SearchExpression.TokenIn(related.Parameter, [.. codings.Select(c => Code(c.System, c.Code))]);
    }

    /// <summary>A search that cannot be understood is a bad request, whatever it was that was not found.</summary>
    static T Known<T>(Answer<T> answer, string name) => answer.Problem is { } problem
        ? throw new FhirException(
            problem with
            {
                Kind = problem.Kind == ProblemKind.NotFound ? ProblemKind.Invalid : problem.Kind,
                Text = $"'{name}': {problem.Text}",
            })
        : answer.OrThrow();

    static TokenCode Code(string? system, string code) => new(system, code);
}
