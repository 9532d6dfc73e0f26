using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;
using FhirHub.Fhir.Documents;

namespace FhirHub.Profiles.Plans;

/// <summary>Reads, finds and counts what a tenant has stored, by searches in FHIR's own words.</summary>
public sealed class RecordSearch(
    SearchParser parser, SearchTerminology terminology, ISearchIndex index, IResourceStore store)
{
    const int PageCount = 1000;

    internal async ValueTask<FhirDocument?> ReadAsync(
        string type, string id, Caller caller, CancellationToken cancel) =>
        ResourceId.IsValid(id)
        && await store.ReadAsync(
            new ResourceKey(caller.Tenant, type, id), null, caller.Access, cancel) is { IsDeleted: false } found
            ? FhirDocument.ParseJson(found.Json, ParseOptions.Lenient).Document
            : null;

    /// <summary>How many a search finds; nothing of them is read.</summary>
    internal async ValueTask<long> CountAsync(
        string type,
        IEnumerable<KeyValuePair<string, string>> criteria,
        bool isUnhurried,
        Caller caller,
        CancellationToken cancel)
    {
        var query = await QueryAsync(type, criteria, caller, cancel);
        var page = await index.SearchAsync(
            query with { Count = 0, Total = SearchTotal.Accurate, IsUnhurried = isUnhurried }, cancel);
        return page.Total ?? throw new InvalidOperationException("A search that was to be counted was not.");
    }

    /// <summary>All that a search finds; more than there may be is refused and never cut off.</summary>
    internal async ValueTask<IReadOnlyList<FhirDocument>> FindAsync(
        string type,
        IEnumerable<KeyValuePair<string, string>> criteria,
        int most,
        Caller caller,
        CancellationToken cancel)
    {
        var found = new List<FhirDocument>();
        var query = await QueryAsync(type, criteria, caller, cancel) with
        {
            Count = Math.Min(most + 1, PageCount),
            Total = SearchTotal.None,
        };
        for (SearchCursor? after = null; ;)
        {
            var page = await index.SearchAsync(query with { After = after }, cancel);
            foreach (var match in page.Matches)
            {
                // An index may know only which resources there are.
                var resource = match.Json.IsEmpty
                    ? await store.ReadAsync(match.Key, null, caller.Access, cancel)
                    : match;
                if (resource is { IsDeleted: false }
                    && FhirDocument.ParseJson(resource.Json, ParseOptions.Lenient).Document is { } document)
                {
                    found.Add(document);
                }
            }

            if (found.Count > most)
            {
                throw new FhirException(
                    ProblemKind.Unprocessable, "too-costly",
                    $"There are more than {most:N0} resources of type {type} to look through for this.");
            }

            if (page.Next is null)
            {
                return found;
            }

            after = page.Next;
        }
    }

    async ValueTask<SearchQuery> QueryAsync(
        string type,
        IEnumerable<KeyValuePair<string, string>> criteria,
        Caller caller,
        CancellationToken cancel)
    {
        var scope = new SearchScope
        {
            Tenant = caller.Tenant,
            Type = type,
            BaseUrl = caller.BaseUrl,
            Access = caller.Access,
        };
        return await terminology.ResolveAsync(parser.Parse(scope, criteria).Query, caller, cancel);
    }
}
