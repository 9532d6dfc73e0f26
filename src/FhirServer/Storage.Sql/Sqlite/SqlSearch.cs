using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;

namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>
/// Runs one search on a connection, a reader's or the writer's, inside a transaction: everything on a page is of one
/// moment.
/// </summary>
sealed partial class SqlSearch
{
    const int FewMax = 100;
    const int FewSteps = 6_000;

    readonly Database _database;
    readonly Names _names;
    readonly Estimates _estimates;
    readonly SearchQuery _query;
    readonly SqlMoment _moment;
    readonly IndexNumbers _numbers;
    readonly SqlLinks _links;
    readonly List<SearchStep> _steps = [];
    readonly List<(CountKey Key, long Count)> _counted = [];
    readonly long _lastSeq;

    SqlSearch(Database database, Names names, Estimates estimates, SearchQuery query)
    {
        (_database, _names, _estimates, _query) = (database, names, estimates, query);
        _lastSeq = VersionReader.LastSeq(database, new CommitPosition(long.MaxValue));
        // What was committed while the search was on its way may not be in the index yet: it comes after this page.
        var indexed = VersionReader.IndexedSeq(database);
        _moment = new SqlMoment(
            query.After is { } place ? VersionReader.LastSeq(database, place.AsOf)
            : indexed < _lastSeq ? indexed
            : null);
        _numbers = new IndexNumbers(
            type => names.Scope(database, query.Tenant, type),
            (scope, url) => names.Parameter(database, scope, url),
            text => names.Text(database, text),
            scope => SharedValues.Of(scope == 0 ? "" : names.TypeOf(database, scope)));
        _links = new SqlLinks(_numbers, query.BaseUrl, HasUrls);
    }

    /// <summary>One page, all of it from one snapshot, and what was counted for it and could be kept.</summary>
    internal static (SearchPage Page, IReadOnlyList<(CountKey Key, long Count)> Counted) Page(
        Database database, Names names, Estimates estimates, SearchQuery query, long stepsMax) =>
        Within(database, query, stepsMax, () =>
        {
            var before = database.Steps;
            var search = new SqlSearch(database, names, estimates, query);
            var page = search.Page();
            return (page with { Steps = database.Steps - before }, search._counted);
        });

    static T Within<T>(Database database, SearchQuery query, long stepsMax, Func<T> search)
    {
        database.Constant("BEGIN").Run();
        try
        {
            return database.TryWithin(stepsMax, search, out var found) && found is not null
                ? found
                : throw TooCostly(query.IsUnhurried);
        }
        finally
        {
            database.Constant("COMMIT").Run();
        }
    }

    internal static FhirException TooCostly(bool isUnhurried) => new(
        ProblemKind.Unprocessable,
        "too-costly",
        "This search would look at more of the store than one request may. Narrow it: add a criterion that "
            + "few resources match, such as a patient, a date range or a code"
            + (isUnhurried
                ? "."
                : "; or send it again with the header 'Prefer: respond-async', which has more time."));

    /// <summary>The matches of a condition that a commit rests on.</summary>
    internal static List<StoredResource> Find(
        Database database, Names names, Estimates estimates, SearchQuery query)
    {
        var search = new SqlSearch(database, names, estimates, query);
        return [.. search.Matches(query.Count).Select(match => search.Read(match.Rid))];
    }

