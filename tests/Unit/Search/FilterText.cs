using System.Globalization;
using FhirHub.Core.Search;

namespace FhirHub.Unit.Search;

/// <summary>An expression on one line, for people and for comparison.</summary>
static class FilterText
{
    internal static string Of(SearchExpression expression) => expression switch
    {
        SearchExpression.And all => Joined(all.Parts, " & "),
        SearchExpression.Or any => Joined(any.Parts, " | "),
        SearchExpression.Not not => $"!{Of(not.Part)}",
        SearchExpression.Ids ids => $"_id {string.Join(',', ids.Values)}",
        SearchExpression.LastUpdated e => $"_lastUpdated {e.Comparison} {Of(e.Range)}",
        SearchExpression.Missing e => $"{e.Parameter.Code}?",
        SearchExpression.Token e => $"{e.Parameter.Code} = {(e.System is null ? "" : $"{e.System}|")}{e.Code ?? "*"}",
        SearchExpression.TokenInValueSet e => $"{e.Parameter.Code} in {e.ValueSet}",
        SearchExpression.TokenRelated e =>
            $"{e.Parameter.Code} {(e.IsAbove ? "above" : "below")} {e.System}|{e.Code}",
        SearchExpression.Unequal e => $"some ({Of(e.Part)}) else",
        SearchExpression.Text e => $"{e.Parameter.Code} {e.Match} '{e.Value}'",
        SearchExpression.Pinyin e => $"{e.Parameter.Code} spoken '{e.Key}'",
        SearchExpression.Date e => $"{e.Parameter.Code} {e.Comparison} {Of(e.Range)}",
        SearchExpression.Number e => $"{e.Parameter.Code} {e.Comparison} {Of(e.Test)}",
        SearchExpression.Quantity e => $"{e.Parameter.Code} {e.Comparison} {Of(e.Test)} {e.System}|{e.Unit}",
        SearchExpression.BaseQuantity e =>
            string.Create(CultureInfo.InvariantCulture, $"{e.Parameter.Code} {e.Comparison} {e.Value} in {e.Unit}"),
        SearchExpression.Reference e => $"{e.Parameter.Code} {e.Type}/{e.Id}",
        SearchExpression.Url e => $"{e.Parameter.Code} {e.Match} {e.Value}",
        SearchExpression.Chain e => $"{e.Parameter.Code}:{e.Type}.({Of(e.Inner)})",
        _ => throw new InvalidOperationException($"not written: {expression.GetType().Name}"),
    };

    static string Joined(IReadOnlyList<SearchExpression> parts, string word) =>
        $"({string.Join(word, parts.Select(Of))})";

    static string Of(DateRange range) =>
        string.Create(CultureInfo.InvariantCulture, $"{range.Low:yyyy-MM-ddTHH:mm:ssZ}..{range.High:yyyy-MM-ddTHH:mm:ssZ}");

    static string Of(NumberTest test) => test.Value.ToString(CultureInfo.InvariantCulture);
}
