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

    /// <summary>The one in force, or the one of the version named; null when there is none.</summary>
    internal async ValueTask<StoredResource?> FindAsync(
        string tenant, string type, string url, string? version, CancellationToken cancel)
    {
        (StoredResource Resource, ResourceHeader Header)? best = null;
        var query = new SearchQuery
        {
            Tenant = tenant,
            Type = type,
            Expression = new SearchExpression.Url(UrlParameter(type), url),
            Count = PageCount,
        };
        while (true)
        {
            var page = await index.SearchAsync(query, cancel);
            if (version is null && best is null && page is { Next: null, Matches: [{ Json.IsEmpty: false } only] })
            {
                return only; // nearly always; then nothing has to be read to compare it
            }

            foreach (var resource in await WithContentAsync(page.Matches, cancel))
            {
                var header = ResourceHeader.Read(resource.Json.Span);
                if ((version is null || version == header.Version)
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

    static bool IsBefore((StoredResource Resource, ResourceHeader Header) one, (StoredResource, ResourceHeader) other)
    {
        var order = ResourceHeader.Compare(one.Header, other.Item2);
        return order != 0 ? order < 0 : one.Resource.Position < other.Item1.Position;
    }

    /// <summary>An index may give keys only.</summary>
    async ValueTask<IReadOnlyList<StoredResource>> WithContentAsync(
        IReadOnlyList<StoredResource> matches, CancellationToken cancel)
    {
        if (matches.All(match => !match.Json.IsEmpty))
        {
            return matches;
        }

        var read = new List<StoredResource>();
        await foreach (var resource in store.ReadManyAsync([.. matches.Select(match => match.Key)], cancel))
        {
            read.Add(resource);
        }

        return read;
    }

    static SearchParameterSchema UrlParameter(string type) => ParameterCatalog.R4.TryGet(type, "url", out var parameter)
        ? parameter
        : throw new UnreachableException($"R4 has a search parameter url for {type}.");
}