    SearchPage Page()
    {
        var place = _query.After;
        var position = place?.AsOf ?? VersionReader.PositionOf(_database, _moment.Seq ?? _lastSeq);
        CheckHorizon();
        if (_query is { After: null, Count: 0, Total: SearchTotal.Accurate, WantsPlan: false })
        {
            return Number(position);
        }

        var found = Matches(_query.Count + 1);
        var hasMore = found.Count > _query.Count;
        if (hasMore)
        {
            found.RemoveAt(_query.Count);
        }

        var isBackward = place?.IsBackward == true;
        if (isBackward)
        {
            found.Reverse();
        }

        var total = Total(found.Count, place is null && !hasMore);
        var page = new SearchPage(
            found.ConvertAll(match => Read(match.Rid)),
            total,
            found.Count > 0 && (isBackward || hasMore) ? Cursor(found[^1], position, total, isBackward: false) : null)
        {
            Previous = found.Count > 0 && (isBackward ? hasMore : place is not null)
                ? Cursor(found[0], position, total, isBackward: true)
                : null,
        };
        if (_query.Count == 0 && hasMore)
        {
            // Nothing was wanted, so everything is still to come.
            page = page with { Next = new SearchCursor(position, long.MaxValue) { Total = total } };
        }

        if (_query.Includes.Count > 0)
        {
            var included = new IncludeReader(_database, _names, _query, Compiler(), _moment).Read(page.Matches);
            page = page with { Included = included.Resources, IsIncludedCut = included.IsCut };
        }

        return _query.WantsPlan ? page with { Plan = _steps } : page;
    }

    /// <summary>What there is to say when nothing but the number is wanted: nothing is looked for.</summary>
    SearchPage Number(CommitPosition position)
    {
        var total = Count(isExact: true);
        return new SearchPage(
            [], total, total > 0 ? new SearchCursor(position, long.MaxValue) { Total = total } : null);
    }

    /// <summary>Old index rows are kept for a while only; a page before that can no longer be shown.</summary>
    void CheckHorizon()
    {
        if (_moment.Seq is not { } seq)
        {
            return;
        }

        using var horizon = _database.Constant("SELECT value FROM state WHERE name = 'horizon'");
        if (horizon.Step() && horizon.Long(0) > seq)
        {
            throw new FhirException(
                ProblemKind.Gone,
                "expired",
                "The page is of a moment too long ago; begin the search again.");
        }
    }

    static SearchCursor Cursor(Match match, CommitPosition position, long? total, bool isBackward) =>
        new(position, match.Rid) { Keys = match.Keys, IsBackward = isBackward, Total = total };

    /// <summary>The numbers of the next matches of all types, in the order of the search.</summary>
    List<Match> Matches(int count)
    {
        var found = new List<Match>();
        var isMany = false;
        foreach (var (scope, expression) in Targets())
        {
            isMany |= found.Count > 0;
            found.AddRange(Matches(scope, expression, count));
        }

        if (Contained() is { } inside)
        {
            isMany |= found.Count > 0;
            found.AddRange(Matches(inside, count));
        }

        if (isMany)
        {
            found.Sort(Compare);
            found.RemoveRange(Math.Min(count, found.Count), Math.Max(0, found.Count - count));
        }

        return found;
    }

    /// <summary>What is searched that stands for itself: the resources of each type.</summary>
    IEnumerable<(SqlScope Scope, SearchExpression Expression)> Targets()
    {
        foreach (var target in _query.Targets)
        {
            if (_query.Contained != ContainedSearch.Only && _numbers.Scope(target.Type) is var own and not 0)
            {
                var scope = new SqlScope(target.Type, own);
                yield return (scope, _links.Pruned(scope, target.Expression));
            }
        }
    }

    /// <summary>What is searched inside others, if that is asked and there is any.</summary>
    SqlContainedPage? Contained()
    {
        var inside = new List<(SqlScope Scope, SearchExpression Expression)>();
        foreach (var target in _query.Contained == ContainedSearch.None ? [] : _query.Targets)
        {
            if (_numbers.Scope(SqlContained.ScopeOf(target.Type)) is var number and not 0)
            {
                inside.Add((new SqlScope(target.Type, number, IsContained: true), target.Expression));
            }
        }

        var order = new SqlOrder(_query.Sort, _query.After);
        return inside.Count == 0
            ? null
            : new SqlContainedPage(Compiler(), inside, [.. Targets()], order, _query.ReturnsContained);
    }

