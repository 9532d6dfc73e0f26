using FhirHub.Core.Search;
using FhirHub.Core.Storage;

namespace FhirHub.Storage.Sql;

/// <summary>
/// Decides how one page of a type is found, and says it in SQL. There are three ways: collect all that match the rarest
/// condition and sort; walk a condition whose rows are in the order of resources; walk the values of the sort key. The
/// last two cost what is on the page, not what matches, as long as the other conditions are not rare.
/// </summary>
/// <param name="compiler">Makes the conditions.</param>
/// <param name="scope">The type.</param>
/// <param name="order">The order of the matches.</param>
/// <param name="count">How many are on a page, one more included that tells whether there is another.</param>
/// <param name="typeSize">About how many resources the type has.</param>
sealed class SqlPage(
    SqlSearchCompiler compiler, SqlScope scope, SqlOrder order, int count, Func<long> typeSize)
{
    /// <summary>Whether the statement counts what its conditions come by.</summary>
    internal bool IsCounted { get; init; }

    /// <summary>What is collected at once, whatever the other ways would cost.</summary>
    const int FewMax = 200;

    /// <summary>What asking a resource about a condition costs against reading a row in order.</summary>
    const int ProbeCost = 4;

    const string Probed = "probed";

    /// <summary>As many words can be listed while one resource is asked for them.</summary>
    const int ListedWords = 90;

    internal List<SearchStep> Steps { get; } = [];

    /// <summary>
    /// Statements that give rid, k0, k1, … of the page's matches in their order; the second is for what the page lacks
    /// after the first.
    /// </summary>
    internal List<SqlText> Of(SearchExpression expression)
    {
        var parts = SqlSearchCompiler.Parts(expression);
        var walked = WalkedTable();
        var canWalk = order.Keys.Count == 0 || walked is not null;
        if (order.Keys.Count == 0 && parts.Count <= 1 && parts.TrueForAll(IsOrdered))
        {
            return [Walked(parts, parts.ConvertAll(_ => (long?)null))];
        }

        var estimates = parts.ConvertAll(part => compiler.Estimate(scope, part));
        var rarest = Rarest(estimates);
        var matches = rarest < 0 ? null : estimates[rarest];
        if (order.Keys.Count == 0 && matches > FewMax && Starts(parts[rarest]) is { } starts)
        {
            return [StartsWalked(parts, rarest, starts, estimates)];
        }

        return !canWalk || matches <= FewMax || matches <= CostOfWalk(matches ?? 0)
            ? [Collected(parts, rarest, estimates)]
            : walked is null ? [Walked(parts, estimates)]
            : order.IsBackward ? [Unsorted(parts, estimates), SortWalk(parts, walked, estimates)]
            : [SortWalk(parts, walked, estimates), Unsorted(parts, estimates)];
    }

    static int Rarest(List<long?> estimates)
    {
        var rarest = -1;
        for (var i = 0; i < estimates.Count; i++)
        {
            if (estimates[i] is { } estimate && (rarest < 0 || estimate < estimates[rarest]))
            {
                rarest = i;
            }
        }

        return rarest;
    }

    /// <summary>The rows a walk passes until the page is full, if the rarest condition is spread evenly.</summary>
    long CostOfWalk(long matches) => typeSize() / Math.Max(matches, 1) * count * ProbeCost;

    /// <summary>All that match the lead, those that match the rest, sorted.</summary>
    SqlText Collected(List<SearchExpression> parts, int lead, List<long?> estimates)
    {
        var (outer, a) = (new SqlText(), compiler.Alias());
        outer.Add("SELECT * FROM (");
        Keys(outer.Add($"SELECT DISTINCT {a}.rid AS rid"), $"{a}.rid");
        outer.Add(" FROM (");
        if (lead < 0)
        {
            compiler.All(outer, scope);
            Step($"all of {scope.Type}", "collected and sorted", null);
        }
        else
        {
            compiler.Exact(outer, scope, parts[lead]);
            Step(Name(parts[lead]), "collected and sorted", estimates[lead]);
        }

        outer.Add($") {a} WHERE 1");
        Rest(outer, parts, lead, $"{a}.rid", estimates);
        outer.Add(") WHERE 1");
        order.Behind(outer);
        order.By(outer);
        return outer.Add(" LIMIT ?", count);
    }

    /// <summary>A condition whose rows are in the order of the page, each asked for the rest.</summary>
    SqlText Walked(List<SearchExpression> parts, List<long?> estimates)
    {
        var lead = OrderedLead(parts, estimates);
        var (sql, a) = (new SqlText(), compiler.Alias());
        sql.Add($"SELECT DISTINCT {a}.rid AS rid FROM ");
        if (lead < 0)
        {
            compiler.Moment.Holds(sql.Add($"live {a} WHERE {a}.scope = ?", scope.Number), a);
            Step($"all of {scope.Type}", "walked in order", null);
        }
        else
        {
            var leaf = new SqlLeaves(compiler.Numbers, scope.Number).Of(parts[lead])[0];
            if (leaf.AsWalk is { } walk)
            {
                return TextWalked(parts, lead, leaf, walk, estimates);
            }

            compiler.Moment.Holds(sql.Add($"{leaf.From(a)} WHERE ").Add(leaf.On(a), leaf.Values), a);
            Step(Name(parts[lead]), "walked in order", estimates[lead]);
        }

        Rest(sql, parts, lead, $"{a}.rid", estimates);
        order.Behind(sql, $"{a}.rid");
        return sql.Add($" ORDER BY {a}.rid {(order.IsBackward ? "ASC" : "DESC")} LIMIT ?", count);
    }

    /// <summary>
    /// Texts in the order of their resources, each asked for the rest: those of the index as many as the page holds,
    /// and behind them the few that wait for it.
    /// </summary>
    SqlText TextWalked(
        List<SearchExpression> parts, int lead, SqlLeaf leaf, TextWalk walk, List<long?> estimates)
    {
        var (sql, a, b) = (new SqlText(), compiler.Alias(), compiler.Alias());
        var way = order.IsBackward ? "ASC" : "DESC";
        Step(Name(parts[lead]), "walked in order by full text", estimates[lead]);
        // When a string holds its own row tells, so the text of a resource, which is another page, need not.
        var isText = leaf.Table == "text";
        var rid = isText ? $"{a}.rid" : TextNumber.Rid("w.rowid");
        sql.Add($"SELECT DISTINCT rid AS rid FROM (SELECT rid FROM (SELECT DISTINCT {rid} AS rid FROM {walk.Index} w ")
            .Add(isText ? $"CROSS JOIN text {a} ON {a}.id = w.rowid " : "")
            .Add($"WHERE w.{walk.Index} MATCH ?", walk.Match);
        order.BehindText(sql, "w.rowid");
        Texts(isText ? a : null, rid);
        sql.Add($" ORDER BY w.rowid {way} LIMIT ?) UNION ALL ", count)
            .Add($"SELECT {b}.rid FROM text_waiting n CROSS JOIN text {b} ON {b}.id = n.id ")
            .Add("WHERE n.scope = ? AND n.gone = 0", walk.Scope);
        _ = walk.Waiting.Length == 0 ? sql : sql.Add($" AND {walk.Waiting}", walk.WaitingValue);
        var told = Steps.Count;
        Texts(b, $"{b}.rid");
        Steps.RemoveRange(told, Steps.Count - told);
        return sql.Add($") ORDER BY rid {way} LIMIT ?", count);

        void Texts(string? text, string rid)
        {
            _ = text is null ? sql : compiler.Moment.Holds(sql, text);
            if (!isText)
            {
                compiler.Probe(sql.Add(" AND "), leaf, rid);
            }

            Rest(sql, parts, lead, rid, estimates);
            order.Behind(sql, rid);
        }
    }

    /// <summary>The strings that a condition on the beginning of strings comes down to; null for any other.</summary>
    (SqlLeaf Leaf, StringStart Start, List<string> Strings)? Starts(SearchExpression part) =>
        SqlLeaves.Are(part)
            && new SqlLeaves(compiler.Numbers, scope.Number).Of(part) is [{ AsStart: { } start } leaf]
            && start.Strings(compiler.First) is { } strings
            ? (leaf, start, strings)
            : null;

    /// <summary>The resources of each of a few strings in order, as many of each as the page holds.</summary>
    SqlText StartsWalked(
        List<SearchExpression> parts,
        int lead,
        (SqlLeaf Leaf, StringStart Start, List<string> Strings) starts,
        List<long?> estimates)
    {
        var way = order.IsBackward ? "ASC" : "DESC";
        var sql = new SqlText().Add("SELECT DISTINCT rid AS rid FROM (");
        Step(Name(parts[lead]), "walked in order, its strings beside each other", estimates[lead]);
        var told = Steps.Count;
        foreach (var (i, value) in starts.Strings.Index())
        {
            Steps.RemoveRange(told, Steps.Count - told);
            var a = compiler.Alias();
            sql.Add(i == 0 ? "" : " UNION ALL ")
                .Add($"SELECT rid FROM (SELECT DISTINCT {a}.rid AS rid FROM string {a} WHERE ")
                .Add(starts.Start.On(starts.Leaf, a, value));
            compiler.Moment.Holds(sql, a);
            Rest(sql, parts, lead, $"{a}.rid", estimates);
            order.Behind(sql, $"{a}.rid");
            sql.Add($" ORDER BY {a}.rid {way} LIMIT ?)", count);
        }

        return sql.Add(starts.Strings.Count == 0 ? "SELECT NULL AS rid WHERE 0" : "")
            .Add($") ORDER BY rid {way} LIMIT ?", count);
    }

    /// <summary>The values of the one sort key in their order; a resource counts by the row it is sorted by.</summary>
    SqlText SortWalk(List<SearchExpression> parts, string table, List<long?> estimates)
    {
        var key = order.Keys[0];
        var (sql, a) = (new SqlText(), compiler.Alias());
        var column = table == "date" ? "low" : table == "string" ? "folded" : "code";
        var rows = new SqlLeaves(compiler.Numbers, scope.Number).Rows(key.Parameter.Url);
        sql.Add($"SELECT DISTINCT {a}.rid AS rid, {a}.{column} AS k0 FROM {table} {a} ")
            .Add($"WHERE {a}.param = ?{rows.Items(a)}", rows.Number);
        compiler.Moment.Holds(sql, a);
        order.BehindValue(sql, $"{a}.{column}", $"{a}.rid");
        SqlOrder.Value(sql.Add($" AND {a}.{column} = "), compiler, scope, key, $"{a}.rid");
        Step($"_sort={key.Parameter.Code}", "walked in order", null);
        Rest(sql, parts, -1, $"{a}.rid", estimates);
        var way = key.IsDescending != order.IsBackward ? "DESC" : "ASC";
        return sql.Add($" ORDER BY {a}.{column} {way}, {a}.rid {(order.IsBackward ? "ASC" : "DESC")} LIMIT ?", count);
    }

    /// <summary>What has no value of the one sort key, which comes behind all others.</summary>
    SqlText Unsorted(List<SearchExpression> parts, List<long?> estimates)
    {
        var (sql, a) = (new SqlText(), compiler.Alias());
        sql.Add($"SELECT {a}.rid AS rid, NULL AS k0 FROM live {a} WHERE {a}.scope = ?", scope.Number);
        compiler.Moment.Holds(sql, a);
        order.BehindNothing(sql, $"{a}.rid");
        SqlOrder.Value(sql.Add(" AND "), compiler, scope, order.Keys[0], $"{a}.rid");
        sql.Add(" IS NULL");
        Rest(sql, parts, -1, $"{a}.rid", estimates);
        return sql.Add($" ORDER BY {a}.rid {(order.IsBackward ? "ASC" : "DESC")} LIMIT ?", count);
    }

    /// <summary>The table whose order is that of the one sort key; null when there is none.</summary>
    string? WalkedTable() => order.Keys is [{ Kind: var kind }]
        ? kind switch
        {
            SortKind.Date => "date",
            SortKind.Text => "string",
            SortKind.Token => "token",
            _ => null,
        }
        : null;

    /// <summary>The rarest condition whose rows are in the order of resources; -1 when there is none.</summary>
    int OrderedLead(List<SearchExpression> parts, List<long?> estimates)
    {
        var lead = -1;
        for (var i = 0; i < parts.Count; i++)
        {
            if (IsOrdered(parts[i])
                && (lead < 0 || (estimates[i] ?? long.MaxValue) < (estimates[lead] ?? long.MaxValue)))
            {
                lead = i;
            }
        }

        return lead;
    }

    bool IsOrdered(SearchExpression part) => SqlLeaves.Are(part)
        && new SqlLeaves(compiler.Numbers, scope.Number).Of(part) is [var leaf]
        && (leaf.IsOrdered || leaf.AsWalk is not null);

    void Keys(SqlText sql, string rid)
    {
        for (var i = 0; i < order.Keys.Count; i++)
        {
            SqlOrder.Value(sql.Add(", "), compiler, scope, order.Keys[i], rid);
            sql.Add($" AS k{i}");
        }
    }

    /// <summary>Every condition but the lead, the rarest first, and what the caller may see.</summary>
    void Rest(SqlText sql, List<SearchExpression> parts, int lead, string rid, List<long?> estimates)
    {
        var rest = Enumerable.Range(0, parts.Count).Where(i => i != lead)
            .OrderBy(i => estimates[i] ?? long.MaxValue);
        foreach (var i in rest)
        {
            if (IsListed(parts[i], estimates[i], lead < 0 ? null : estimates[lead]))
            {
                compiler.FilterByList(sql.Add(" AND "), scope, parts[i], rid);
                Step(Name(parts[i]), "listed and looked up", estimates[i]);
                continue;
            }

            Probe(sql, parts[i], rid);
            Step(Name(parts[i]), Probed, estimates[i]);
        }

        compiler.Allowed(sql, scope, rid);
    }

    void Probe(SqlText sql, SearchExpression part, string rid)
    {
        sql.Add(IsCounted ? $" AND CASE WHEN counted({Asked(Steps.Count)}) AND " : " AND ");
        compiler.Filter(sql, scope, part, rid);
        sql.Add(IsCounted ? $" THEN counted({True(Steps.Count)}) END" : "");
    }

    /// <summary>Under which number a step counts the resources it was asked of.</summary>
    static int Asked(int step) => step * 2;

    /// <summary>And those of which it is true.</summary>
    static int True(int step) => (step * 2) + 1;

    /// <summary>
    /// The steps with what was counted: of how many resources each probed condition was asked and is true, and how many
    /// the step before the first of them gave until the page was full.
    /// </summary>
    internal IEnumerable<SearchStep> Counted(Func<int, long> counts)
    {
        for (var i = 0; i < Steps.Count; i++)
        {
            var isProbed = Steps[i].How == Probed;
            yield return Steps[i] with
            {
                Asked = isProbed ? counts(Asked(i)) : null,
                Given = isProbed ? counts(True(i))
                    : i + 1 < Steps.Count && Steps[i + 1].How == Probed ? counts(Asked(i + 1))
                    : null,
            };
        }
    }

    /// <summary>
    /// A full-text index is asked once for all it has: for each resource anew it would begin from the words.
    /// </summary>
    static bool IsListed(SearchExpression part, long? matches, long? asked) => part switch
    {
        SearchExpression.Words => matches is { } listed && (asked is null || asked > listed / ListedWords),
        // Its rows tell of each resource; few matches are listed sooner than many resources are asked.
        SearchExpression.TokenIn => matches < asked,
        SearchExpression.Chain or SearchExpression.Has => SqlSearchCompiler.IsDeep(part),
        _ => false,
    };

    void Step(string what, string how, long? estimate) => Steps.Add(new SearchStep(what, how, estimate));

    /// <summary>What a condition is about, without its values.</summary>
    static string Name(SearchExpression part) => part switch
    {
        SearchExpression.And all => string.Join(" and ", all.Parts.Select(Name)),
        SearchExpression.Or any => string.Join(" or ", any.Parts.Select(Name).Distinct()),
        SearchExpression.Not not => $"not {Name(not.Part)}",
        SearchExpression.Ids => "_id",
        SearchExpression.LastUpdated => "_lastUpdated",
        SearchExpression.InCompartment compartment => $"compartment {compartment.Type}",
        SearchExpression.OwnedBy => "owner",
        SearchExpression.Missing missing => $"{missing.Parameter.Code}:missing",
        SearchExpression.TokenIn e => $"{e.Parameter.Code}:in",
        SearchExpression.TokenText e => $"{e.Parameter.Code}:text",
        SearchExpression.OfType e => $"{e.Parameter.Code}:of-type",
        SearchExpression.ReferenceIdentifier e => $"{e.Parameter.Code}:identifier",
        SearchExpression.MediaType e => $"{e.Parameter.Code}:below",
        SearchExpression.InHierarchy e => $"{e.Parameter.Code}:{(e.IsAbove ? "above" : "below")}",
        SearchExpression.Words e => e.IsNarrative ? "_text" : "_content",
        SearchExpression.Chain e => $"{e.Parameter.Code}:{e.Type}.({Name(e.Inner)})",
        SearchExpression.Has e => $"_has:{e.Type}:{e.Parameter.Code}:({Name(e.Inner)})",
        SearchExpression.OfParameter e => e.Parameter.Code,
        _ => part.GetType().Name,
    };
}
