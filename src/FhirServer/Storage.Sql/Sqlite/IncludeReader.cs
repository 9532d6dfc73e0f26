using System.Globalization;
using FhirHub.Core.Model;
using FhirHub.Core.Search;

namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>
/// What comes along with a page's matches: https://hl7.org/fhir/R4/search.html#revinclude. Each resource is followed
/// once, so circles end.
/// </summary>
sealed class IncludeReader(
    Database database, Names names, SearchQuery query, SqlSearchCompiler compiler, SqlMoment moment)
{
    const int IncludedMax = 1_000;

    readonly HashSet<ResourceKey> _matched = [];
    readonly HashSet<(ResourceKey Key, long Version)> _known = [];
    readonly List<StoredResource> _included = [];

    internal (IReadOnlyList<StoredResource> Resources, bool IsCut) Read(IReadOnlyList<StoredResource> matches)
    {
        _matched.UnionWith(matches.Select(m => m.Key));
        // An asterisk stands for references of all types, most of which a store has none of.
        var includes = query.Includes.Where(i => Scope(i.SourceType).Number != 0).ToList();
        var isFirst = true;
        for (var wave = matches; wave.Count > 0; isFirst = false)
        {
            var start = _included.Count;
            foreach (var include in includes.Where(i => i.IsIterated || isFirst))
            {
                foreach (var resource in wave)
                {
                    Follow(include, resource);
                    if (_included.Count > IncludedMax)
                    {
                        _included.RemoveRange(IncludedMax, _included.Count - IncludedMax);
                        return (_included, true);
                    }
                }
            }

            wave = _included[start..];
        }

        return (_included, false);
    }

    void Follow(Include include, StoredResource from)
    {
        if (include.IsReverse)
        {
            if (include.TargetType is null || include.TargetType == from.Key.Type)
            {
                Referring(include, from);
            }
        }
        else if (include.SourceType == from.Key.Type)
        {
            Referred(include, from.Key);
        }
    }

    void Referred(Include include, ResourceKey from)
    {
        var source = Scope(from.Type);
        foreach (var parameter in include.Parameters)
        {
            var rows = new SqlLeaves(compiler.Numbers, source.Number).Rows(parameter.Url);
            foreach (var (type, id, version) in References(source, from.Id, rows))
            {
                if (include.TargetType is null || include.TargetType == type)
                {
                    Add(type, new SearchExpression.Ids([id]), version);
                }
            }

            if (!compiler.Links.HasUrls(rows.Number))
            {
                continue;
            }

            foreach (var (url, version) in Canonicals(source, from.Id, rows))
            {
                if (compiler.Links.Local(url) is not { } local)
                {
                    AddCanonical(include, parameter.Targets, url, version);
                }
                else if (include.TargetType is null || include.TargetType == local.Type)
                {
                    Add(local.Type, new SearchExpression.Ids([local.Id]));
                }
            }
        }
    }

    void Referring(Include include, StoredResource to)
    {
        var leaves = new SqlLeaves(compiler.Numbers, Scope(include.SourceType).Number);
        foreach (var parameter in include.Parameters)
        {
            var any = new List<SearchExpression>
            {
                new SearchExpression.Reference(parameter, to.Key.Type, to.Key.Id),
            };
            if (compiler.Links.HasUrls(leaves.Rows(parameter.Url).Number))
            {
                any.AddRange(Urls(to).Select(url => new SearchExpression.Url(parameter, url.Url, url.Version)));
            }

            Add(include.SourceType, any.Count == 1 ? any[0] : new SearchExpression.Or(any));
        }
    }

    /// <summary>By what URLs a resource is referred to: its address, and the URL that it says is its own.</summary>
    IEnumerable<(string Url, string? Version)> Urls(StoredResource to)
    {
        if (compiler.Links.Address(to.Key.Type, to.Key.Id) is { } address)
        {
            yield return (address, null);
        }

        if (CanonicalUrls.ParametersOf(to.Key.Type) is not null && CanonicalUrls.Of(to) is ({ } url, var version))
        {
            yield return (url, "");
            if (version is not null)
            {
                yield return (url, version);
            }
        }
    }

    /// <summary>What a canonical reference means is the resource of that URL and version.</summary>
    void AddCanonical(Include include, IReadOnlyList<string> targets, string url, string version)
    {
        foreach (var type in targets.Where(t => include.TargetType is null || include.TargetType == t))
        {
            if (ParameterCatalog.R4.TryGet(type, "url", out var ofUrl))
            {
                SearchExpression match = new SearchExpression.Url(ofUrl, url);
                if (version.Length > 0 && ParameterCatalog.R4.TryGet(type, "version", out var ofVersion))
                {
                    match = new SearchExpression.And([match, new SearchExpression.Token(ofVersion, null, version)]);
                }

                Add(type, match);
            }
        }
    }

    /// <summary>
    /// Adds what matches and may be seen, in the version that a reference names: "if a resource has a reference that
    /// is versioned and _include is performed, the specified version SHOULD be provided". What the page has as a match
    /// does not come a second time.
    /// </summary>
    void Add(string type, SearchExpression expression, string version = "")
    {
        var scope = Scope(type);
        if (scope.Number == 0)
        {
            return;
        }

        var (sql, a) = (new SqlText(), compiler.Alias());
        compiler.Exact(sql.Add($"SELECT DISTINCT {a}.rid FROM ("), scope, expression);
        compiler.Allowed(sql.Add($") {a} WHERE 1"), scope, $"{a}.rid");
        sql.Add($" ORDER BY {a}.rid DESC LIMIT ?", IncludedMax + 1);
        var rids = new List<long>();
        using (var select = database.Composed(sql))
        {
            while (select.Step())
            {
                rids.Add(select.Long(0));
            }
        }

        foreach (var rid in rids)
        {
            var resource = VersionReader.At(database, names, rid, moment.Seq);
            if (long.TryParse(version, CultureInfo.InvariantCulture, out var named) && named < resource.Version)
            {
                resource = VersionReader.Read(database, names, resource.Key, named) is { IsDeleted: false } earlier
                    ? earlier
                    : resource;
            }

            if (!_matched.Contains(resource.Key) && _known.Add((resource.Key, resource.Version)))
            {
                _included.Add(resource);
            }
        }
    }

    List<(string Type, string Id, string Version)> References(SqlScope source, string id, ParameterRows rows)
    {
        var found = new List<(string, string, string)>();
        using var select = database.Composed(RowsOf("reference", "t.type, t.id, t.version", source, id, rows));
        while (select.Step())
        {
            if (select.Int(0) > 0)
            {
                found.Add((names.TextOf(database, select.Int(0)), select.Text(1), select.Text(2)));
            }
        }

        return found;
    }

    List<(string Url, string Version)> Canonicals(SqlScope source, string id, ParameterRows rows)
    {
        var found = new List<(string, string)>();
        using var select = database.Composed(RowsOf("uri", "t.url, t.version", source, id, rows));
        while (select.Step())
        {
            found.Add((select.Text(0), select.Text(1)));
        }

        return found;
    }

    /// <summary>The statement that gives the rows which a resource has of a parameter in a table.</summary>
    SqlText RowsOf(string table, string columns, SqlScope source, string id, ParameterRows rows) => moment.Holds(
        new SqlText().Add(
            $"SELECT {columns} FROM resource r CROSS JOIN {table} t INDEXED BY {table}_rid "
            + $"ON t.rid = r.rid AND t.param = ?{rows.Items("t")} WHERE r.scope = ? AND r.id = ?",
            rows.Number, source.Number, id),
        "t");

    SqlScope Scope(string type) => new(type, compiler.Numbers.Scope(type));
}
