using FhirHub.Core.Model;
using FhirHub.Core.Search;

namespace FhirHub.Host.Operations;

/// <summary>
/// Everything about one patient after the other. What several patients share, such as a practitioner, is on a page
/// once, and again on a later page with another patient: the server remembers nothing between pages.
/// </summary>
sealed class PatientsWalk(EverythingSource source, EverythingQuery query, Caller caller)
{
    /// <summary>A page ends here even if the patients had little: no request goes through them all.</summary>
    const int PatientsMax = 100;

    /// <summary>The next resources from a place, and the place behind them; null when nothing is left.</summary>
    internal async Task<(IReadOnlyCollection<StoredResource> Found, PatientsCursor? Next)> TakeAsync(
        PatientsCursor start, int count, CancellationToken cancel)
    {
        var found = new Dictionary<ResourceKey, StoredResource>();
        var at = start;
        for (var visited = 0; visited < PatientsMax && found.Count < count; visited++)
        {
            // 1. The patient whose turn it is.
            var page = await source.Index.SearchAsync(Patients(at), cancel);
            if (page.Matches.Count == 0)
            {
                return (found.Values, null);
            }

            // 2. Everything about it, from its beginning unless this one is under way.
            var patient = page.Matches[0];
            var inside = at.Id == patient.Key.Id ? at.Inside : EverythingCursor.Start;
            var walk = new EverythingWalk(source, patient, query, caller);
            while (inside is not null && found.Count < count)
            {
                (var taken, inside) = await walk.TakeAsync(inside, count - found.Count, cancel);
                foreach (var resource in taken)
                {
                    found.TryAdd(resource.Key, resource);
                }
            }

            // 3. The next one, or the rest of this one.
            if (inside is not null && (await walk.TakeAsync(inside, 1, cancel)).Found.Count > 0)
            {
                return (found.Values, at with { Id = patient.Key.Id, Inside = inside });
            }

            if (page.Next is not { } following)
            {
                return (found.Values, null);
            }

            at = new PatientsCursor(following, null, EverythingCursor.Start);
        }

        return (found.Values, at);
    }

    SearchQuery Patients(PatientsCursor at) => new()
    {
        Tenant = caller.Tenant,
        Type = "Patient",
        Expression = new SearchExpression.And([]),
        Count = 1,
        Access = caller.Access,
        After = at.Place,
    };
}
