using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FhirHub.Core.Model;
using FhirHub.Core.Search;

namespace FhirHub.Stores.Oracle;

/// <summary>Asks a store and the oracle the same, and keeps what they disagree about.</summary>
sealed class OracleComparison(StoragePair pair, OracleEvaluator oracle)
{
    static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal OracleRefusals Refusals { get; } = new();

    readonly SearchParser _parser = new(ParameterCatalog.R4, SearchZone.China, pair.Clock);
    readonly SortedDictionary<string, int> _asked = new(StringComparer.Ordinal);
    readonly SortedDictionary<string, (int Count, string Example)> _refused = new(StringComparer.Ordinal);
    readonly SortedDictionary<string, (int Count, string Example)> _differing = new(StringComparer.Ordinal);

    internal async Task CompareAsync(OracleQuery query)
    {
        foreach (var criterion in query.Criteria)
        {
            _asked[criterion.Class] = _asked.GetValueOrDefault(criterion.Class) + 1;
        }

        if (await DifferenceAsync(query) is not { } difference)
        {
            return;
        }

        var (smallest, what) = await ShrunkAsync(query, difference);
        var label = string.Join(" & ", smallest.Criteria.Select(criterion => criterion.Class).Order());
        var isRefused = what.StartsWith("refused", StringComparison.Ordinal);
        var into = isRefused && Refusals.Allows(label) ? _refused : _differing;
        var known = into.GetValueOrDefault(label);
        into[label] = known.Count == 0 ? (1, $"{smallest}\n      {what}") : (known.Count + 1, known.Example);
    }

    /// <summary>What was asked, refused and answered otherwise, by class.</summary>
    internal string Summary()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{_asked.Values.Sum()} criteria in {_asked.Count} classes");
        foreach (var (label, (count, example)) in _refused)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"refused {count} {label}: {example}");
        }

        return text.ToString();
    }

    internal string Differences(int most) => string.Concat(_differing.Take(most)
        .Select(entry => $"\n{entry.Value.Count} {entry.Key}: {entry.Value.Example}"));

    /// <summary>Drops criteria as long as the two still disagree without them.</summary>
    async Task<(OracleQuery Query, string What)> ShrunkAsync(OracleQuery query, string difference)
    {
        for (var i = query.Criteria.Count - 1; i >= 0 && query.Criteria.Count > 1; i--)
        {
            var smaller = query with { Criteria = [.. query.Criteria.Where((_, index) => index != i)] };
            if (await DifferenceAsync(smaller) is { } still)
            {
                (query, difference) = (smaller, still);
            }
        }

        return (query, difference);
    }

    async Task<string?> DifferenceAsync(OracleQuery query)
    {
        SortedSet<string> found;
        try
        {
            found = await FindAsync(query);
        }
        catch (FhirException problem)
        {
            return $"refused: {problem.Problem.Text}";
        }

        var expected = oracle.Find(query).Select(resource => resource.Id).ToHashSet(StringComparer.Ordinal);
        if (found.SetEquals(expected))
        {
            return null;
        }

        var (more, less) = (found.Except(expected).ToList(), expected.Except(found).ToList());
        return $"server alone: {Names(query, more)}\n      oracle alone: {Names(query, less)}";
    }

    /// <summary>The ids, and what the first of them holds for the parameters asked for.</summary>
    string Names(OracleQuery query, List<string> ids)
    {
        if (ids.Count == 0)
        {
            return "none";
        }

        var text = string.Join(' ', ids.Take(8));
        if (oracle.World.Find($"{query.Type}/{ids[0]}") is not { } resource)
        {
            return $"{text} (not current)";
        }

        var held = from criterion in query.Criteria
                   let parameter = OracleParameters.Find(query.Type, criterion.Name.Split('.', ':')[0])
                   where parameter is not null
                   from element in OracleWorld.Elements(resource, parameter)
                   select JsonSerializer.Serialize(element.Json, Readable);
        return $"{text} ({string.Join(" ", held)})";
    }

    async Task<SortedSet<string>> FindAsync(OracleQuery query)
    {
        var request = _parser.Parse(Sample.Tenant, query.Type, query.Pairs, isLenient: false);
        var page = await pair.Search.SearchAsync(request.Query with { Count = 1000 }, CancellationToken.None);
        return new SortedSet<string>(page.Matches.Select(match => match.Key.Id), StringComparer.Ordinal);
    }
}
