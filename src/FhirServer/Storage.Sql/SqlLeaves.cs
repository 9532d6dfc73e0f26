using System.Diagnostics;
using System.Text;
using FhirHub.Core.Search;

namespace FhirHub.Storage.Sql;

/// <summary>
/// From an expression about one parameter to conditions on its rows: a resource matches when a row fulfils one of them.
/// </summary>
/// <param name="numbers">What the texts in rows are.</param>
/// <param name="scope">The type of a tenant whose rows these are.</param>
sealed class SqlLeaves(IndexNumbers numbers, int scope)
{
    /// <summary>No row has this number.</summary>
    internal const int Unknown = -2;
    const int MaxRune = 0x10FFFF;

    /// <summary>In the place of a string's text where none stands in the resource: nobody asks for it.</summary>
    internal const string NotWritten = "\u0001";

    const string Last = "\U0010FFFF"; // stands behind everything that begins with what stands before it

    /// <summary>Whether an expression is about the rows of one parameter, and so has conditions.</summary>
    internal static bool Are(SearchExpression expression) => expression is SearchExpression.Token
        or SearchExpression.MediaType or SearchExpression.TokenText or SearchExpression.OfType
        or SearchExpression.Text or SearchExpression.Pinyin
        or SearchExpression.Date or SearchExpression.Number or SearchExpression.Quantity
        or SearchExpression.BaseQuantity or SearchExpression.Reference or SearchExpression.ReferenceIdentifier
        or SearchExpression.Url or SearchExpression.Near or SearchExpression.InCompartment
        or SearchExpression.Unequal { Part: SearchExpression.Url } or SearchExpression.Words;

    /// <param name="expression">The expression.</param>
    /// <param name="url">The parameter whose rows are meant when it is not the expression's own.</param>
    internal List<SqlLeaf> Of(SearchExpression expression, string? url = null)
    {
        if (expression is SearchExpression.Or any)
        {
            return any.Parts.SelectMany(part => Of(part, url)).ToList();
        }

        var leaves = OnAll(expression, url);
        url ??= UrlOf(expression);
        var rows = url is null ? default : Rows(url);
        var items = rows.Items("@");
        return items.Length == 0
            ? leaves
            : leaves.ConvertAll(leaf => leaf with
            {
                Condition = leaf.Condition + items,
                Items = rows.Mask,
                AsList = leaf.AsList is { } list ? list with { Condition = list.Condition + items } : null,
            });
    }

    /// <summary>How a full-text index finds what fulfils an expression; null where none does.</summary>
    internal TextWalk? WalkOf(SearchExpression expression) =>
        Are(expression) && Of(expression) is [{ AsWalk: { } walk }] ? walk : null;

    /// <summary>The parameter that an expression is about, if its rows have items.</summary>
    static string? UrlOf(SearchExpression expression) => expression switch
    {
        SearchExpression.OfType or SearchExpression.Near => null,
        SearchExpression.OfParameter of => of.Parameter.Url,
        _ => null,
    };

