using FhirHub.Core.Search;

namespace FhirHub.Storage.Sql;

/// <summary>What leads from one resource to another.</summary>
sealed partial class SqlSearchCompiler
{
    /// <summary>As many links are followed inside each other; a parser has room for some nine in all.</summary>
    const int LinksNested = 4;

    void Chain(SqlText sql, SqlScope scope, SearchExpression.Chain chain, string rid)
    {
        var target = Scope(chain.Type);
        var link = Links.Between(scope, chain.Parameter.Url, target);
        if (Inside(scope, chain, link) is not { } inner)
        {
            Exists(sql, link, rid, target, chain.Inner, isForward: true);
            return;
        }

        var (t, a) = (Alias(), Alias());
        Exists(sql.Add("("), link, rid, target, chain.Inner, isForward: true);
        sql.Add($" OR EXISTS (SELECT 1 FROM (SELECT {SqlContained.Target($"{t}.rid", $"{t}.id")} AS rid ")
            .Add($"FROM reference {t} INDEXED BY reference_rid WHERE {t}.rid = {rid} ")
            .Add($"AND {t}.param = ? ", link.Rows.Number)
            .Add($"AND {SqlContained.IsInside($"{t}.id")}");
        moment.Holds(sql.Add(link.Rows.Items(t)), t).Add($") {a} WHERE 1");
        Live(sql, inner, $"{a}.rid");
        Filter(sql.Add(" AND "), inner, ContainedResources.Condition(chain.Type, chain.Inner), $"{a}.rid");
        sql.Add("))");
    }

    /// <summary>
    /// The scope of what a chain finds inside the resource itself: "A chained condition will be evaluated inside
    /// contained resources". What is contained may be seen by whoever sees its container.
    /// </summary>
    SqlScope? Inside(SqlScope scope, SearchExpression.Chain chain, SqlLink link) =>
        !scope.IsContained && !_isInsideAccess
            && numbers.Scope(
                link.IsToEntry ? SqlContained.EntryScopeOf(chain.Type) : SqlContained.ScopeOf(chain.Type))
                is var number and not 0
            ? new SqlScope(chain.Type, number, IsContained: true)
            : null;

    void ListChain(SqlText sql, SqlScope scope, SearchExpression.Chain chain)
    {
        var target = Scope(chain.Type);
        var link = Links.Between(scope, chain.Parameter.Url, target);
        if (!link.IsToEntry)
        {
            ListLinked(sql, link, target, chain.Inner, isForward: false);
        }

        if (Inside(scope, chain, link) is { } inner)
        {
            var (c, t, list) = (Alias(), Alias(), new SqlText());
            Exact(list, inner, ContainedResources.Condition(chain.Type, chain.Inner));
            sql.Add($"{(link.IsToEntry ? "" : " UNION ALL ")}SELECT {t}.rid FROM {sql.List(Alias(), list)} {c} ")
                .Add($"CROSS JOIN reference {t} INDEXED BY reference_rid ")
                .Add($"WHERE {t}.rid = {SqlContained.Container($"{c}.rid")} AND {t}.param = ? ", link.Rows.Number)
                .Add($"AND {t}.id = {SqlContained.Id($"{c}.rid")}{link.Rows.Items(t)}");
            moment.Holds(sql, t);
        }
        else if (link.IsToEntry)
        {
            sql.Add("SELECT rid FROM reference WHERE 0");
        }
    }

    void Has(SqlText sql, SqlScope scope, SearchExpression.Has has, string rid)
    {
        var source = Scope(has.Type);
        if (!scope.IsContained)
        {
            Exists(sql, Links.Between(source, has.Parameter.Url, scope), rid, source, has.Inner, isForward: false);
            return;
        }

        // Only its container can refer to what is contained.
        var (t, rows) = (Alias(), Rows(source, has.Parameter.Url));
        sql.Add($"EXISTS (SELECT 1 FROM reference {t} INDEXED BY reference_rid ")
            .Add($"WHERE {t}.rid = {SqlContained.Container(rid)} AND {t}.id = {SqlContained.Id(rid)} ")
            .Add($"AND {t}.param = ?{rows.Items(t)}", rows.Number);
        Inside(moment.Holds(sql, t), source, has.Inner, $"{t}.rid");
        sql.Add(")");
    }

