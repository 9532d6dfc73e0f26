using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;

namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>
/// Whether references lead somewhere, and whether what is written may be seen, looked at where nobody else can write.
/// </summary>
sealed partial class StoreWriter
{
    /// <summary>How many that the caller may not see are passed over to find what refers to a resource.</summary>
    const int HiddenMax = 10_000;

    /// <summary>
    /// One probe of the index for each parameter the tenant has, so the cost does not grow with the store.
    /// </summary>
    static readonly string Referrers =
        $"""
        SELECT h.rid, h.scope, h.id FROM scope s CROSS JOIN parameter p ON p.scope = s.id
        CROSS JOIN reference x ON x.param = p.id AND x.id = ?2 AND x.type = ?3 AND x.until = 0
        CROSS JOIN resource h INDEXED BY resource_rid ON h.scope = s.id AND h.rid = x.rid AND h.deleted = 0
        WHERE s.tenant = ?1 AND p.url NOT IN ({string.Join(", ", Links.Inline.Select(url => $"'{url}'"))})
        UNION ALL
        SELECT h.rid, h.scope, h.id FROM scope s
        CROSS JOIN parameter p ON p.scope = s.id AND p.url = '{Links.Parameter.Url}'
        CROSS JOIN uri x ON x.param = p.id AND x.url = ?4 AND x.until = 0
        CROSS JOIN resource h INDEXED BY resource_rid ON h.scope = s.id AND h.rid = x.rid AND h.deleted = 0
        WHERE s.tenant = ?1
        """;

    /// <summary>The references that would lead nowhere after the commit; null when there are none.</summary>
    BrokenLinks? BrokenBy(Commit commit, CommitLinks links, Current[] current)
    {
        var missing = links.Targets.Where(target => Find(target).IsGone || !Sees(target, commit.Access)).ToList();
        var referred = new List<ReferredDeletion>();
        HashSet<long>? own = null;
        for (var i = 0; i < current.Length; i++)
        {
            if (commit.Entries[i].Method == WriteMethod.Delete && !current[i].IsGone)
            {
                own ??= [.. current.Where(c => !c.IsGone).Select(c => c.Rid)];
                if (ReferrersOf(commit.Entries[i].Key, links.BaseUrl, own, commit.Access) is { Count: > 0 } others)
                {
                    var keys = others.Values.Take(ReferredDeletion.ExamplesMax).ToList();
                    referred.Add(new ReferredDeletion(i, others.Count, keys));
                }
            }
        }

        return missing.Count + referred.Count == 0 ? null : new BrokenLinks(missing, referred);
    }

    Dictionary<long, ResourceKey> ReferrersOf(
        ResourceKey key, string? baseUrl, HashSet<long> own, AccessRule access)
    {
        CatchUp();
        var found = new Dictionary<long, ResourceKey>();
        using var select = _database.Constant(Referrers);
        select.Bind(1, key.Tenant).Bind(2, key.Id).Bind(3, _names.Text(_database, key.Type))
            .Bind(4, baseUrl is null ? null : $"{baseUrl}/{key}");
        var hidden = 0;
        while (found.Count < ReferredDeletion.CountMax && select.Step())
        {
            if (!own.Contains(select.Long(0)))
            {
                var (tenant, type) = _names.ScopeOf(_database, select.Int(1));
                var referrer = new ResourceKey(tenant, type, select.Text(2));
                if (Sees(referrer, access))
                {
                    found[select.Long(0)] = referrer;
                }
                else if (++hidden == HiddenMax)
                {
                    throw new FhirException(
                        ProblemKind.Unprocessable,
                        "too-costly",
                        "To delete this would be to look at more resources than one request may; ask who may see all.");
                }
            }
        }

        return found;
    }

    /// <summary>Fails where the caller would not see what he has written.</summary>
    void RequireSeen(Commit commit)
    {
        foreach (var entry in commit.Entries)
        {
            if (entry is { IsBeside: false, Json: not null } && !Sees(entry.Key, commit.Access))
            {
                throw new FhirException(
                    ProblemKind.Forbidden,
                    "forbidden",
                    $"The {entry.Key.Type} would not be among what you may see, so nothing was written.");
            }
        }
    }

    bool Sees(ResourceKey key, AccessRule access)
    {
        if (access.For(key.Type) is null)
        {
            return true;
        }

        CatchUp();
        return SqlSearch.Sees((_database, _names, _estimates), key, access);
    }
}
