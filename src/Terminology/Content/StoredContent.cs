using System.Diagnostics;
using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;
using FhirHub.Fhir.Definitions;

namespace FhirHub.Terminology.Content;

/// <summary>The definitions a tenant has stored, found by their URLs.</summary>
sealed class StoredContent(IResourceStore store, ISearchIndex index)
{
    const int PageCount = 100;
    const int LargeCount = 10; // code systems may be of many megabytes each

    /// <summary>
    /// The one in force, or the one of the version named, now or as of a moment; null when there is none. One that was
    /// deleted since is not found: the index knows what there is.
    /// </summary>
    internal async ValueTask<StoredResource?> FindAsync(
        Caller caller, string type, string url, string? version, DateTimeOffset? asOf, CancellationToken cancel)
    {
        (StoredResource Resource, ResourceHeader Header)? best = null;
        var query = new SearchQuery
        {
            Tenant = caller.Tenant,
            Access = caller.Access,
            Type = type,
            Expression = new SearchExpression.Url(Parameter(type, "url"), url),
            Count = PageCount,
        };
        while (true)
        {
            var page = await index.SearchAsync(query, cancel);
            if (version is null && asOf is null && best is null
                && page is { Next: null, Matches: [{ Json.IsEmpty: false } only] })
            {
                return only; // nearly always; then nothing has to be read to compare it
            }

            foreach (var current in await WithContentAsync(page.Matches, caller, cancel))
            {
                if (await AtAsync(current, asOf, caller, cancel) is not { } resource)
                {
                    continue;
                }

                var header = ResourceHeader.Read(resource.Json.Span);
                if ((version is null || version == header.Version)
                    && (asOf is null || header.Url == url)
                    && (best is not { } other || IsBefore(other, (resource, header))))
                {
                    best = (resource, header);
                }
            }

            if (page.Next is not { } next)
            {
                return best?.Resource;
            }

            query = query with { After = next };
        }
    }

    /// <summary>Every resource of a URL, whatever its version and status.</summary>
    internal async ValueTask<IReadOnlyList<StoredResource>> VersionsAsync(
        Caller caller, string type, string url, CancellationToken cancel)
    {
        const int Max = 1_000;
        var found = new List<StoredResource>();
        var query = new SearchQuery
        {
            Tenant = caller.Tenant,
            Access = caller.Access,
            Type = type,
            Expression = new SearchExpression.Url(Parameter(type, "url"), url),
            Count = PageCount,
        };
        for (var next = query; next is not null && found.Count < Max;)
        {
            var page = await index.SearchAsync(next, cancel);
            found.AddRange(await WithContentAsync(page.Matches, caller, cancel));
            next = page.Next is { } after ? query with { After = after } : null;
        }

        return found;
    }

    /// <summary>What a resource was at a moment; null where it was not yet there.</summary>
    async ValueTask<StoredResource?> AtAsync(
        StoredResource current, DateTimeOffset? asOf, Caller caller, CancellationToken cancel)
    {
        if (asOf is not { } moment || current.LastUpdated <= moment)
        {
            return current;
        }

        var query = new HistoryQuery
        {
            Tenant = current.Key.Tenant,
            Type = current.Key.Type,
            Id = current.Key.Id,
            At = new DateRangeFilter(moment, moment),
            Access = caller.Access,
            Count = 1,
        };
        await foreach (var then in store.HistoryAsync(query, cancel))
        {
            return then.IsDeleted ? null : then;
        }

        return null;
    }

    /// <summary>What there is of code systems; as many as a list can hold.</summary>
    internal async ValueTask<IReadOnlyList<CodeSystemSummary>> CodeSystemsAsync(
        Caller caller, CancellationToken cancel)
    {
        const int Max = 10_000;
        var found = new List<CodeSystemSummary>();
        var query = new SearchQuery
        {
            Tenant = caller.Tenant,
            Access = caller.Access,
            Type = "CodeSystem",
            Expression = new SearchExpression.And([]),
            Count = LargeCount,
        };
        for (var next = query; next is not null && found.Count < Max;)
        {
            var page = await index.SearchAsync(next, cancel);
            found.AddRange((await WithContentAsync(page.Matches, caller, cancel))
                .Select(system => CodeSystemSummary.Read(system.Json.Span))
                .Where(system => system.Url.Length > 0));
            next = page.Next is { } after ? query with { After = after } : null;
        }

        return found;
    }

    /// <summary>The canonicals of the stored concept maps that translate from a system, or into it backwards.</summary>
    internal async ValueTask<IReadOnlyList<string>> MapsAsync(
        Caller caller, string system, bool isReverse, CancellationToken cancel)
    {
        var query = new SearchQuery
        {
            Tenant = caller.Tenant,
            Access = caller.Access,
            Type = "ConceptMap",
            Expression = new SearchExpression.Url(
                Parameter("ConceptMap", isReverse ? "target-system" : "source-system"), system),
            Count = PageCount,
        };
        // One page: who has more maps from one system than that has to name the one meant.
        var page = await index.SearchAsync(query, cancel);
        return
        [
            .. (await WithContentAsync(page.Matches, caller, cancel))
                .Select(map => ResourceHeader.Read(map.Json.Span).Url)
                .OfType<string>(),
        ];
    }

    /// <summary>The stored naming systems that have an identifier; as many as a page holds.</summary>
    internal async ValueTask<IReadOnlyList<StoredResource>> NamingSystemsAsync(
        Caller caller, string identifier, CancellationToken cancel)
    {
        var query = new SearchQuery
        {
            Tenant = caller.Tenant,
            Access = caller.Access,
            Type = "NamingSystem",
            Expression = new SearchExpression.Text(Parameter("NamingSystem", "value"), identifier, TextMatch.Exact),
            Count = PageCount,
        };
        return await WithContentAsync((await index.SearchAsync(query, cancel)).Matches, caller, cancel);
    }

    static bool IsBefore((StoredResource Resource, ResourceHeader Header) one, (StoredResource, ResourceHeader) other)
    {
        var order = ResourceHeader.Compare(one.Header, other.Item2);
        return order != 0 ? order < 0 : one.Resource.Position < other.Item1.Position;
    }

    /// <summary>An index may give keys only.</summary>
    async ValueTask<IReadOnlyList<StoredResource>> WithContentAsync(
        IReadOnlyList<StoredResource> matches, Caller caller, CancellationToken cancel)
    {
        if (matches.All(match => !match.Json.IsEmpty))
        {
            return matches;
        }

        var read = new List<StoredResource>();
        var keys = matches.Select(match => match.Key).ToList();
        await foreach (var resource in store.ReadManyAsync(keys, caller.Access, cancel))
        {
            read.Add(resource);
        }

        return read;
    }

    static SearchParameterSchema Parameter(string type, string code) =>
        ParameterCatalog.R4.TryGet(type, code, out var parameter)
            ? parameter
            : throw new UnreachableException($"R4 has a search parameter {code} for {type}.");
}
