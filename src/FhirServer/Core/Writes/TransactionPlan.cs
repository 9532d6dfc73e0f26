using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Fhir.Documents;

namespace FhirHub.Core.Writes;

/// <summary>
/// One attempt at a transaction: which resource each entry is about as the store is now, and the writes with their
/// links replaced accordingly.
/// </summary>
sealed class TransactionPlan(
    WritePlan plan, Conditions conditions, Caller caller, TimeProvider time, string baseUrl)
{
    readonly ReferenceResolution _links = new(baseUrl);

    /// <summary>Adds the writes, and notes where the results of each end.</summary>
    internal async ValueTask FillAsync(List<TransactionWrite> writes, int[] ends, CancellationToken cancel)
    {
        // 1. What each entry is about, so that links to it can be replaced wherever they stand.
        var targets = new Target[writes.Count];
        for (var i = 0; i < targets.Length; i++)
        {
            var write = writes[i];
            targets[i] = await InEntryAsync(write, () => FindTargetAsync(write, cancel));
        }

        // 2. The references that are searches.
        foreach (var write in writes.Where(w => w.Entry.Resource.Exists))
        {
            await InEntryAsync(write, () => ResolveSearchesAsync(write, cancel));
        }

        // 3. The writes, in their order.
        for (var i = 0; i < targets.Length; i++)
        {
            var (write, target) = (writes[i], targets[i]);
            plan.Place = BundleEntry.PlaceOf(write.Entry.Index);
            await InEntryAsync(write, async () =>
            {
                await AddAsync(write, target, cancel);
                return true;
            });
            ends[i] = plan.ResultCount;
        }
    }

    async ValueTask<Target> FindTargetAsync(TransactionWrite write, CancellationToken cancel)
    {
        var target = default(Target);
        if (write.Id is not null)
        {
            target = new Target(write.Id, null);
        }
        else if (write.Entry.Method is "POST" or "PUT")
        {
            var found = write.Query is { } query ? await FindOneAsync(query, cancel) : null;
            var own = write.Entry.Method == "PUT" ? write.Entry.Resource.First("id").Text : null;
            target = new Target(found?.Key.Id ?? own ?? ResourceId.New(time), found);
        }
        else
        {
            // What a conditional patch or delete finds is nothing that links can mean.
            return target;
        }

        var name = $"{write.Type}/{target.Id}";
        if (write.Condition is { } condition && !_links.TryAdd(condition, name))
        {
            throw new FhirException(
                ProblemKind.Invalid,
                "duplicate",
                "Another entry has the same condition; a transaction may name a resource once.");
        }

        if (write.Entry is { FullUrl: { } fullUrl, Method: not "DELETE" } && !_links.TryAdd(fullUrl, name))
        {
            throw new FhirException(
                ProblemKind.Invalid,
                "duplicate",
                "Another entry has the same fullUrl: https://hl7.org/fhir/R4/bundle.html#bdl-7",
                $"{BundleEntry.PlaceOf(write.Entry.Index)}.fullUrl");
        }

        return target;
    }

    async ValueTask<bool> ResolveSearchesAsync(TransactionWrite write, CancellationToken cancel)
    {
        foreach (var reference in ReferenceResolution.Searches(write.Entry.Resource))
        {
            if (_links.Knows(reference) || !ReferenceResolution.TrySplit(reference, out var type, out var search))
            {
                continue;
            }

            var found = await FindOneAsync(await conditions.ReadAsync(caller, type, search, cancel), cancel)
                ?? throw new FhirException(
                    ProblemKind.PreconditionFailed,
                    "not-found",
                    $"A conditional reference finds no {type}; it has to find exactly one.");
            _links.TryAdd(reference, found.Key.ToString());
        }

        return true;
    }

    /// <summary>The one match, or none. Two tell as much as a thousand.</summary>
    async ValueTask<StoredResource?> FindOneAsync(SearchQuery query, CancellationToken cancel)
    {
        var found = await plan.FindAsync(query with { Count = 2 }, cancel);
        return found.Count > 1 ? throw WritePlan.SeveralMatch(query.Type) : found.Count == 0 ? null : found[0];
    }

    async ValueTask AddAsync(TransactionWrite write, Target target, CancellationToken cancel)
    {
        var entry = write.Entry;
        if (entry.Method == "POST" && target.Found is { } existing)
        {
            plan.AddExisting(existing);
            return;
        }

        await plan.AddAsync(
            entry.Method switch
            {
                "POST" => new Write.Create(Document(entry)) { Id = target.Id },
                "PUT" => Update(write, target),
                "PATCH" when write.Query is { } query =>
                    new Write.ConditionalPatch(query, Patch(write), write.Precondition),
                "PATCH" => new Write.Patch(write.Type, target.Id, Patch(write), write.Precondition),
                _ when write.Query is { } query => new Write.ConditionalDelete(query, write.DeletesMany),
                _ => new Write.Delete(write.Type, target.Id, write.Precondition),
            },
            cancel);
    }

    Write.Update Update(TransactionWrite write, Target target)
    {
        var own = write.Entry.Resource.First("id").Text;
        return (own is null && write.Query is not null) || own == target.Id
            ? new Write.Update(Document(write.Entry), target.Id, write.Precondition)
            {
                IsIdNew = own is null && target.Found is null,
            }
            : throw new FhirException(
                ProblemKind.Invalid,
                own is null ? "required" : "value",
                own is null
                    ? $"The resource needs the id of its address: \"id\": \"{target.Id}\"."
                    : write.Query is null
                        ? "The id of the resource and the id of its address differ."
                        : $"The search finds {write.Type}/{target.Id}, but the resource has another id.",
                $"{write.Type}.id");
    }

    FhirDocument Document(BundleEntry entry) => FhirDocument.ParseJson(_links.Apply(entry.Resource, entry.FullUrl));

    PatchBody Patch(TransactionWrite write) => write.Patch(_links.Apply(write.Entry.Resource, write.Entry.FullUrl));

    static async ValueTask<T> InEntryAsync<T>(TransactionWrite write, Func<ValueTask<T>> step)
    {
        try
        {
            return await step();
        }
        catch (FhirException problem)
        {
            throw write.Entry.Failed(problem.Problem);
        }
        catch (FhirFormatException content)
        {
            var first = content.Issues[0];
            throw write.Entry.Failed(new Problem(ProblemKind.Invalid, "invalid", first.Text, first.Expression));
        }
    }

    /// <summary>The id of the resource an entry is about, and the resource if its condition found it.</summary>
    readonly record struct Target(string Id, StoredResource? Found);
}