    /// <summary>The conditions on all rows under the parameter's number.</summary>
    List<SqlLeaf> OnAll(SearchExpression expression, string? url) => expression switch
    {
        // The id of what is contained is a token whose case counts.
        SearchExpression.Token { Parameter.Code: "_id" } e =>
            [new SqlLeaf("token", "@.param = ? AND @.code = ?", true, Parameter(e.Parameter.Url), e.Code ?? "")],
        SearchExpression.Token e => [Token(Parameter(url ?? e.Parameter.Url), e.System, e.Code)],
        SearchExpression.MediaType e => [MediaType(e, Parameter(url ?? e.Parameter.Url))],
        SearchExpression.TokenText e =>
            [Start(Parameter(DerivedParameter.Text(url ?? e.Parameter.Url)), SearchText.Bare(e.Value))],
        SearchExpression.OfType e => [OfType(e)],
        SearchExpression.Text e => [Text(e, Parameter(url ?? e.Parameter.Url))],
        SearchExpression.Pinyin e => [Start(Parameter(DerivedParameter.Pinyin(e.Parameter.Url)), e.Key)],
        SearchExpression.Date e => Date(e, Parameter(url ?? e.Parameter.Url)),
        SearchExpression.Number e => Number(
            "number", Parameter(url ?? e.Parameter.Url), 0, e.Comparison, Limits.Of(e.Test), ""),
        SearchExpression.Quantity e => Quantity(e, Parameter(url ?? e.Parameter.Url)),
        SearchExpression.BaseQuantity e => Number(
            "quantity",
            Parameter(url ?? e.Parameter.Url),
            2,
            e.Comparison,
            Limits.Around(e.Value, e.Low, e.High),
            " AND @.unit = ?",
            e.Unit),
        SearchExpression.Reference e => [Reference(e, Parameter(url ?? e.Parameter.Url))],
        SearchExpression.ReferenceIdentifier e => [Token(Parameter(e.Parameter.Url), e.System, e.Value)],
        SearchExpression.Url e => Url(e, Parameter(url ?? e.Parameter.Url)),
        SearchExpression.Unequal { Part: SearchExpression.Url e } => [OtherThan(e, Parameter(e.Parameter.Url))],
        SearchExpression.InCompartment e =>
            [new SqlLeaf("compartment", "@.type = ? AND @.id = ? AND @.scope = ?", true, Name(e.Type), e.Id, scope)
            {
                AreFirstColumns = true,
            }],
        SearchExpression.Near e => [Near(e)],
        SearchExpression.Words e => [FullTextLeaves.Words(e, scope)],
        _ => throw new UnreachableException($"an expression that is no leaf: {expression.GetType().Name}"),
    };

    SqlLeaf Token(long parameter, string? system, string? code)
    {
        var on = "@.param = ?";
        var values = new List<SqlValue> { parameter };
        if (code is not null)
        {
            on += " AND @.code = ?";
            values.Add(TokenText.Lower(code));
        }

        if (system is not null)
        {
            on += IsOfBooleans(system) ? $" AND @.system IN (?, {TokenText.ImpliedSystem})" : " AND @.system = ?";
            values.Add(system.Length == 0 ? 0 : Name(system));
        }

        return new SqlLeaf("token", on, code is not null, [.. values])
        {
            AreFirstColumns = code is not null && !(system is not null && IsOfBooleans(system)),
        };
    }

    /// <summary>
    /// Whether booleans, which state no system, have this one: https://hl7.org/fhir/R4/search.html#token
    /// </summary>
    internal static bool IsOfBooleans(string system) =>
        system is "http://terminology.hl7.org/CodeSystem/special-values" or "http://hl7.org/fhir/special-values";

    /// <summary>The type as it is, or with a semicolon and parameters behind it.</summary>
    static SqlLeaf MediaType(SearchExpression.MediaType e, long parameter)
    {
        var type = TokenText.Lower(e.Value);
        return new SqlLeaf(
            "token",
            "@.param = ? AND @.code >= ? AND (@.code = ? OR (@.code >= ? AND @.code < ?))",
            false,
            parameter, type, type, type + ";", type + "<");
    }

    SqlLeaf OfType(SearchExpression.OfType e) => new(
        "identifier_type",
        "@.param = ? AND @.value = ? AND @.system = ? AND @.code = ?",
        true,
        Parameter(e.Parameter.Url),
        TokenText.Lower(e.Value),
        e.System.Length == 0 ? 0 : Name(e.System),
        TokenText.Lower(e.Code));

