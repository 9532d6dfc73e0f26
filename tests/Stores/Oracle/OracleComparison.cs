using System.Text.Encodings.Web;
using System.Text.Json;
using FhirHub.Fhir.Definitions;

namespace FhirHub.Stores.Oracle;

/// <summary>Asks a store and the oracle the same, and keeps what they disagree about.</summary>
sealed class OracleComparison(OracleTarget target, OracleEvaluator oracle)
{
    static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly SortedDictionary<string, int> _asked = new(StringComparer.Ordinal);
    readonly SortedDictionary<string, (int Count, string Example)> _differing = new(StringComparer.Ordinal);

    /// <summary>A refusal is a difference like any other: nothing that is generated may be refused.</summary>
    internal async Task CompareAsync(OracleQuery query)
    {
        foreach (var criterion in query.Criteria.Concat(query.Controls))
        {
            _asked[criterion.Class] = _asked.GetValueOrDefault(criterion.Class) + 1;
        }

        if (await DifferenceAsync(query) is not { } difference)
        {
            return;
        }

        var (smallest, what) = await ShrunkAsync(query, difference);
        var label = smallest.Class;
        var known = _differing.GetValueOrDefault(label);
        _differing[label] = known.Count == 0 ? (1, $"{smallest}\n      {what}") : (known.Count + 1, known.Example);
    }

    /// <summary>How much was asked.</summary>
    internal string Summary() => $"{_asked.Values.Sum()} criteria in {_asked.Count} classes";

    internal string Differences(int most) => string.Concat(_differing.Take(most)
        .Select(entry => $"\n{entry.Value.Count} {entry.Key}: {entry.Value.Example}"));

    /// <summary>Leaves out one part after the other as long as the two still disagree without it.</summary>
    async Task<(OracleQuery Query, string What)> ShrunkAsync(OracleQuery query, string difference)
    {
        foreach (var smaller in query.Smaller)
        {
            if (await DifferenceAsync(smaller) is { } still)
            {
                return await ShrunkAsync(smaller, still);
            }
        }

        return (query, difference);
    }

    async Task<string?> DifferenceAsync(OracleQuery query)
    {
        OracleAnswer answer;
        try
        {
            answer = await target.AskAsync(query);
        }
        catch (OracleRefusal refusal)
        {
            return $"refused: {refusal.Message}";
        }

        var found = answer.Matches.ToList();
        var expected = oracle.Find(query);
        var (more, less) = (found.Except(expected).ToList(), expected.Except(found).ToList());
        return more.Count + less.Count > 0
            ? $"server alone: {Names(query, more)}\n      oracle alone: {Names(query, less)}"
            : Paging(query, answer, found) ?? Order(query, found) ?? Included(query, answer);
    }

    static string? Paging(OracleQuery query, OracleAnswer answer, List<string> found) =>
        found.Count != found.Distinct().Count() ? "paging: a match comes twice"
        : answer.Pages.Any(page => page.Matches.Count > query.Count) ? "paging: a page is too long"
        : answer.Total is { } total && total != found.Count ? $"total: {total} of {found.Count}"
        : null;

    string? Order(OracleQuery query, List<string> found)
    {
        var sort = query.Controls.FirstOrDefault(control => control.Name == "_sort");
        return sort is not null && OracleOrder.Fault(sort.Value, [.. found.Select(oracle.World.Find).OfType<OracleResource>()])
            is { } fault ? $"order: {fault}" : null;
    }

    string? Included(OracleQuery query, OracleAnswer answer)
    {
        foreach (var page in answer.Pages)
        {
            var expected = oracle.Includes(query, page.Matches);
            var (more, less) = (page.Includes.Except(expected).ToList(), expected.Except(page.Includes).ToList());
            if (more.Count + less.Count > 0)
            {
                return $"included for {string.Join(' ', page.Matches.Take(5))} by the server alone: "
                    + $"{string.Join(' ', more.Take(8))}; by the oracle alone: {string.Join(' ', less.Take(8))}";
            }
        }

        return null;
    }

    /// <summary>The ids, and what the first of them holds for the parameters asked for.</summary>
    string Names(OracleQuery query, List<string> ids)
    {
        if (ids.Count == 0)
        {
            return "none";
        }

        var text = string.Join(' ', ids.Take(8));
        if (oracle.World.Find(ids[0]) is not { } resource)
        {
            return $"{text} (not current)";
        }

        var codes = query.Criteria.SelectMany(criterion => criterion.Name == "_filter"
            ? [.. OracleParameters.Of(resource.Type).Keys.Where(code => $" {criterion.Value}".Contains($" {code} ", StringComparison.Ordinal))]
            : (string[])[criterion.Name.Split('.', ':')[0]]);
        if (query.Within is { } focus && FhirSchema.R4.TryGetCompartment(focus.Type, out var compartment))
        {
            codes = codes.Concat(compartment.Members.GetValueOrDefault(resource.Type, []));
        }

        var held = from code in codes
                   let parameter = OracleParameters.Find(resource.Type, code)
                   where parameter is not null
                   from element in OracleWorld.Elements(resource, parameter)
                   select JsonSerializer.Serialize(element.Json, Readable);
        return $"{text} ({string.Join(" ", held)})";
    }
}
