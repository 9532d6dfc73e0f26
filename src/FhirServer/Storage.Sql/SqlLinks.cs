using FhirHub.Core.Search;
using FhirHub.Fhir.Definitions;

namespace FhirHub.Storage.Sql;

/// <summary>
/// How the resources of a search refer to one another. Most do by type and id; what does by a URL is looked for only
/// where a parameter has URLs at all, so that nobody else pays for it.
/// </summary>
/// <param name="numbers">What the texts in index rows are.</param>
/// <param name="baseUrl">The server's own base, with which references may begin; null when nobody knows.</param>
/// <param name="hasUrls">Whether a parameter has any row with a URL.</param>
sealed class SqlLinks(IndexNumbers numbers, string? baseUrl, Func<long, bool> hasUrls)
{
    readonly Dictionary<long, bool> _hasUrls = [];

    /// <summary>The ways by which resources of one type refer to those of another by a parameter.</summary>
    internal SqlLink Between(SqlScope source, SearchParameterSchema parameter, SqlScope target)
    {
        var rows = new SqlLeaves(numbers, source.Number).Rows(parameter.Url);
        var link = new SqlLink(rows, target, [LinkWay.Local]);
        if (!HasUrls(rows.Number))
        {
            return link;
        }

        if (baseUrl is not null)
        {
            link = link with { Ways = [.. link.Ways, LinkWay.OwnBase] };
        }

        var leaves = new SqlLeaves(numbers, target.Number);
        return Find(target.Type, "url", SearchParameterType.Uri) is { } url
            ? link with
            {
                Ways = [.. link.Ways, LinkWay.Canonical],
                Url = leaves.Rows(url.Url).Number,
                Version = Find(target.Type, "version", SearchParameterType.Token) is { } version
                    ? leaves.Rows(version.Url).Number
                    : 0,
            }
            : link;
    }

    /// <summary>
    /// The same without alternatives that no row can fulfil: a parameter of references that has no URL.
    /// </summary>
    internal SearchExpression Pruned(SqlScope scope, SearchExpression expression)
    {
        switch (expression)
        {
            case SearchExpression.And all:
                return new SearchExpression.And([.. all.Parts.Select(part => Pruned(scope, part))]);
            case SearchExpression.Or any:
                var parts = any.Parts.Where(part => !IsVain(scope, part)).Select(part => Pruned(scope, part)).ToList();
                return parts.Count == 1 ? parts[0] : new SearchExpression.Or(parts);
            case SearchExpression.Not not:
                return new SearchExpression.Not(Pruned(scope, not.Part));
            case SearchExpression.Chain chain:
                return chain with { Inner = Pruned(Scope(chain.Type), chain.Inner) };
            case SearchExpression.Has has:
                return has with { Inner = Pruned(Scope(has.Type), has.Inner) };
            default:
                return expression;
        }
    }

    /// <summary>What references to resources of this server's type begin with when they are absolute.</summary>
    internal string Start(string type) => $"{baseUrl}/{type}/";

    /// <summary>The address of a resource; null when nobody knows the base.</summary>
    internal string? Address(string type, string id) => baseUrl is null ? null : $"{baseUrl}/{type}/{id}";

    /// <summary>The type and id behind the server's own base; null for an address of something else.</summary>
    internal (string Type, string Id)? Local(string url) =>
        baseUrl is not null && url.StartsWith($"{baseUrl}/", StringComparison.Ordinal)
            && url[(baseUrl.Length + 1)..].Split('/') is [var type, var id]
            ? (type, id)
            : null;

    /// <summary>Appends that a URL begins so.</summary>
    internal SqlText Begins(SqlText sql, string type, string url) =>
        sql.Add($" AND {url} >= ? AND {url} < ?", Start(type), $"{baseUrl}/{type}0");

    bool IsVain(SqlScope scope, SearchExpression part) =>
        part is SearchExpression.Url { Match: UrlMatch.Equal, Parameter: { Type: SearchParameterType.Reference } parameter }
            && !HasUrls(new SqlLeaves(numbers, scope.Number).Rows(parameter.Url).Number);

    internal bool HasUrls(long parameter)
    {
        if (!_hasUrls.TryGetValue(parameter, out var has))
        {
            _hasUrls.Add(parameter, has = parameter > 0 && hasUrls(parameter));
        }

        return has;
    }

    SqlScope Scope(string type) => new(type, numbers.Scope(type));

    static SearchParameterSchema? Find(string type, string code, SearchParameterType kind) =>
        ParameterCatalog.R4.TryGet(type, code, out var parameter) && parameter.Type == kind ? parameter : null;
}

/// <summary>A parameter that leads to a type.</summary>
/// <param name="Rows">Where its rows are.</param>
/// <param name="Target">The type.</param>
/// <param name="Ways">How it may lead there.</param>
sealed record SqlLink(ParameterRows Rows, SqlScope Target, IReadOnlyList<LinkWay> Ways)
{
    /// <summary>The number of the parameter that has the URL of the target.</summary>
    internal long Url { get; init; }

    /// <summary>The number of the one that has its version.</summary>
    internal long Version { get; init; }

    /// <summary>The ways that name the target's id.</summary>
    internal IReadOnlyList<LinkWay> WaysById => [.. Ways.Where(way => way != LinkWay.Canonical)];
}

/// <summary>How a reference leads to a resource.</summary>
enum LinkWay : byte
{
    /// <summary>It names type and id.</summary>
    Local,

    /// <summary>It names the whole address here.</summary>
    OwnBase,

    /// <summary>It names the URL that the resource says is its own, perhaps with a version.</summary>
    Canonical,
}