    SqlLeaf Text(SearchExpression.Text e, long parameter)
    {
        var folded = SearchText.Bare(e.Value);
        return e.Match switch
        {
            TextMatch.Exact => new SqlLeaf(
                "string",
                "@.param = ? AND @.folded = ? AND @.text = ?",
                true,
                parameter, folded, folded == e.Value ? "" : e.Value),
            // Somewhere in a text is somewhere in what stands in the resource, or across the parts of a name.
            TextMatch.Contains => FullTextLeaves.Containing(folded, scope, new SqlLeaf(
                "string",
                "@.param = ? AND instr(@.folded, ?) > 0" + (folded.All(char.IsAsciiDigit) ? " AND @.text <> ?" : ""),
                false,
                folded.All(char.IsAsciiDigit) ? [parameter, folded, NotWritten] : [parameter, folded])),
            TextMatch.Start => Start(parameter, folded),
            TextMatch.WholeName => new SqlLeaf("string", "@.param = ? AND @.folded = ?", true, parameter, folded),
            _ => Written(e.Match, parameter, folded),
        };
    }

    /// <summary>Comparisons that look at the strings of the resource, and at none that was made of several.</summary>
    static SqlLeaf Written(TextMatch match, long parameter, string folded)
    {
        var first = Rune.GetRuneAt(folded, 0);
        var from = first.ToString();
        var behind = first.Value == MaxRune ? Last + Last : new Rune(Next(first)).ToString();
        (string On, SqlValue[] Values) on = match switch
        {
            TextMatch.Whole => ("@.folded = ?", [folded]),
            TextMatch.NotWhole => ("@.folded <> ?", [folded]),
            TextMatch.End => ("substr(@.folded, -length(?)) = ?", [folded, folded]),
            TextMatch.Greater => ("@.folded >= ?", [behind]),
            TextMatch.GreaterOrEqual => ("@.folded >= ?", [from]),
            TextMatch.Less => ("@.folded > '' AND @.folded < ?", [from]),
            TextMatch.LessOrEqual => ("@.folded > '' AND @.folded < ?", [behind]),
            _ => throw new UnreachableException(),
        };
        return new SqlLeaf(
            "string",
            $"@.param = ? AND {on.On} AND @.text <> ?",
            match == TextMatch.Whole,
            [parameter, .. on.Values, NotWritten]);
    }

    /// <summary>The code point behind a character's, past the gap that no character is in.</summary>
    static int Next(Rune rune) => rune.Value == 0xD7FF ? 0xE000 : rune.Value + 1;

    static SqlLeaf Start(long parameter, string folded) => new(
        "string",
        StringStart.Condition,
        false,
        parameter, folded, folded + Last)
    {
        AsStart = new StringStart(parameter, folded, folded + Last),
    };

    /// <summary>
    /// The table of https://hl7.org/fhir/R4/search.html#prefix, with ranges that do not hold their high end.
    /// </summary>
    static List<SqlLeaf> Date(SearchExpression.Date e, long parameter)
    {
        var (low, high) = (e.Range.Low.Ticks, e.Range.High.Ticks);
        var inside = new SqlLeaf(
            "date", "@.param = ? AND @.low >= ? AND @.low < ? AND @.high <= ?", false, parameter, low, high, high);
        var after = new SqlLeaf("date", "@.param = ? AND @.high > ?", false, parameter, high) { Index = "date_high" };
        var before = new SqlLeaf("date", "@.param = ? AND @.low < ?", false, parameter, low);
        return e.Comparison switch
        {
            Comparison.Equal => [inside],
            Comparison.NotEqual => [new SqlLeaf(
                "date", "@.param = ? AND NOT (@.low >= ? AND @.high <= ?)", false, parameter, low, high)],
            Comparison.Greater => [after],
            Comparison.Less => [before],
            Comparison.GreaterOrEqual => [after, inside],
            Comparison.LessOrEqual => [before, inside],
            Comparison.StartsAfter => [new SqlLeaf("date", "@.param = ? AND @.low >= ?", false, parameter, high)],
            Comparison.EndsBefore => [new SqlLeaf("date", "@.param = ? AND @.high <= ?", false, parameter, low)
            {
                Index = "date_high",
            }],
            Comparison.Contains => [new SqlLeaf(
                "date", "@.param = ? AND @.low <= ? AND @.high >= ?", false, parameter, low, high)],
            Comparison.Approximate => [new SqlLeaf(
                "date", "@.param = ? AND @.high > ? AND @.low < ?", false, parameter, low, high)
            {
                Index = "date_high",
            }],
            _ => throw new UnreachableException(),
        };
    }

