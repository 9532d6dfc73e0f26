using FhirHub.Core.Storage;

namespace FhirHub.Stores.Oracle;

/// <summary>A search as a client would write it, and what it is an example of.</summary>
/// <param name="Type">The type searched; empty for all types at once.</param>
/// <param name="Criteria">What is asked for, in the order of the query string.</param>
sealed record OracleQuery(string Type, IReadOnlyList<OracleCriterion> Criteria)
{
    /// <summary>Enough that everything the data has fits on one page.</summary>
    internal const int CountMax = 1000;

    /// <summary>Where the search stays inside one: <c>Patient/a1/Observation</c>.</summary>
    internal Compartment? Within { get; init; }

    /// <summary>Whether resources inside others are searched: <c>true</c>, <c>both</c>, or null for not.</summary>
    internal string? Contained { get; init; }

    /// <summary>Whether these are given themselves, and not what they are in.</summary>
    internal bool ReturnsContained { get; init; }

    /// <summary>What is asked of the answer: <c>_sort</c>, <c>_include</c> and <c>_revinclude</c>.</summary>
    internal IReadOnlyList<OracleCriterion> Controls { get; init; } = [];

    /// <summary>How many matches a page has at most.</summary>
    internal int Count { get; init; } = CountMax;

    internal IEnumerable<KeyValuePair<string, string>> Pairs =>
    [
        .. Criteria.Concat(Controls).Select(part => KeyValuePair.Create(part.Name, part.Value)),
        .. Contained is null ? Array.Empty<KeyValuePair<string, string>>() :
        [
            KeyValuePair.Create("_contained", Contained),
            KeyValuePair.Create("_containedType", ReturnsContained ? "contained" : "container"),
        ],
        KeyValuePair.Create("_count", $"{Count}"),
    ];

    /// <summary>The address below the base, without the parameters.</summary>
    internal string Path => Within is { } focus ? $"{focus.Type}/{focus.Id}/{Type}" : Type;

    internal string Class => string.Join(" & ", Criteria.Concat(Controls).Select(part => part.Class)
        .Append(Within is null ? "" : "compartment").Append(Type.Length == 0 ? "system" : "")
        .Append(Contained is null ? "" : $"contained {Contained}")
        .Where(part => part.Length > 0).Order());

    /// <summary>The query with one part less, for each part it has.</summary>
    internal IEnumerable<OracleQuery> Smaller =>
    [
        .. Criteria.Select((_, left) => this with { Criteria = Without(Criteria, left) }),
        .. Controls.Select((_, left) => this with { Controls = Without(Controls, left) }),
        .. Within is not null && Type.Length > 0 ? [this with { Within = null }] : Array.Empty<OracleQuery>(),
        .. Count < CountMax ? [this with { Count = CountMax }] : Array.Empty<OracleQuery>(),
        .. Criteria.SelectMany((part, at) => part.Shorter.Select(shorter =>
            this with { Criteria = [.. Criteria.Select((other, index) => index == at ? shorter : other)] })),
    ];

    public override string ToString() => $"{Path}?{string.Join('&', Pairs.Select(pair => $"{pair.Key}={pair.Value}"))}";

    static List<OracleCriterion> Without(IReadOnlyList<OracleCriterion> parts, int left) =>
        [.. parts.Where((_, index) => index != left)];
}

/// <summary>One parameter of a query.</summary>
/// <param name="Name">The name with its modifiers and chain.</param>
/// <param name="Value">The value, with the escapes of search and without those of URLs.</param>
/// <param name="Class">What kind of criterion it is, such as <c>token:not</c> or <c>date/ge</c>.</param>
sealed record OracleCriterion(string Name, string Value, string Class)
{
    /// <summary>The criterion with one of its values alone, when it has several.</summary>
    internal IEnumerable<OracleCriterion> Shorter
    {
        get
        {
            var values = Name == "_filter" ? [] : SearchText.Split(Value, ',');
            return values.Count < 2 ? [] : values.Select(value =>
                this with { Value = value, Class = Alone(value) });
        }
    }

    /// <summary>The class of one of several values, which may have another prefix than the first.</summary>
    string Alone(string value)
    {
        var alone = Class.Replace("+or", "", StringComparison.Ordinal);
        return alone.Length > 2 && alone[^3] == '/' ? alone[..^2] + Prefix.Take(value).Prefix : alone;
    }
}