    List<Match> Matches(SqlContainedPage page, int count)
    {
        var found = new List<Match>();
        using var select = _database.Composed(page.Of(count));
        while (select.Step())
        {
            found.Add(new Match(select.Long(0), Keys(select)));
        }

        _steps.Add(new SearchStep(page.Name, "collected and sorted", null));
        return found;
    }

    List<Match> Matches(SqlScope scope, SearchExpression expression, int count)
    {
        var order = new SqlOrder(_query.Sort, _query.After);
        var page = new SqlPage(Compiler(), scope, order, count, () => TypeSize(scope)) { IsCounted = _query.WantsPlan };
        var found = new List<Match>();
        var statements = page.Of(expression);
        _database.Counts.Clear();
        foreach (var sql in statements)
        {
            using var select = _database.Composed(sql);
            while (found.Count < count && select.Step())
            {
                found.Add(new Match(select.Long(0), Keys(select)));
            }
        }

        _steps.AddRange(_query.WantsPlan ? page.Counted(number => _database.Counts[number]) : page.Steps);
        return found;
    }

    SortValue[] Keys(Statement row)
    {
        if (_query.Sort.Count == 0)
        {
            return [];
        }

        var keys = new SortValue[_query.Sort.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = row.Sort(i + 1);
        }

        return keys;
    }

    /// <summary>The order of matches of several types; that of one type comes from the statement.</summary>
    int Compare(Match left, Match right)
    {
        var isBackward = _query.After?.IsBackward == true;
        for (var i = 0; i < _query.Sort.Count; i++)
        {
            var (one, other) = (left.Keys[i], right.Keys[i]);
            var order = one == default || other == default
                ? (one == default).CompareTo(other == default)
                : _query.Sort[i].IsDescending ? Value(other, one) : Value(one, other);
            if (order != 0)
            {
                return isBackward ? -order : order;
            }
        }

        return isBackward ? left.Rid.CompareTo(right.Rid) : right.Rid.CompareTo(left.Rid);
    }

    static int Value(SortValue left, SortValue right) =>
        left.Text is { } text ? string.CompareOrdinal(text, right.Text)
        : left.Integer is { } integer && right.Integer is { } other ? integer.CompareTo(other)
        : (left.Real ?? left.Integer ?? 0).CompareTo(right.Real ?? right.Integer ?? 0);

    long? Total(int found, bool isAll)
    {
        if (_query.After is { } place)
        {
            return place.Total;
        }

        if (!_query.Access.IsEverything && _query.Total != SearchTotal.Accurate)
        {
            // How many there are about, and whether that is quickly counted, would tell of what may not be seen.
            return isAll ? found : _query.Total == SearchTotal.Estimate ? Count(isExact: true) : null;
        }

        return isAll ? found : _query.Total switch
        {
            SearchTotal.Accurate => Count(isExact: true),
            SearchTotal.IfFew => CountOfFew(),
            SearchTotal.Estimate => Count(isExact: false),
            _ => null,
        };
    }

    long Count(bool isExact) =>
        Targets().Sum(target => Count(target.Scope, target.Expression, isExact))
            + (Contained() is { } inside ? Count(inside.All()) : 0);

    long Count(SqlText all) =>
        _database.Number(new SqlText().Add("SELECT count(DISTINCT rid) FROM (").Add(all).Add(")"));

    /// <summary>The number of matches of one type where it is small; null where it would have to be counted.</summary>
    long? CountOfFew()
    {
        if (Contained() is { } inside)
        {
            return Targets().Any() ? null : CountOfFew(inside.All());
        }

        if (_query.Others.Count > 0 || Targets().ToList() is not [var (scope, expression)])
        {
            return null;
        }

        if (SqlSearchCompiler.Parts(expression) is [var one]
            && new SqlLeaves(_numbers, scope.Number).WalkOf(one) is not null)
        {
            return null; // to ask the full text once more costs as much as the page
        }

        if (SqlSearchCompiler.Parts(expression) is [SearchExpression.TokenIn tokens]
            && Compiler().Estimate(scope, tokens) is null or > FewMax)
        {
            return null; // to begin such a count is to look each of its codes up
        }

        return CountOfFew(Exact(Compiler(), scope, expression));
    }