    List<SqlLeaf> Quantity(SearchExpression.Quantity e, long parameter)
    {
        var on = e.System is null ? "" : " AND @.system = ?";
        on += e.Unit is null ? "" : " AND @.unit = ?";
        List<SqlValue> values = [];
        if (e.System is not null)
        {
            values.Add(Name(e.System));
        }

        if (e.Unit is not null)
        {
            values.Add(e.Unit);
        }

        return Number("quantity", parameter, 0, e.Comparison, Limits.Of(e.Test), on, [.. values]);
    }

    /// <summary>
    /// Numbers and ranges of numbers. A number searched for by equality is all its precision covers; by order it is
    /// just itself: https://hl7.org/fhir/R4/search.html#number
    /// </summary>
    static List<SqlLeaf> Number(
        string table,
        long parameter,
        int form,
        Comparison comparison,
        Limits limits,
        string and,
        params ReadOnlySpan<SqlValue> values)
    {
        var (low, high, value) = limits;
        (string Number, string Range, SqlValue[] Values) on = comparison switch
        {
            Comparison.Equal => ("@.low >= ? AND @.low < ?", "@.low >= ? AND @.high < ?", [low, high]),
            Comparison.NotEqual =>
                ("NOT (@.low >= ? AND @.low < ?)", "NOT (@.low >= ? AND @.high < ?)", [low, high]),
            Comparison.Approximate => ("@.low >= ? AND @.low <= ?", "@.high >= ? AND @.low <= ?", [low, high]),
            Comparison.Greater => ("@.low > ?", "@.high > ?", [value]),
            Comparison.Less => ("@.low < ?", "@.low < ?", [value]),
            Comparison.GreaterOrEqual => ("@.low >= ?", "@.high >= ?", [value]),
            Comparison.LessOrEqual => ("@.low <= ?", "@.low <= ?", [value]),
            Comparison.StartsAfter => ("@.low > ?", "@.low > ?", [value]),
            Comparison.EndsBefore => ("@.low < ?", "@.high < ?", [value]),
            Comparison.Contains => (
                "@.low <= ? AND @.high >= ?", "@.low <= ? AND @.high >= ?", [value, value]),
            _ => throw new UnreachableException(),
        };
        return
        [
            new SqlLeaf(
                table,
                $"@.param = ? AND @.form = ? AND {on.Number}{and}",
                false,
                [parameter, form, .. on.Values, .. values]),
            new SqlLeaf(
                table,
                $"@.param = ? AND @.form = ? AND {on.Range}{and}",
                false,
                [parameter, form + 1, .. on.Values, .. values]),
        ];
    }

    SqlLeaf Reference(SearchExpression.Reference e, long parameter)
    {
        var on = "@.param = ? AND @.id = ?";
        var values = new List<SqlValue> { parameter, e.Id };
        if (e.Type is not null)
        {
            on += " AND @.type = ?";
            values.Add(Name(e.Type));
        }

        if (e.Version is not null)
        {
            on += " AND @.version = ?";
            values.Add(e.Version);
        }

        return new SqlLeaf("reference", on, true, [.. values])
        {
            AreFirstColumns = e.Type is not null || e.Version is null,
        };
    }

    static List<SqlLeaf> Url(SearchExpression.Url e, long parameter)
    {
        switch (e.Match)
        {
            case UrlMatch.Above:
                return [.. Above(e.Value).Select(url => Equal(parameter, url, null))];
            case UrlMatch.Below:
                var separator = Separator(e.Value);
                var start = e.Value.EndsWith(separator) ? e.Value : e.Value + separator;
                return
                [
                    Equal(parameter, e.Value, null),
                    new SqlLeaf(
                        "uri",
                        "@.param = ? AND @.url >= ? AND @.url < ?",
                        false,
                        parameter, start, start[..^1] + (char)(separator + 1)),
                ];
            case UrlMatch.AboveVersion:
                return [.. VersionsAbove(e.Version).Select(version => Equal(parameter, e.Value, version))];
            case UrlMatch.BelowVersion when e.Version is { } version:
                return
                [
                    new SqlLeaf(
                        "uri",
                        "@.param = ? AND @.url = ? AND (@.version = ? OR (@.version >= ? AND @.version < ?))",
                        true,
                        parameter, e.Value, version, version + ".", version + "/"),
                ];
            default:
                return [Equal(parameter, e.Value, e.Version)];
        }
    }

