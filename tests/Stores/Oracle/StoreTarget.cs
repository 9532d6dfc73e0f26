using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;
using FhirHub.Core.Terminology;
using FhirHub.Storage.Sql;
using FhirHub.Terminology;

namespace FhirHub.Stores.Oracle;

/// <summary>A store asked through the parser and the seam, as the host asks it.</summary>
sealed class StoreTarget(StoragePair pair) : OracleTarget
{
    static readonly Caller Caller = new(Sample.Tenant, "test");

    readonly SearchParser _parser = new(ParameterCatalog.R4, SearchZone.China, pair.Clock);

    /// <summary>What value sets hold, by the terminology of the hub and what is stored.</summary>
    readonly SearchTerminology _codes = new(
        new HubTerminology(
            pair.Resources, pair.Search, pair.Clock, new TerminologyOptions(), new TerminologyChanges(),
            new UnmappedCodes(pair.Clock)),
        pair.Resources);

    /// <summary>What may be seen.</summary>
    internal AccessRule Access { get; set; } = AccessRule.Everything;

    internal override string? Base => "http://hub.example/fhir";

    internal override DateTimeOffset Now => pair.Clock.Now;

    internal override void Wait(TimeSpan time) => pair.Clock.Now += time;

    internal override async Task<byte[]> PutAsync(string type, string id, string json)
    {
        var entry = Sample.Put(json);
        var result = await pair.CommitAsync(entry with { Compartments = Compartments.Of(entry.Key, entry.SearchValues) });
        await pair.Search.CatchUpAsync(result.Position, CancellationToken.None);
        return result.Versions[0].Json.ToArray();
    }

    internal override Task DeleteAsync(string type, string id) => pair.DeleteAsync(type, id);

    internal override async Task<OracleAnswer> AskAsync(OracleQuery query)
    {
        try
        {
            var asked = await _codes.ResolveAsync(Parsed(query), Caller, CancellationToken.None);
            var pages = new List<OraclePage>();
            for (SearchCursor? after = null; ;)
            {
                var page = await pair.Search.SearchAsync(asked with { After = after }, CancellationToken.None);
                pages.Add(Read(page));
                if (page.Next is not { } next)
                {
                    await GoBackAsync(asked, page, pages);
                    return new OracleAnswer(pages, await NumberAsync(asked) ?? page.Total);
                }

                after = next;
            }
        }
        catch (FhirException problem)
        {
            throw new OracleRefusal(problem.Problem.Text);
        }
        catch (StorageException failure)
        {
            throw new OracleRefusal($"the store failed: {failure.Message}");
        }
    }

    static OraclePage Read(SearchPage page) => new(
        [.. page.Matches.Select(match => match.Container is { } container
            ? $"{container.Type}/{container.Id}#{match.Key.Id}"
            : $"{match.Key.Type}/{match.Key.Id}")],
        [.. page.Included.Select(included => $"{included.Key.Type}/{included.Key.Id}")]);

    /// <summary>From the last page to the first the same ones must come.</summary>
    async Task GoBackAsync(SearchQuery asked, SearchPage last, List<OraclePage> pages)
    {
        var place = last.Previous;
        for (var i = pages.Count - 2; i >= 0; i--)
        {
            if (place is null)
            {
                throw new OracleRefusal($"no page leads back from page {i + 2}");
            }

            var page = await pair.Search.SearchAsync(asked with { After = place }, CancellationToken.None);
            var (found, before) = (Read(page), pages[i]);
            if (!found.Matches.SequenceEqual(before.Matches) || !found.Includes.ToHashSet().SetEquals(before.Includes))
            {
                throw new OracleRefusal($"page {i + 1} was {string.Join(' ', before.Matches.Take(8))}, and on the way "
                    + $"back it is {string.Join(' ', found.Matches.Take(8))}");
            }

            place = page.Previous;
        }

        if (place is not null)
        {
            throw new OracleRefusal("a page leads back from the first");
        }
    }

    /// <summary>
    /// What the store says there is when only the number is wanted, once it has kept the number if it does that.
    /// </summary>
    async Task<long?> NumberAsync(SearchQuery asked)
    {
        const int Times = 2;
        long? total = null;
        for (var i = 0; i < Times; i++)
        {
            var number = await pair.Search.SearchAsync(
                asked with { Count = 0, Includes = [], Total = SearchTotal.Accurate }, CancellationToken.None);
            total = number.Total;
            // What is kept is begun in the commit before this one.
            _ = await pair.Resources.CommitAsync(new Commit([], []), CancellationToken.None);
        }

        return total;
    }

    /// <summary>What a query's criteria come to.</summary>
    internal SearchExpression Expression(OracleQuery query) => Parsed(query).Expression;

    SearchQuery Parsed(OracleQuery query)
    {
        var scope = new SearchScope
        {
            Tenant = Sample.Tenant,
            Type = query.Type.Length == 0 ? null : query.Type,
            Compartment = query.Within,
            BaseUrl = Base,
            Access = Access,
        };
        return _parser.Parse(scope, query.Pairs).Query with { Total = SearchTotal.Accurate };
    }
}
