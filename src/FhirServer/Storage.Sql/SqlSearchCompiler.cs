using FhirHub.Core.Search;

namespace FhirHub.Storage.Sql;

/// <summary>
/// From an expression to SQL, in two forms: a condition on one resource's number, and a statement that gives the
/// numbers of all that match. The second is for what few match; which of several conditions those are, it asks.
/// </summary>
/// <param name="numbers">What the texts in index rows are.</param>
/// <param name="moment">The moment searched.</param>
/// <param name="access">What the caller may see.</param>
/// <param name="links">How resources refer to one another.</param>
/// <param name="looks">What looks at the data tell.</param>
sealed partial class SqlSearchCompiler(
    IndexNumbers numbers,
    SqlMoment moment,
    AccessRule access,
    SqlLinks links,
    SqlLooks looks)
{
    const int UnionMax = 100;
    const int RowMax = 8;

    int _aliases;
    bool _isInsideAccess;
    SqlLinks? _linksOfRule;

    internal Func<SqlText, string?> First => looks.First;

    internal IndexNumbers Numbers => numbers;

    internal SqlMoment Moment => moment;

    /// <summary>How resources refer to one another, also in what a caller may see.</summary>
    internal SqlLinks Links => _isInsideAccess ? _linksOfRule ??= links.ById() : links;

    /// <summary>The conditions that must all be fulfilled, those of nested conjunctions included.</summary>
    internal static List<SearchExpression> Parts(SearchExpression expression)
    {
        var parts = new List<SearchExpression>();
        Flatten(expression, parts);
        return parts;
    }

    /// <summary>Appends a condition on a resource's number.</summary>
    internal void Filter(SqlText sql, SqlScope scope, SearchExpression expression, string rid)
    {
        switch (expression)
        {
            case SearchExpression.And all:
                Join(sql, all.Parts, " AND ", "1", part => Filter(sql, scope, part, rid));
                break;
            case SearchExpression.Or any:
                Join(sql, any.Parts, " OR ", "0", part => Filter(sql, scope, part, rid));
                break;
            case SearchExpression.Not not:
                Filter(sql.Add("NOT "), scope, not.Part, rid);
                break;
            case SearchExpression.Ids ids:
                var t = Alias();
                sql.Add($"EXISTS (SELECT 1 FROM resource {t} INDEXED BY resource_rid ")
                    .Add($"WHERE {t}.scope = ? AND {t}.rid = {rid} AND {t}.id IN (", scope.Number);
                AddList(sql, ids.Values);
                sql.Add("))");
                break;
            case SearchExpression.LastUpdated updated:
                sql.Add("(");
                moment.Version(sql, rid);
                sql.Add(" ").Add(Between(updated)).Add(")");
                break;
            case SearchExpression.OwnedBy owned:
                var v = Alias();
                moment.Version(sql.Add($"EXISTS (SELECT 1 FROM version {v} WHERE {v}.seq = "), rid)
                    .Add($" AND {v}.organization = ?)", owned.Organization);
                break;
            case SearchExpression.Missing missing:
                Missing(sql, scope, missing.Parameter.Url, rid);
                break;
            case SearchExpression.Unequal { Part: SearchExpression.Token other }:
                OtherToken(sql, scope, other, rid);
                break;
            case SearchExpression.Token { Code: null, System: { } system } token:
                System(sql, scope, token.Parameter.Url, system, rid);
                break;
            case SearchExpression.ReferenceIdentifier { Value: null, System: { } system } identifier:
                System(sql, scope, identifier.Parameter.Url, system, rid);
                break;
            case SearchExpression.TokenIn tokens:
                var tokenRows = new SqlLeaves(numbers, scope.Number).Rows(tokens.Parameter.Url);
                Rows(sql.Add("has_token_in("), scope, rid).Add(
                    ", ?, ?, ?)", tokenRows.Number, tokenRows.Mask, TokenSet.Of(tokens.Codes, numbers).Sorted);
                break;
            case SearchExpression.Composite composite:
                sql.Add("EXISTS (");
                Composites(sql, scope, composite, rid);
                sql.Add(")");
                break;
            case SearchExpression.InHierarchy hierarchy:
                InHierarchy(sql, scope, hierarchy, rid);
                break;
            case SearchExpression.Chain or SearchExpression.Has when IsDeep(expression):
                var deep = new SqlText();
                Exact(deep, scope, expression);
                sql.Add($"{rid} IN (SELECT rid FROM {sql.List(Alias(), deep)})");
                break;
            case SearchExpression.Chain chain:
                Chain(sql, scope, chain, rid);
                break;
            case SearchExpression.Has has:
                Has(sql, scope, has, rid);
                break;
            default:
                var on = new SqlLeaves(numbers, scope.Number).Of(expression);
                Join(sql, on, " OR ", "0", leaf => Probe(sql, leaf, rid));
                break;
        }
    }

    /// <summary>
    /// The resource's own rows tell. Of a composite that shares its rows, one element must have both components.
    /// </summary>
    void Missing(SqlText sql, SqlScope scope, string url, string rid)
    {
        var leaves = new SqlLeaves(numbers, scope.Number);
        if (numbers.Shared(scope.Number).ContainsKey(DerivedParameter.Component(url, 0)))
        {
            var (one, other) = (DerivedParameter.Component(url, 0), DerivedParameter.Component(url, 1));
            var (rows, others) = (leaves.Rows(one), leaves.Rows(other));
            Rows(sql.Add("NOT has_element("), scope, rid).Add(
                ", ?, ?, ?, ?, ?)",
                rows.Number,
                leaves.Rows(DerivedParameter.Text(one)).Number,
                others.Number,
                leaves.Rows(DerivedParameter.Text(other)).Number,
                rows.Mask & others.Mask);
            return;
        }

        var own = leaves.Rows(url);
        Rows(sql.Add("NOT has_parameter("), scope, rid).Add(
            ", ?, ?, ?, ?)",
            own.Number,
            leaves.Rows(DerivedParameter.Text(url)).Number,
            leaves.Rows(DerivedParameter.Component(url, 0)).Number,
            own.Mask);
    }

    /// <summary>Rows of one system are not together in their tree; the resource's own rows tell.</summary>
    void System(SqlText sql, SqlScope scope, string url, string system, string rid)
    {
        var rows = new SqlLeaves(numbers, scope.Number).Rows(url);
        Join(sql, SystemNumbers(system), " OR ", "0", number =>
            Rows(sql.Add("has_system("), scope, rid).Add(", ?, ?, ?)", rows.Number, number, rows.Mask));
    }

    /// <summary>Tokens have no tree by which a resource's other ones are found; its own rows tell.</summary>
    void OtherToken(SqlText sql, SqlScope scope, SearchExpression.Token token, string rid)
    {
        var rows = new SqlLeaves(numbers, scope.Number).Rows(token.Parameter.Url);
        long?[] systems = token.System is null ? [null] : [.. SystemNumbers(token.System)];
        Join(sql, systems, " AND ", "1", number =>
        {
            Rows(sql.Add("has_other_token("), scope, rid).Add(", ?, ?, ", rows.Number, rows.Mask);
            _ = token.Code is null ? sql.Add("NULL, ") : sql.Add("?, ", TokenText.Lower(token.Code));
            _ = number is { } system ? sql.Add("?)", system) : sql.Add("NULL)");
        });
    }

    /// <summary>What stands in rows for a system; that of booleans has two numbers.</summary>
    long[] SystemNumbers(string system)
    {
        var number = system.Length == 0 ? 0 : numbers.Name(system) is var id and not 0 ? id : long.MinValue;
        return SqlLeaves.IsOfBooleans(system) ? [number, TokenText.ImpliedSystem] : [number];
    }

    bool CanList(SqlScope scope, SearchExpression part) => CanList(part) || Unwanted(scope, part) is not null;

    /// <summary>Whether all that match can be listed without looking at every resource of the type.</summary>
    static bool CanList(SearchExpression expression) => expression switch
    {
        SearchExpression.And all => all.Parts.Any(CanList),
        SearchExpression.Or any => any.Parts.All(CanList),
        SearchExpression.Not or SearchExpression.Missing or SearchExpression.OwnedBy
            or SearchExpression.Unequal { Part: SearchExpression.Token } => false,
        SearchExpression.Chain chain => CanList(chain.Inner),
        SearchExpression.Has has => CanList(has.Inner),
        _ => true,
    };

    /// <summary>
    /// Appends a statement that gives the numbers of all that match, in no order and perhaps more than once.
    /// </summary>
    internal void Exact(SqlText sql, SqlScope scope, SearchExpression expression)
    {
        switch (expression)
        {
            case SearchExpression.And:
                var parts = Parts(expression);
                var lead = Rarest(scope, parts);
                var a = Alias();
                sql.Add($"SELECT {a}.rid FROM (");
                if (lead is null)
                {
                    All(sql, scope);
                }
                else
                {
                    Exact(sql, scope, lead);
                    parts.Remove(lead);
                }

                sql.Add($") {a} WHERE 1");
                parts.ForEach(part => Filter(sql.Add(" AND "), scope, part, $"{a}.rid"));
                break;
            case SearchExpression.Or any:
                Union(sql, any.Parts, part => Exact(sql, scope, part));
                break;
            case SearchExpression.Not when Unwanted(scope, expression) is { } unwanted:
                ListOthers(sql, scope, expression, unwanted);
                break;
            case SearchExpression.Not or SearchExpression.Missing or SearchExpression.OwnedBy
                or SearchExpression.Unequal { Part: SearchExpression.Token }:
                var n = Alias();
                All(sql.Add($"SELECT {n}.rid FROM ("), scope);
                Filter(sql.Add($") {n} WHERE "), scope, expression, $"{n}.rid");
                break;
            case SearchExpression.Ids ids:
                var t = Alias();
                sql.Add($"SELECT {t}.rid FROM resource {t} WHERE {t}.scope = ? AND {t}.id IN (", scope.Number);
                AddList(sql, ids.Values);
                Live(sql.Add(")"), scope, $"{t}.rid");
                break;
            case SearchExpression.LastUpdated updated:
                var v = Alias();
                sql.Add($"SELECT {v}.rid FROM version {v} INDEXED BY version_scope WHERE {v}.scope = ? ", scope.Number)
                    .Add($"AND {v}.seq ").Add(Between(updated)).Add($" AND {v}.seq = ");
                Live(moment.Version(sql, $"{v}.rid"), scope, $"{v}.rid");
                break;
            case SearchExpression.TokenIn tokens:
                TokenIn(sql, scope, tokens);
                break;
            case SearchExpression.Composite composite:
                Composites(sql, scope, composite, null);
                break;
            case SearchExpression.InHierarchy hierarchy:
                ListHierarchy(sql, scope, hierarchy);
                break;
            case SearchExpression.Chain chain:
                ListChain(sql, scope, chain);
                break;
            case SearchExpression.Has has:
                ListHas(sql, scope, has);
                break;
            default:
                Union(sql, new SqlLeaves(numbers, scope.Number).Of(expression), leaf => Rows(sql, scope, leaf));
                break;
        }
    }

    /// <summary>Appends the condition that a resource is among the matches of another, which are listed once.</summary>
    internal void FilterByList(SqlText sql, SqlScope scope, SearchExpression expression, string rid)
    {
        Exact(sql.Add($"{rid} IN ("), scope, expression);
        sql.Add(")");
    }

    /// <summary>Appends a statement that gives the numbers of all resources of a type.</summary>
    internal void All(SqlText sql, SqlScope scope)
    {
        var l = Alias();
        moment.Holds(sql.Add($"SELECT {l}.rid FROM live {l} WHERE {l}.scope = ?", scope.Number), l);
    }

    /// <summary>The part that the fewest resources match, as far as a look tells; null when none can lead.</summary>
    internal SearchExpression? Rarest(SqlScope scope, List<SearchExpression> parts)
    {
        var listed = parts.FindAll(part => CanList(scope, part));
        return listed.Count < 2
            ? listed.FirstOrDefault()
            : listed.MinBy(part => Estimate(scope, part) ?? long.MaxValue);
    }

    internal long? Estimate(SqlScope scope, SearchExpression part)
    {
        if (!CanList(scope, part))
        {
            return null;
        }

        var sql = new SqlText();
        Exact(sql, scope, part);
        return looks.Estimate(scope, sql, IsRange(part));
    }

    /// <summary>Whether a condition is that a value lies in a range.</summary>
    static bool IsRange(SearchExpression expression) => expression switch
    {
        SearchExpression.And all => all.Parts.Any(IsRange),
        SearchExpression.Or any => any.Parts.Any(IsRange),
        SearchExpression.Composite composite => composite.Parts.Any(IsRange),
        SearchExpression.Chain chain => IsRange(chain.Inner),
        SearchExpression.Has has => IsRange(has.Inner),
        SearchExpression.Date or SearchExpression.Number or SearchExpression.Quantity
            or SearchExpression.BaseQuantity or SearchExpression.LastUpdated => true,
        _ => false,
    };

    /// <summary>Appends the encoded rows of a resource.</summary>
    internal SqlText Rows(SqlText sql, SqlScope scope, string rid) => scope.IsContained
        ? moment.Rows(sql.Add("contained_rows("), SqlContained.Container(rid)).Add($", {rid})")
        : moment.Rows(sql, rid);

    /// <summary>The scope of another type of the same tenant.</summary>
    SqlScope Scope(string type) => new(type, numbers.Scope(type));

    /// <summary>What rows have that refer to a type: where none does not zero, which is no type's.</summary>
    long TypeName(string type) => numbers.Name(type) is var id and not 0 ? id : SqlLeaves.Unknown;

    void Rows(SqlText sql, SqlScope scope, SqlLeaf leaf)
    {
        var a = Alias();
        // The strings of what is contained are not taken apart.
        leaf = scope.IsContained ? leaf : leaf.AsList ?? leaf;
        moment.Holds(sql.Add($"SELECT {a}.rid FROM {leaf.From(a)} WHERE ").Add(leaf.On(a), leaf.Values), a);
    }

    /// <summary>Appends the condition that a resource has a row that fulfils another.</summary>
    internal void Probe(SqlText sql, SqlLeaf leaf, string rid)
    {
        var a = Alias();
        sql.Add($"EXISTS (SELECT 1 FROM {leaf.Probed(a)} WHERE ").Add(leaf.On(a), leaf.Values);
        moment.Holds(sql.Add($" AND {leaf.Own(a, rid)}"), a).Add(")");
    }

    void Live(SqlText sql, SqlScope scope, string rid)
    {
        var a = Alias();
        sql.Add($" AND EXISTS (SELECT 1 FROM live {a} WHERE {a}.scope = ? AND {a}.rid = {rid}", scope.Number);
        moment.Holds(sql, a).Add(")");
    }

    /// <summary>Rows of all components that belong to the same element: each combination of their conditions.</summary>
    void Composites(SqlText sql, SqlScope scope, SearchExpression.Composite composite, string? rid)
    {
        var leaves = new SqlLeaves(numbers, scope.Number);
        var combinations = new List<List<SqlLeaf>> { new() };
        for (var i = 0; i < composite.Parts.Count; i++)
        {
            var own = leaves.Of(composite.Parts[i], DerivedParameter.Component(composite.Parameter.Url, i));
            combinations = [.. combinations.SelectMany(_ => own, (all, leaf) => new List<SqlLeaf>(all) { leaf })];
        }

        Union(sql, combinations, combination => Elements(sql, combination, rid));
    }

    void Elements(SqlText sql, List<SqlLeaf> leaves, string? rid)
    {
        var aliases = leaves.ConvertAll(_ => Alias());
        sql.Add($"SELECT {aliases[0]}.rid FROM ");
        for (var i = 0; i < leaves.Count; i++)
        {
            var from = i == 0 && rid is null ? leaves[i].From(aliases[i]) : leaves[i].Probed(aliases[i]);
            sql.Add(i == 0 ? from : $" CROSS JOIN {from}");
        }

        sql.Add(" WHERE ");
        for (var i = 0; i < leaves.Count; i++)
        {
            moment.Holds(sql.Add(i == 0 ? "" : " AND ").Add(leaves[i].On(aliases[i]), leaves[i].Values), aliases[i]);
            sql.Add(i > 0 ? $" AND {aliases[i]}.rid = {aliases[0]}.rid AND {aliases[i]}.item = {aliases[0]}.item"
                : rid is null ? "" : $" AND {aliases[0]}.rid = {rid}");
        }
    }

    void TokenIn(SqlText sql, SqlScope scope, SearchExpression.TokenIn tokens)
    {
        var leaves = new SqlLeaves(numbers, scope.Number);
        var rows = leaves.Rows(tokens.Parameter.Url);
        var (j, t) = (Alias(), Alias());
        sql.Add(
            $"SELECT {t}.rid FROM json_each(?) {j} CROSS JOIN token {t} ON {t}.param = ? "
            + $"AND {t}.code = json_extract({j}.value, '$[0]') AND (json_extract({j}.value, '$[1]') IS NULL "
            + $"OR {t}.system IN (json_extract({j}.value, '$[1]'), -1)) WHERE 1{rows.Items(t)}",
            TokenSet.Of(tokens.Codes, numbers).List, rows.Number);
        moment.Holds(sql, t);
    }

    /// <summary>Versions are in the order of their times, so a range of times is a range of versions.</summary>
    static SqlText Between(SearchExpression.LastUpdated updated)
    {
        const string At = "coalesce((SELECT first FROM commits WHERE time >= ? ORDER BY time, position LIMIT 1), "
            + "9223372036854775807)";
        var (low, high) = (Milliseconds(updated.Range.Low), Milliseconds(updated.Range.High));
        return updated.Comparison switch
        {
            Comparison.Equal or Comparison.Approximate => new SqlText().Add($"BETWEEN {At} AND {At} - 1", low, high),
            Comparison.NotEqual => new SqlText().Add($"NOT BETWEEN {At} AND {At} - 1", low, high),
            Comparison.Greater or Comparison.StartsAfter => new SqlText().Add($">= {At}", high),
            Comparison.GreaterOrEqual => new SqlText().Add($">= {At}", low),
            Comparison.LessOrEqual => new SqlText().Add($"< {At}", high),
            _ => new SqlText().Add($"< {At}", low),
        };
    }

    /// <summary>The first whole millisecond from there on: times are kept to the millisecond.</summary>
    static long Milliseconds(DateTime time)
    {
        var ticks = time.Ticks - DateTime.UnixEpoch.Ticks;
        return (long)Math.Ceiling((decimal)ticks / TimeSpan.TicksPerMillisecond);
    }

    internal string Alias() => $"t{++_aliases}";

    static void AddList(SqlText sql, IReadOnlyList<string> values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            sql.Add(i == 0 ? "?" : ", ?", values[i]);
        }
    }

    static void Flatten(SearchExpression expression, List<SearchExpression> parts)
    {
        if (expression is SearchExpression.And all)
        {
            foreach (var part in all.Parts)
            {
                Flatten(part, parts);
            }
        }
        else
        {
            parts.Add(expression);
        }
    }

    /// <summary>
    /// In a row of rows: a database limits how deep an expression is, and a plain row is deep; its parser limits how
    /// much is open at the same time, and halves of halves leave much open.
    /// </summary>
    static void Join<T>(SqlText sql, IReadOnlyList<T> parts, string word, string none, Action<T> add)
    {
        if (parts.Count == 0)
        {
            sql.Add($"({none})");
            return;
        }

        var row = parts.Count <= RowMax ? parts.Count : (int)Math.Ceiling(Math.Sqrt(parts.Count));
        sql.Add(parts.Count > 1 ? "(" : "");
        for (var i = 0; i < parts.Count; i++)
        {
            sql.Add(i == 0 ? "" : i % row == 0 ? $"){word}" : word).Add(row < parts.Count && i % row == 0 ? "(" : "");
            add(parts[i]);
        }

        sql.Add(row < parts.Count ? ")" : "").Add(parts.Count > 1 ? ")" : "");
    }

    /// <summary>In groups, because a database limits how many statements one union has.</summary>
    static void Union<T>(SqlText sql, IReadOnlyList<T> parts, Action<T> add)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            var isGroup = parts.Count > UnionMax && i % UnionMax == 0;
            sql.Add(i == 0 ? "" : isGroup ? ") UNION ALL " : " UNION ALL ").Add(isGroup ? "SELECT rid FROM (" : "");
            add(parts[i]);
        }

        sql.Add(parts.Count == 0 ? "SELECT NULL AS rid WHERE 0" : parts.Count > UnionMax ? ")" : "");
    }
}

/// <summary>A type of a tenant and its number.</summary>
/// <param name="Type">The type.</param>
/// <param name="Number">The number.</param>
/// <param name="IsContained">Whether it is about resources inside others.</param>
readonly record struct SqlScope(string Type, int Number, bool IsContained = false);