    void ListHas(SqlText sql, SqlScope scope, SearchExpression.Has has)
    {
        var source = Scope(has.Type);
        if (!scope.IsContained)
        {
            ListLinked(sql, Links.Between(source, has.Parameter.Url, scope), source, has.Inner, isForward: true);
            return;
        }

        var (c, t, a, rows) = (Alias(), Alias(), Alias(), Rows(source, has.Parameter.Url));
        var list = new SqlText();
        ExactVisible(list, source, has.Inner);
        sql.Add($"SELECT {a}.rid FROM (SELECT {SqlContained.Target($"{t}.rid", $"{t}.id")} AS rid ")
            .Add($"FROM {sql.List(Alias(), list)} {c} ")
            .Add($"CROSS JOIN reference {t} INDEXED BY reference_rid WHERE {t}.rid = {c}.rid ")
            .Add($"AND {t}.param = ?{rows.Items(t)} ", rows.Number)
            .Add($"AND {SqlContained.IsInside($"{t}.id")}");
        moment.Holds(sql, t).Add($") {a} WHERE 1");
        Live(sql, scope, $"{a}.rid");
    }

    ParameterRows Rows(SqlScope scope, string url) => new SqlLeaves(numbers, scope.Number).Rows(url);

    /// <summary>That a link leads from a resource to one that is so.</summary>
    void Exists(SqlText sql, SqlLink link, string rid, SqlScope other, SearchExpression inner, bool isForward)
    {
        if (link.IsToEntry)
        {
            sql.Add("0");
            return;
        }

        sql.Add("EXISTS (");
        string found;
        if (link.Ways is [var only])
        {
            found = Follow(sql, link, only, new SqlText(), rid, isForward);
        }
        else
        {
            var a = Alias();
            found = $"{a}.rid";
            sql.Add("SELECT 1 FROM (");
            Union(sql, link.Ways, way => Follow(sql, link, way, new SqlText(), rid, isForward));
            sql.Add($") {a} WHERE 1");
        }

        Inside(sql, other, inner, found);
        sql.Add(")");
    }

    /// <summary>All that a link leads to from those of a type that are so.</summary>
    void ListLinked(SqlText sql, SqlLink link, SqlScope from, SearchExpression inner, bool isForward)
    {
        var list = new SqlText();
        ExactVisible(list, from, inner);
        var c = sql.List(Alias(), list, isMaterialized: link.Ways.Count > 1);
        Union(sql, link.Ways, way =>
            Follow(sql, link, way, new SqlText().Add($"{c} CROSS JOIN "), $"{c}.rid", isForward));
    }

    /// <summary>Whether something leads on so often that conditions inside each other would have no end.</summary>
    internal static bool IsDeep(SearchExpression expression) => Depth(expression) > LinksNested;

    static int Depth(SearchExpression expression) => expression switch
    {
        SearchExpression.And all => all.Parts.Select(Depth).DefaultIfEmpty().Max(),
        SearchExpression.Or any => any.Parts.Select(Depth).DefaultIfEmpty().Max(),
        SearchExpression.Not not => Depth(not.Part),
        SearchExpression.Chain chain => Depth(chain.Inner) + 1,
        SearchExpression.Has has => Depth(has.Inner) + 1,
        SearchExpression.InHierarchy => 3, // as deep as so many links
        _ => 0,
    };

