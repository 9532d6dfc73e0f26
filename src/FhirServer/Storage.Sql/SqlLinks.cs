using FhirHub.Core.Search;

namespace FhirHub.Storage.Sql;

/// <summary>
/// How the resources of a search refer to one another. Most do by type and id; what does by a URL is looked for only
/// where a parameter has URLs at all, so that nobody else pays for it.
/// </summary>
/// <param name="numbers">What the texts in index rows are.</param>
/// <param name="baseUrl">The server's own base, with which references may begin; null when nobody knows.</param>
/// <param name="hasUrls">Whether a parameter has any row with a URL from one to another, both included.</param>
sealed class SqlLinks(IndexNumbers numbers, string? baseUrl, Func<long, string, string, bool> hasUrls)
{
    const string Last = "\U0010FFFF"; // comes behind every URL

    readonly Dictionary<long, bool> _hasUrls = [];

    /// <summary>The ways by which resources of one type refer to those of another by a parameter.</summary>
    internal SqlLink Between(SqlScope source, string parameter, SqlScope target)
    {
        var rows = new SqlLeaves(numbers, source.Number).Rows(parameter);
        if (Links.Inline.Contains(parameter))
        {
            return new SqlLink(rows, target, []);
        }

        var link = new SqlLink(rows, target, [LinkWay.Local]);
        if (!HasUrls(rows.Number))
        {
            return link;
        }

        // References to other servers are no way to a resource here.
        if (baseUrl is not null && hasUrls(rows.Number, Start(target.Type), Behind(target.Type)))
        {
            link = link with { Ways = [.. link.Ways, LinkWay.OwnBase] };
        }

        var leaves = new SqlLeaves(numbers, target.Number);
        return CanonicalUrls.ParametersOf(target.Type) is var (url, version)
            ? link with
            {
                Ways = [.. link.Ways, LinkWay.Canonical],
                Url = leaves.Rows(url).Number,
                Version = version is null ? 0 : leaves.Rows(version).Number,
            }
            : link;
    }

    /// <summary>
    /// The same without alternatives that no row can fulfil: a URL that nothing refers by. So what refers to other
    /// servers slows down nobody who searches for what is here.
    /// </summary>
    /// <param name="scope">The type that the expression is about.</param>
    /// <param name="expression">The expression.</param>
    /// <param name="isChained">Whether a chain asks it, which looks inside the resource itself, too.</param>
    internal SearchExpression Pruned(SqlScope scope, SearchExpression expression, bool isChained = false)
    {
        switch (expression)
        {
            case SearchExpression.And all:
                return new SearchExpression.And([.. all.Parts.Select(part => Pruned(scope, part, isChained))]);
            case SearchExpression.Or any:
                var parts = any.Parts.Where(part => !IsVain(scope, part, isChained))
                    .Select(part => Pruned(scope, part, isChained)).ToList();
                return parts.Count == 1 ? parts[0] : new SearchExpression.Or(parts);
            case SearchExpression.Not not:
                return new SearchExpression.Not(Pruned(scope, not.Part, isChained));
            case SearchExpression.Chain chain:
                return chain with { Inner = Pruned(Scope(chain.Type), chain.Inner, isChained: true) };
            case SearchExpression.Has has:
                return has with { Inner = Pruned(Scope(has.Type), has.Inner) };
            default:
                return expression;
        }
    }

    /// <summary>
    /// Only references by type and id, for a rule of what a caller may see: what he calls the server, and what URL he
    /// gives a resource of his own, must not lead him to more.
    /// </summary>
    internal SqlLinks ById() => new(numbers, null, static (_, _, _) => false);

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
        sql.Add($" AND {url} >= ? AND {url} < ?", Start(type), Behind(type));

    /// <summary>The first text that does not begin so any more: a zero comes behind the slash.</summary>
    string Behind(string type) => $"{baseUrl}/{type}0";

    bool IsVain(SqlScope scope, SearchExpression part, bool isChained) =>
        part is SearchExpression.Url { Match: UrlMatch.Equal, IsReference: true } url
            && !HasUrl(scope.Number, url)
            && !(isChained && (HasUrl(numbers.Scope(SqlContained.ScopeOf(scope.Type)), url)
                || HasUrl(numbers.Scope(SqlContained.EntryScopeOf(scope.Type)), url)));

    bool HasUrl(int scope, SearchExpression.Url url) =>
        scope != 0 && new SqlLeaves(numbers, scope).Rows(url.Parameter.Url).Number is var parameter
            && HasUrls(parameter) && hasUrls(parameter, url.Value, url.Value);

    internal bool HasUrls(long parameter)
    {
        if (!_hasUrls.TryGetValue(parameter, out var has))
        {
            _hasUrls.Add(parameter, has = parameter > 0 && hasUrls(parameter, "", Last));
        }

        return has;
    }

    SqlScope Scope(string type) => new(type, numbers.Scope(type));
}

/// <summary>A parameter that leads to a type.</summary>
/// <param name="Rows">Where its rows are.</param>
/// <param name="Target">The type.</param>
/// <param name="Ways">How it may lead there; none where the bundle has what is meant as an entry of its own.</param>
sealed record SqlLink(ParameterRows Rows, SqlScope Target, IReadOnlyList<LinkWay> Ways)
{
    /// <summary>Whether it leads to nothing but an entry of the same bundle.</summary>
    internal bool IsToEntry => Ways.Count == 0;

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