    long? CountOfFew(SqlText all)
    {
        var exact = new SqlText().Add("SELECT count(*) FROM (SELECT DISTINCT rid FROM (")
            .Add(all).Add(") LIMIT ?)", FewMax + 1);
        return _database.TryWithin(FewSteps, () => _database.Number(exact), out var count) && count <= FewMax
            ? count
            : null;
    }

    long Count(SqlScope scope, SearchExpression expression, bool isExact)
    {
        var compiler = Compiler();
        if (!isExact && _estimates.Of(_database, Exact(compiler, scope, expression), _lastSeq) is { } about)
        {
            return about;
        }

        return Count(scope, expression);
    }

    /// <summary>The number of matches of one type: one that is kept, or those that there are.</summary>
    long Count(SqlScope scope, SearchExpression expression)
    {
        var parts = SqlSearchCompiler.Parts(expression);
        if (parts is [SearchExpression.Not not])
        {
            return Count(scope, new SearchExpression.And([])) - Count(scope, not.Part);
        }

        var key = KeyOf(scope, parts);
        if (key is { } kept && KeptCounts.Read(_database, kept) is { } known)
        {
            return known;
        }

        var count = Count(Exact(Compiler(), scope, expression));
        if (key is { } counted)
        {
            _counted.Add((counted, count));
        }

        return count;
    }

    /// <summary>Under what the number of matches is kept; null when none is, as for one who may not see all.</summary>
    CountKey? KeyOf(SqlScope scope, List<SearchExpression> parts) => parts switch
    {
        _ when _query.Access.For(scope.Type) is not null => null,
        [] => CountKey.OfType(scope.Number),
        [var one] when SqlLeaves.Are(one) && new SqlLeaves(_numbers, scope.Number).Of(one) is [var leaf] =>
            CountKey.Of(leaf),
        _ => null,
    };

    static SqlText Exact(SqlSearchCompiler compiler, SqlScope scope, SearchExpression expression)
    {
        var (sql, a) = (new SqlText(), compiler.Alias());
        compiler.Exact(sql.Add($"SELECT {a}.rid FROM ("), scope, expression);
        compiler.Allowed(sql.Add($") {a} WHERE 1"), scope, $"{a}.rid");
        return sql;
    }

    bool HasUrls(long parameter, string from, string through)
    {
        using var any = _database.Constant("SELECT 1 FROM uri WHERE param = ? AND url >= ? AND url <= ? LIMIT 1");
        return any.Bind(1, parameter).Bind(2, from).Bind(3, through).Step();
    }

    SqlSearchCompiler Compiler() => new(
        _numbers,
        _moment,
        _query.Access,
        _links,
        new SqlLooks(
            (scope, sql, isRange) => isRange
                ? _estimates.OfRange(_database, sql, _lastSeq, () => TypeSize(scope))
                : _estimates.Of(_database, sql, _lastSeq),
            FirstText,
            HaveAll));

    string? FirstText(SqlText sql)
    {
        using var first = _database.Composed(sql);
        return first.Step() ? first.Text(0) : null;
    }

    StoredResource Read(long rid) => rid >= 0
        ? VersionReader.At(_database, _names, rid, _moment.Seq)
        : ContainedResources.Take(
            VersionReader.At(_database, _names, SqlContained.ContainerOf(rid), _moment.Seq),
            (int)SqlContained.PlaceOf(rid));

    /// <summary>A match's number, and its values of the sort keys.</summary>
    readonly record struct Match(long Rid, SortValue[] Keys);
}