    /// <summary>
    /// Appends a statement that goes from resources to what they refer to, or from what is referred to to those that
    /// do, and can be given more conditions. Where the number of what it finds stands is the answer.
    /// </summary>
    string Follow(SqlText sql, SqlLink link, LinkWay way, SqlText from, string rid, bool isForward)
    {
        var (t, r) = (Alias(), Alias());
        var (found, items) = (isForward ? r : t, link.Rows.Items(t));
        sql.Add($"SELECT {found}.rid FROM ").Add(from);
        switch (way)
        {
            case LinkWay.Local:
                sql.Add(isForward
                        ? $"reference {t} INDEXED BY reference_rid CROSS JOIN resource {r} WHERE {t}.rid = {rid} "
                        : $"resource {r} INDEXED BY resource_rid CROSS JOIN reference {t} WHERE {r}.rid = {rid} ")
                    .Add($"AND {r}.scope = ? AND {t}.param = ?{items} AND {t}.type = ? AND {t}.id = {r}.id",
                        link.Target.Number, link.Rows.Number, TypeName(link.Target.Type));
                break;
            case LinkWay.OwnBase when isForward:
                sql.Add($"uri {t} INDEXED BY uri_rid CROSS JOIN resource {r} WHERE {t}.rid = {rid} ");
                Links.Begins(sql.Add($"AND {t}.param = ?{items}", link.Rows.Number), link.Target.Type, $"{t}.url")
                    .Add($" AND {r}.scope = ? AND {r}.id = substr({t}.url, ?)",
                        link.Target.Number, Links.Start(link.Target.Type).Length + 1);
                break;
            case LinkWay.OwnBase:
                sql.Add($"resource {r} INDEXED BY resource_rid CROSS JOIN uri {t} WHERE {r}.rid = {rid} ")
                    .Add($"AND {r}.scope = ? AND {t}.param = ?{items} AND {t}.url = ? || {r}.id",
                        link.Target.Number, link.Rows.Number, Links.Start(link.Target.Type));
                break;
            default:
                sql.Add(isForward
                        ? $"uri {t} INDEXED BY uri_rid CROSS JOIN uri {r} WHERE {t}.rid = {rid} "
                        : $"uri {r} INDEXED BY uri_rid CROSS JOIN uri {t} WHERE {r}.rid = {rid} ")
                    .Add($"AND {t}.param = ?{items} AND {r}.param = ? AND {t}.url = {r}.url",
                        link.Rows.Number, link.Url);
                OfVersion(moment.Holds(sql, r), link, $"{t}.version", $"{r}.rid");
                break;
        }

        moment.Holds(sql, t);
        if (isForward)
        {
            Live(sql, link.Target, $"{r}.rid");
        }

        return $"{found}.rid";
    }

    /// <summary>That a canonical names no version, or that of the resource.</summary>
    void OfVersion(SqlText sql, SqlLink link, string version, string rid)
    {
        var v = Alias();
        sql.Add($" AND ({version} = '' OR EXISTS (SELECT 1 FROM token {v} ")
            .Add($"WHERE {v}.param = ? AND {v}.code = lower({version}) AND {v}.rid = {rid}", link.Version);
        moment.Holds(sql, v).Add("))");
    }

    void Inside(SqlText sql, SqlScope scope, SearchExpression inner, string rid)
    {
        Filter(sql.Add(" AND "), scope, inner, rid);
        Allowed(sql, scope, rid);
    }

    /// <summary>Appends what the caller may see of a type, if there is a rule.</summary>
    internal void Allowed(SqlText sql, SqlScope scope, string rid)
    {
        if (_isInsideAccess)
        {
            return; // what a caller may see is said of all resources; it is not itself cut by what he may see
        }

        _isInsideAccess = true;
        if (scope.IsContained)
        {
            ContainerAllowed(sql, SqlContained.Container(rid));
        }
        else if (access.For(scope.Type) is { } filter)
        {
            Filter(sql.Add(" AND "), scope, filter, rid);
        }

        _isInsideAccess = false;
    }

    /// <summary>Appends that a resource of whatever type may be seen, and so what it contains.</summary>
    void ContainerAllowed(SqlText sql, string rid)
    {
        if (access.IsEverything)
        {
            return;
        }

        var scopes = ContainedResources.ContainerTypes.Select(Scope)
            .Where(scope => scope.Number != 0 && access.For(scope.Type) is not SearchExpression.Or { Parts.Count: 0 });
        Join(sql.Add(" AND "), [.. scopes], " OR ", "0", scope =>
        {
            var l = Alias();
            sql.Add($"EXISTS (SELECT 1 FROM live {l} WHERE {l}.scope = ? AND {l}.rid = {rid}", scope.Number);
            moment.Holds(sql, l);
            if (access.For(scope.Type) is { } filter)
            {
                Filter(sql.Add(" AND "), scope, filter, rid);
            }

            sql.Add(")");
        });
    }

    void ExactVisible(SqlText sql, SqlScope scope, SearchExpression inner)
    {
        if (_isInsideAccess || access.For(scope.Type) is null)
        {
            Exact(sql, scope, inner);
            return;
        }

        var (a, list) = (Alias(), new SqlText());
        Exact(list, scope, inner);
        sql.Add($"SELECT {a}.rid FROM {sql.List(Alias(), list)} {a} WHERE 1");
        Inside(sql, scope, new SearchExpression.And([]), $"{a}.rid");
    }
}
