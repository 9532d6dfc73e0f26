using FhirHub.Core.Search;

namespace FhirHub.Storage.Sql;

/// <summary>What leads from one resource to another.</summary>
sealed partial class SqlSearchCompiler
{
    void Chain(SqlText sql, SqlScope scope, SearchExpression.Chain chain, string rid)
    {
        var target = Scope(chain.Type);
        var parameter = new SqlLeaves(numbers, scope.Number).Parameter(chain.Parameter.Url);
        var (t, r) = (Alias(), Alias());
        sql.Add($"EXISTS (SELECT 1 FROM reference {t} INDEXED BY reference_rid ")
            .Add($"CROSS JOIN resource {r} ON {r}.scope = ? AND {r}.id = {t}.id ", target.Number)
            .Add($"WHERE {t}.rid = {rid} AND {t}.param = ? AND {t}.type = ?", parameter, numbers.Name(chain.Type));
        Live(moment.Holds(sql, t), target, $"{r}.rid");
        Inside(sql, target, chain.Inner, $"{r}.rid");
        sql.Add(")");
    }

    void ListChain(SqlText sql, SqlScope scope, SearchExpression.Chain chain)
    {
        var target = Scope(chain.Type);
        var parameter = new SqlLeaves(numbers, scope.Number).Parameter(chain.Parameter.Url);
        var (c, t, r) = (Alias(), Alias(), Alias());
        sql.Add($"SELECT {t}.rid FROM (");
        ExactVisible(sql, target, chain.Inner);
        sql.Add($") {c} CROSS JOIN resource {r} INDEXED BY resource_rid ON {r}.scope = ? AND {r}.rid = {c}.rid "
            + $"CROSS JOIN reference {t} ON {t}.param = ? AND {t}.id = {r}.id WHERE {t}.type = ?",
            target.Number, parameter, numbers.Name(chain.Type));
        moment.Holds(sql, t);
    }

    void Has(SqlText sql, SqlScope scope, SearchExpression.Has has, string rid)
    {
        var source = Scope(has.Type);
        var parameter = new SqlLeaves(numbers, source.Number).Parameter(has.Parameter.Url);
        var (r, t) = (Alias(), Alias());
        sql.Add($"EXISTS (SELECT 1 FROM resource {r} INDEXED BY resource_rid CROSS JOIN reference {t} ")
            .Add($"ON {t}.param = ? AND {t}.id = {r}.id WHERE {r}.scope = ? AND {r}.rid = {rid} AND {t}.type = ?",
                parameter, scope.Number, numbers.Name(scope.Type));
        Inside(moment.Holds(sql, t), source, has.Inner, $"{t}.rid");
        sql.Add(")");
    }

    void ListHas(SqlText sql, SqlScope scope, SearchExpression.Has has)
    {
        var source = Scope(has.Type);
        var parameter = new SqlLeaves(numbers, source.Number).Parameter(has.Parameter.Url);
        var (c, t, r) = (Alias(), Alias(), Alias());
        sql.Add($"SELECT {r}.rid FROM (");
        ExactVisible(sql, source, has.Inner);
        sql.Add($") {c} CROSS JOIN reference {t} INDEXED BY reference_rid ON {t}.rid = {c}.rid AND {t}.param = ? "
            + $"CROSS JOIN resource {r} ON {r}.scope = ? AND {r}.id = {t}.id WHERE {t}.type = ?",
            parameter, scope.Number, numbers.Name(scope.Type));
        Live(moment.Holds(sql, t), scope, $"{r}.rid");
    }

    void Inside(SqlText sql, SqlScope scope, SearchExpression inner, string rid)
    {
        Filter(sql.Add(" AND "), scope, inner, rid);
        Allowed(sql, scope, rid);
    }

    /// <summary>Appends what the caller may see of a type, if there is a rule.</summary>
    internal void Allowed(SqlText sql, SqlScope scope, string rid)
    {
        if (!_isInsideAccess && access.For(scope.Type) is { } filter)
        {
            // What a caller may see is said of all resources; it is not itself cut by what he may see.
            _isInsideAccess = true;
            Filter(sql.Add(" AND "), scope, filter, rid);
            _isInsideAccess = false;
        }
    }

    void ExactVisible(SqlText sql, SqlScope scope, SearchExpression inner)
    {
        if (_isInsideAccess || access.For(scope.Type) is null)
        {
            Exact(sql, scope, inner);
            return;
        }

        var a = Alias();
        Exact(sql.Add($"SELECT {a}.rid FROM ("), scope, inner);
        sql.Add($") {a} WHERE 1");
        Inside(sql, scope, new SearchExpression.And([]), $"{a}.rid");
    }

    void InHierarchy(SqlText sql, SqlScope scope, SearchExpression.InHierarchy hierarchy, string rid)
    {
        var t = Alias();
        var parameter = new SqlLeaves(numbers, scope.Number).Parameter(hierarchy.Parameter.Url);
        sql.Add($"EXISTS (SELECT 1 FROM reference {t} INDEXED BY reference_rid WHERE {t}.rid = {rid} ")
            .Add($"AND {t}.param = ? AND {t}.type = ?", parameter, numbers.Name(hierarchy.Type));
        moment.Holds(sql, t).Add($" AND {t}.id IN (");
        Relatives(sql, hierarchy);
        sql.Add("))");
    }

    void ListHierarchy(SqlText sql, SqlScope scope, SearchExpression.InHierarchy hierarchy)
    {
        var (h, t) = (Alias(), Alias());
        var parameter = new SqlLeaves(numbers, scope.Number).Parameter(hierarchy.Parameter.Url);
        Relatives(sql.Add($"SELECT {t}.rid FROM ("), hierarchy);
        sql.Add($") {h} CROSS JOIN reference {t} ON {t}.param = ? AND {t}.id = {h}.id WHERE {t}.type = ?",
            parameter, numbers.Name(hierarchy.Type));
        moment.Holds(sql, t);
    }

    /// <summary>
    /// The ids of a resource and of all that it is part of, or that is part of it. Each is followed once, so circles
    /// end; how many there may be is a matter of the work that one search may do.
    /// </summary>
    void Relatives(SqlText sql, SearchExpression.InHierarchy hierarchy)
    {
        var scope = Scope(hierarchy.Type);
        var part = new SqlLeaves(numbers, scope.Number).Parameter(hierarchy.PartOf.Url);
        var (h, p, r) = (Alias(), Alias(), Alias());
        sql.Add($"WITH RECURSIVE {h}(id) AS (SELECT ? UNION SELECT ", hierarchy.Id)
            .Add(hierarchy.IsAbove ? $"{p}.id FROM {h} " : $"{r}.id FROM {h} ");
        if (hierarchy.IsAbove)
        {
            sql.Add($"CROSS JOIN resource {r} ON {r}.scope = ? AND {r}.id = {h}.id ", scope.Number)
                .Add($"CROSS JOIN reference {p} INDEXED BY reference_rid ON {p}.rid = {r}.rid ");
        }
        else
        {
            sql.Add($"CROSS JOIN reference {p} ON {p}.id = {h}.id ")
                .Add($"CROSS JOIN resource {r} INDEXED BY resource_rid ON {r}.scope = ? AND {r}.rid = {p}.rid ",
                    scope.Number);
        }

        sql.Add($"WHERE {p}.param = ? AND {p}.type = ?", part, numbers.Name(hierarchy.Type));
        Live(moment.Holds(sql, p), scope, $"{r}.rid");
        Allowed(sql, scope, $"{r}.rid");
        sql.Add($") SELECT id FROM {h}");
    }
}
