using System.Diagnostics;
using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;

namespace FhirHub.Profiles.Library;

/// <summary>Definitions and resources a tenant has stored, as validation asks for them.</summary>
public sealed class StoredDefinitions(IResourceStore store, ISearchIndex index)
{
    const int PageCount = 50;

    /// <summary>The definition of a canonical URL: the version named, or else an active one before others.</summary>
    public async ValueTask<FhirDocument?> FindAsync(
        string type, string canonical, Caller caller, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(canonical);
        ArgumentNullException.ThrowIfNull(caller);
        var bar = canonical.IndexOf('|', StringComparison.Ordinal);
        var (url, version) = bar < 0 ? (canonical, null) : (canonical[..bar], canonical[(bar + 1)..]);
        if (!ParameterCatalog.R4.TryGet(type, "url", out var parameter))
        {
            throw new UnreachableException($"Only definitions have canonical URLs, and {type} has none.");
        }

        var query = new SearchQuery
        {
            Tenant = caller.Tenant,
            Type = type,
            Expression = new SearchExpression.Url(parameter, url),
            Access = caller.Access,
            Count = PageCount, // versions of one definition beyond a page do not count
        };
        var page = await index.SearchAsync(query, cancel);
        FhirDocument? best = null;
        foreach (var match in page.Matches)
        {
            var resource = match.Json.IsEmpty ? await store.ReadAsync(match.Key, null, caller.Access, cancel) : match;
            if (resource is null || resource.IsDeleted)
            {
                continue;
            }

            var document = FhirDocument.ParseJson(resource.Json, ParseOptions.Lenient).Document;
            if (document is not null && (version is null || document.Root.First("version").Text == version)
                && (best is null || IsBetter(document.Root, best.Root)))
            {
                best = document;
            }
        }

        return best;
    }

    /// <summary>The resource a relative reference leads to, or an absolute one to this server.</summary>
    public async ValueTask<FhirDocument?> ResolveAsync(string reference, Caller caller, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(caller);
        var relative = caller.BaseUrl is { } own && reference.StartsWith(own, StringComparison.Ordinal)
            ? reference[own.Length..].TrimStart('/')
            : reference;
        if (relative.Split('/') is not [var type, var id, ..] || !FhirSchema.R4.TryGetType(type, out var schema)
            || !schema.IsResource || !ResourceId.IsValid(id))
        {
            return null;
        }

        var found = await store.ReadAsync(new ResourceKey(caller.Tenant, type, id), null, caller.Access, cancel);
        return found is null || found.IsDeleted
            ? null
            : FhirDocument.ParseJson(found.Json, ParseOptions.Lenient).Document;
    }

    static bool IsBetter(FhirNode one, FhirNode other)
    {
        var (active, otherActive) = (one.First("status").Text == "active", other.First("status").Text == "active");
        return active != otherActive ? active : string.CompareOrdinal(
            one.First("version").Text, other.First("version").Text) > 0;
    }
}
