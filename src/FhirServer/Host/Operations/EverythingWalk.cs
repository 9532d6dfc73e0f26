using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;

namespace FhirHub.Host.Operations;

/// <summary>
/// Walks the compartment of a focus (https://hl7.org/fhir/R4/compartmentdefinition.html) and what its members refer to
/// directly. A referenced resource in another patient's compartment is that patient's and stays out.
/// </summary>
sealed class EverythingWalk
{
    const int BatchSize = 500;

    /// <summary>
    /// The parameters that say when care took place, the first one a type has; types with none are about no moment.
    /// </summary>
    static readonly string[] CareDates =
    [
        "date", "onset-date", "occurrence", "effective-time", "effective", "whenhandedover", "started", "event-date",
        "collected", "sent", "identified", "start-date", "datetime", "period", "authored", "datewritten", "created",
    ];

    readonly EverythingSource _source;
    readonly StoredResource _focus;
    readonly EverythingQuery _query;
    readonly Caller _caller;
    readonly string _baseUrl;
    readonly List<string> _members;
    readonly HashSet<Compartment> _patients;
    List<ResourceKey>? _references;

    internal EverythingWalk(EverythingSource source, StoredResource focus, EverythingQuery query, Caller caller)
    {
        _source = source;
        _focus = focus;
        _query = query;
        _caller = caller;
        _baseUrl = caller.BaseUrl + "/";
        _patients = [.. PatientsOf(focus)];
        _members = FhirSchema.R4.TryGetCompartment(focus.Key.Type, out var compartment)
            ? [.. compartment.Members.Where(m => m.Value.Count > 0).Select(m => m.Key).Order(StringComparer.Ordinal)]
            : [];
    }

    /// <summary>The next resources from a place, and the place behind them; null when nothing is left.</summary>
    internal async Task<(List<StoredResource> Found, EverythingCursor? Next)> TakeAsync(
        EverythingCursor start, int count, CancellationToken cancel)
    {
        var found = new List<StoredResource>();
        var at = start;
        if (at.Step == 0)
        {
            if (_query.Wants(_focus.Key.Type) && IsRecent(_focus))
            {
                found.Add(_focus);
            }

            at = new EverythingCursor(1, null, null);
        }

        while (at.Step <= _members.Count && found.Count < count)
        {
            at = await TakeMembersAsync(at, found, count - found.Count, cancel);
        }

        return found.Count < count
            ? (found, await TakeReferencesAsync(at, found, count - found.Count, cancel))
            : (found, at);
    }

    async Task<EverythingCursor> TakeMembersAsync(
        EverythingCursor at, List<StoredResource> found, int count, CancellationToken cancel)
    {
        var following = new EverythingCursor(at.Step + 1, null, null);
        var type = _members[at.Step - 1];
        if (!_query.Wants(type))
        {
            return following;
        }

        var page = await SearchAsync(type, _query.Since, at.Place, count, cancel);
        found.AddRange(page.Matches.Where(IsMember));
        return page.Next is { } place ? at with { Place = place } : following;
    }

    async Task<EverythingCursor?> TakeReferencesAsync(
        EverythingCursor at, List<StoredResource> found, int count, CancellationToken cancel)
    {
        _references ??= await ReferencesAsync(cancel);
        var first = at.Reference is null ? 0 : _references.FindLastIndex(r => Precedes(r, at.Reference)) + 1;
        while (first < _references.Count && count > 0)
        {
            var batch = _references.GetRange(first, Math.Min(count, _references.Count - first));
            await foreach (var resource in _source.Store.ReadManyAsync(batch, _caller.Access, cancel))
            {
                if (IsRecent(resource) && IsOurs(resource))
                {
                    found.Add(resource);
                    count--;
                }
            }

            first += batch.Count;
        }

        return first < _references.Count
            ? new EverythingCursor(_members.Count + 1, null, _references[first - 1].ToString())
            : null;
    }

    /// <summary>
    /// What all members refer to, each once. All of them, because one that is not asked for itself, being of another
    /// type or older, may refer to one that is.
    /// </summary>
    async Task<List<ResourceKey>> ReferencesAsync(CancellationToken cancel)
    {
        var targets = new HashSet<ResourceKey>();
        var members = new HashSet<ResourceKey> { _focus.Key };
        targets.UnionWith(References.Of(FhirDocument.ParseJson(_focus.Json), _focus.Key.Tenant, _baseUrl));
        foreach (var type in _members)
        {
            for (var (place, isLast) = ((SearchCursor?)null, false); !isLast;)
            {
                var page = await SearchAsync(type, null, place, BatchSize, cancel);
                foreach (var member in page.Matches)
                {
                    members.Add(member.Key);
                    if (IsMember(member))
                    {
                        var document = FhirDocument.ParseJson(member.Json);
                        targets.UnionWith(References.Of(document, member.Key.Tenant, _baseUrl));
                    }
                }

                (place, isLast) = (page.Next, page.Next is null);
            }
        }

        targets.ExceptWith(members);
        targets.RemoveWhere(t => !_query.Wants(t.Type));
        return [.. targets.OrderBy(t => t.ToString(), StringComparer.Ordinal)];
    }

    ValueTask<SearchPage> SearchAsync(
        string type, DateTimeOffset? since, SearchCursor? place, int count, CancellationToken cancel)
    {
        var inside = Compartments.Members(type, new Compartment(_focus.Key.Type, _focus.Key.Id), _baseUrl.TrimEnd('/'));
        var expression = since is { } from
            ? new SearchExpression.And(
                [inside, new SearchExpression.LastUpdated(new DateRange(from.UtcDateTime, DateRange.Open.High))])
            : inside;
        var query = new SearchQuery
        {
            Tenant = _focus.Key.Tenant,
            Type = type,
            Expression = expression,
            Count = count,
            Access = _caller.Access,
            After = place,
        };
        return _source.Index.SearchAsync(query, cancel);
    }

    bool IsMember(StoredResource resource) => resource.Key != _focus.Key && TouchesCare(resource);

    bool IsRecent(StoredResource resource) => _query.Since is not { } since || resource.LastUpdated >= since;

    /// <summary>Whether care took place in the period asked for; without a date it may have.</summary>
    bool TouchesCare(StoredResource resource)
    {
        if (_query.Care is not { } care)
        {
            return true;
        }

        var type = resource.Key.Type;
        var code = CareDates.FirstOrDefault(c =>
            _source.Extractor.Catalog.TryGet(type, c, out var parameter) && parameter.Type == SearchParameterType.Date);
        if (code is null)
        {
            return true;
        }

        var dates = _source.Extractor.Extract(FhirDocument.ParseJson(resource.Json)).Entries
            .Where(e => e.Within is null && e.Parameter.Code == code)
            .Select(e => e.Value)
            .OfType<SearchValue.Date>()
            .ToList();
        return dates.Count == 0 || dates.Exists(d => d.Range.Low < care.High && d.Range.High > care.Low);
    }

    bool IsOurs(StoredResource resource)
    {
        var patients = PatientsOf(resource).ToList();
        return patients.Count == 0 || patients.Exists(_patients.Contains);
    }

    IEnumerable<Compartment> PatientsOf(StoredResource resource)
    {
        var values = _source.Extractor.Extract(FhirDocument.ParseJson(resource.Json)).Entries;
        return Compartments.Of(resource.Key, values).Where(c => c.Type == "Patient");
    }

    static bool Precedes(ResourceKey key, string reference) =>
        string.CompareOrdinal(key.ToString(), reference) <= 0;
}
