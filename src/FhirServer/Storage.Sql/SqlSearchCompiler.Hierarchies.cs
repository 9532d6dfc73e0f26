using FhirHub.Core.Search;

namespace FhirHub.Storage.Sql;

/// <summary>What is part of a resource, or what it is part of: https://hl7.org/fhir/R4/search.html#recursive</summary>
sealed partial class SqlSearchCompiler
{
    void InHierarchy(SqlText sql, SqlScope scope, SearchExpression.InHierarchy hierarchy, string rid)
    {
        var link = Links.Between(scope, hierarchy.Parameter.Url, Scope(hierarchy.Type));
        Join(sql, link.WaysById, " OR ", "0", way =>
        {
            var t = Alias();
            sql.Add(way == LinkWay.Local
                    ? $"EXISTS (SELECT 1 FROM reference {t} INDEXED BY reference_rid "
                    : $"EXISTS (SELECT 1 FROM uri {t} INDEXED BY uri_rid ")
                .Add($"WHERE {t}.rid = {rid} AND {t}.param = ?{link.Rows.Items(t)}", link.Rows.Number);
            var id = IdOf(sql, link, way, t);
            moment.Holds(sql, t).Add($" AND {id} IN (");
            Relatives(sql, hierarchy);
            sql.Add("))");
        });
    }

    void ListHierarchy(SqlText sql, SqlScope scope, SearchExpression.InHierarchy hierarchy)
    {
        var link = Links.Between(scope, hierarchy.Parameter.Url, Scope(hierarchy.Type));
        Union(sql, link.WaysById, way =>
        {
            var (h, t) = (Alias(), Alias());
            Relatives(sql.Add($"SELECT {t}.rid FROM ("), hierarchy);
            sql.Add($") {h} CROSS JOIN ");
            Referring(sql, link, way, t, $"{h}.id");
            moment.Holds(sql, t);
        });
    }

    /// <summary>
    /// The ids of a resource and of all that it is part of, or that is part of it. Each is followed once, so circles
    /// end; how many there may be is a matter of the work that one search may do.
    /// </summary>
    void Relatives(SqlText sql, SearchExpression.InHierarchy hierarchy)
    {
        var scope = Scope(hierarchy.Type);
        var link = Links.Between(scope, hierarchy.PartOf.Url, scope);
        var h = Alias();
        sql.Add($"WITH RECURSIVE {h}(id) AS (SELECT ?", hierarchy.Id);
        foreach (var way in link.WaysById)
        {
            var (p, r) = (Alias(), Alias());
            if (hierarchy.IsAbove)
            {
                var step = new SqlText();
                var id = IdOf(step, link, way, p);
                sql.Add($" UNION SELECT {id} FROM {h} CROSS JOIN resource {r} CROSS JOIN ")
                    .Add(way == LinkWay.Local
                        ? $"reference {p} INDEXED BY reference_rid "
                        : $"uri {p} INDEXED BY uri_rid ")
                    .Add($"WHERE {r}.scope = ? AND {r}.id = {h}.id AND {p}.rid = {r}.rid ", scope.Number)
                    .Add($"AND {p}.param = ?{link.Rows.Items(p)}", link.Rows.Number)
                    .Add(step);
            }
            else
            {
                Referring(sql.Add($" UNION SELECT {r}.id FROM {h} CROSS JOIN "), link, way, p, $"{h}.id", r);
                sql.Add($" AND {r}.scope = ? AND {r}.rid = {p}.rid", scope.Number);
            }

            Live(moment.Holds(sql, p), scope, $"{r}.rid");
            Allowed(sql, scope, $"{r}.rid");
        }

        sql.Add($") SELECT id FROM {h}");
    }

    /// <summary>Appends that a row refers to the type, and gives where the id stands.</summary>
    string IdOf(SqlText sql, SqlLink link, LinkWay way, string t)
    {
        if (way == LinkWay.Local)
        {
            sql.Add($" AND {t}.type = ?", TypeName(link.Target.Type));
            return $"{t}.id";
        }

        Links.Begins(sql, link.Target.Type, $"{t}.url");
        return $"substr({t}.url, {Links.Start(link.Target.Type).Length + 1})";
    }

    /// <summary>Appends the rows that refer to an id, and perhaps the resources they are of.</summary>
    void Referring(SqlText sql, SqlLink link, LinkWay way, string t, string id, string? resource = null)
    {
        var items = link.Rows.Items(t);
        var with = resource is null ? "" : $" CROSS JOIN resource {resource} INDEXED BY resource_rid";
        _ = way == LinkWay.Local
            ? sql.Add($"reference {t}{with} WHERE {t}.param = ?{items} AND {t}.id = {id} AND {t}.type = ?",
                link.Rows.Number, TypeName(link.Target.Type))
            : sql.Add($"uri {t}{with} WHERE {t}.param = ?{items} AND {t}.url = ? || {id}",
                link.Rows.Number, Links.Start(link.Target.Type));
    }
}