    /// <summary>The URL and every one it lies under, with and without the slash at the end.</summary>
    static IEnumerable<string> Above(string url)
    {
        var separator = Separator(url);
        var first = url.IndexOf("://", StringComparison.Ordinal) is var scheme and >= 0 ? scheme + 3 : 0;
        yield return url;
        for (var end = url.TrimEnd(separator).Length; end > first; end = url.LastIndexOf(separator, end - 1))
        {
            if (end != url.Length)
            {
                yield return url[..end];
            }

            if (end + 1 < url.Length)
            {
                yield return url[..(end + 1)];
            }
        }
    }

    /// <summary>The version, all that it is one of, and none, which stands for every version.</summary>
    static IEnumerable<string> VersionsAbove(string? version)
    {
        for (var end = version?.Length ?? 0; version is not null && end > 0; end = version.LastIndexOf('.', end - 1))
        {
            yield return version[..end];
        }

        yield return "";
    }

    static char Separator(string url) => url.StartsWith("urn:oid:", StringComparison.Ordinal) ? '.' : '/';

    static SqlLeaf OtherThan(SearchExpression.Url e, long parameter) => e.Version is null
        ? new SqlLeaf("uri", "@.param = ? AND @.url <> ?", false, parameter, e.Value)
        : new SqlLeaf(
            "uri", "@.param = ? AND NOT (@.url = ? AND @.version = ?)", false, parameter, e.Value, e.Version);

    static SqlLeaf Equal(long parameter, string url, string? version) => version is null
        ? new SqlLeaf("uri", "@.param = ? AND @.url = ?", true, parameter, url)
        : new SqlLeaf("uri", "@.param = ? AND @.url = ? AND @.version = ?", true, parameter, url, version);

    /// <summary>A box of latitudes first, which the tree can find, and within it what is near enough.</summary>
    SqlLeaf Near(SearchExpression.Near e)
    {
        const double KilometresPerDegree = 110.5; // the least there are, at the equator
        var degrees = e.Kilometres / KilometresPerDegree;
        return new SqlLeaf(
            "geo",
            "@.param = ? AND @.latitude >= ? AND @.latitude <= ? AND distance(@.latitude, @.longitude, ?, ?) <= ?",
            false,
            Parameter(e.Parameter.Url), e.Latitude - degrees, e.Latitude + degrees,
            e.Latitude, e.Longitude, e.Kilometres);
    }

    long Parameter(string url) => Rows(url).Number;

    /// <summary>Where the rows of a parameter are.</summary>
    internal ParameterRows Rows(string url)
    {
        var (own, ending) = DerivedParameter.Split(url);
        var shared = numbers.Shared(scope).GetValueOrDefault(own);
        var number = numbers.Parameter(scope, (shared?.Url ?? own) + ending);
        return new ParameterRows(number == 0 ? Unknown : number, shared is { AreAll: true } ? null : shared);
    }

    long Name(string text) => numbers.Name(text) is var id and not 0 ? id : Unknown;

    /// <summary>The ends of a searched number's precision, and the number.</summary>
    readonly record struct Limits(double Low, double High, double Value)
    {
        internal static Limits Of(NumberTest test) =>
            Around((double)test.Value, (double)test.Range.Low, (double)test.Range.High);

        /// <summary>With more digits than the index keeps both ends are the number, which must be between.</summary>
        internal static Limits Around(double value, double low, double high) =>
            new(Math.Min(low, value), high > value ? high : Math.BitIncrement(value), value);
    }
}
