using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;
using FhirHub.Fhir.Documents;

namespace FhirHub.Core.Writes;

/// <summary>
/// One attempt at a list of writes: the plain changes they come down to as the store is now, and what must still be so
/// when they are committed.
/// </summary>
sealed class WritePlan(IResourceStore store, ISearchIndex index, Caller caller, TimeProvider time)
{
    readonly List<Change> _changes = [];
    readonly HashSet<ResourceKey> _keys = [];
    readonly List<CommitCondition> _conditions = [];

    /// <summary>For each result, in order: the change it comes from, or the result known already.</summary>
    readonly List<(int Change, WriteResult? Known)> _results = [];

    internal IReadOnlyList<Change> Changes => _changes;

    internal IReadOnlyList<CommitCondition> Conditions => _conditions;

    /// <summary>How many results the writes added so far will have.</summary>
    internal int ResultCount => _results.Count;

    /// <summary>Where the writes added next stand in their bundle; null when they are not from one.</summary>
    internal string? Place { get; set; }

    internal ValueTask AddAsync(Write write, CancellationToken cancel) => write switch
    {
        Write.Create create => AddCreateAsync(create, cancel),
        Write.Update update => AddUpdateAsync(update, cancel),
        Write.ConditionalUpdate update => AddConditionalUpdateAsync(update, cancel),
        Write.Patch patch => AddPatchAsync(patch, cancel),
        Write.ConditionalPatch patch => AddConditionalPatchAsync(patch, cancel),
        Write.Delete delete => AddDeleteAsync(delete, cancel),
        Write.ConditionalDelete delete => AddConditionalDeleteAsync(delete, cancel),
        _ => throw new System.Diagnostics.UnreachableException($"No plan for {write.GetType().Name}."),
    };

    /// <summary>What became of the writes.</summary>
    /// <param name="result">What became of the commit; null when there was nothing to commit.</param>
    /// <param name="warnings">What is wrong all the same, by change.</param>
    internal IReadOnlyList<WriteResult> Results(
        CommitResult? result, IEnumerable<(int Change, Problem Problem)>? warnings = null)
    {
        var byChange = (warnings ?? []).ToLookup(w => w.Change, w => w.Problem);
        return
        [
            .. _results.Select(r => r.Known ?? Made(r.Change, result) with { Warnings = [.. byChange[r.Change]] }),
        ];
    }

    /// <summary>
    /// Whether the conflict is with what the client itself asked for, so that another look changes nothing.
    /// </summary>
    internal bool IsFinal(CommitConflict conflict) => conflict.Entry >= 0 && _changes[conflict.Entry].IsClients;

    internal Problem Refusal(CommitConflict conflict)
    {
        if (conflict.Entry >= 0 && _changes[conflict.Entry] is { IsClients: true } change)
        {
            var text = change.ExpectedVersion == 0
                ? $"{change.Key} exists already, at version {conflict.CurrentVersion}."
                : $"{change.Key} is at version {conflict.CurrentVersion}, not at {change.ExpectedVersion}; "
                    + "read it again and repeat the change.";
            return new Problem(ProblemKind.PreconditionFailed, "conflict", text, change.Place);
        }

        return new Problem(
            ProblemKind.Conflict, "conflict", "Too many others are changing the same resources; try again.");
    }

    /// <summary>A result that needs no change: the resource is there already.</summary>
    internal void AddExisting(StoredResource resource)
    {
        Claim(resource.Key);
        _results.Add((-1, new WriteResult(WriteOutcome.Existing, resource)));
    }

    /// <summary>A change nobody asked for by itself, so that nobody waits for its result.</summary>
    internal void AddBeside(Change change)
    {
        // Somebody who writes the same resource in the same commit knows what to put there.
        if (_keys.Add(change.Key))
        {
            _changes.Add(change with { IsBeside = true });
        }
    }

    async ValueTask AddCreateAsync(Write.Create create, CancellationToken cancel)
    {
        if (create.IfNoneExist is { } query)
        {
            var matches = await FindAsync(query, cancel);
            if (matches.Count > 1)
            {
                throw SeveralMatch(query.Type);
            }

            if (matches.Count == 1)
            {
                _results.Add((-1, new WriteResult(WriteOutcome.Existing, matches[0])));
                return;
            }
        }

        var id = create.Id ?? ResourceId.New(time);
        Add(new Change(Key(create.Resource.Type.Name, id), create.Resource, WriteMethod.Post) { ExpectedVersion = 0 });
    }

    /// <summary>
    /// Who sees only a part puts nothing where he sees nothing: whether it would create tells what is there.
    /// </summary>
    async ValueTask AddUpdateAsync(Write.Update update, CancellationToken cancel)
    {
        var (key, precondition) = (Key(update.Resource.Type.Name, update.Id), update.Precondition);
        var seen = update.IsIdNew || !IsRuled(key.Type) ? null
            : await SeenAsync(key, cancel) ?? throw NoOwnId(key);
        Add(new Change(key, update.Resource, WriteMethod.Put)
        {
            ExpectedVersion = precondition.IfNoneMatch ? 0 : precondition.IfMatch ?? seen?.Version,
            IsClients = precondition != Precondition.None,
        });
    }

    async ValueTask AddConditionalUpdateAsync(Write.ConditionalUpdate update, CancellationToken cancel)
    {
        var bodyId = update.Resource.Root.First("id").Text;
        var matches = await FindAsync(update.Query, cancel);
        switch (matches.Count)
        {
            case 0 when bodyId is not null:
                await AddCreateUnderAsync(bodyId, update, cancel);
                break;
            case 0:
                var key = Key(update.Query.Type, update.Id ?? ResourceId.New(time));
                Add(new Change(key, update.Resource, WriteMethod.Put) { ExpectedVersion = 0 });
                break;
            case 1 when bodyId is not null && bodyId != matches[0].Key.Id:
                throw new FhirException(
                    ProblemKind.Invalid,
                    "value",
                    $"The search finds {matches[0].Key}, but the resource has another id; leave it out, or mend "
                        + "the search.",
                    $"{update.Query.Type}.id");
            case 1:
                await AddUpdateAsync(
                    new Write.Update(update.Resource, matches[0].Key.Id, update.Precondition), cancel);
                break;
            default:
                throw SeveralMatch(update.Query.Type);
        }
    }

    /// <summary>Nothing was found, so a resource that has the id all the same is another one.</summary>
    async ValueTask AddCreateUnderAsync(string id, Write.ConditionalUpdate update, CancellationToken cancel)
    {
        var key = Key(update.Query.Type, id);
        var seen = await SeenAsync(key, cancel);
        if (seen is null && IsRuled(key.Type))
        {
            throw NoOwnId(key);
        }

        if (seen is not null
            // Created since the search looked, it may be the one after all: the commit fails then, and all begins anew.
            && (await index.SearchAsync(update.Query, cancel)).Matches.Count == 0)
        {
            var text = $"The search does not find {key}, which exists; mend the search, or leave the id out.";
            throw new FhirException(ProblemKind.Conflict, "conflict", text, $"{key.Type}.id");
        }

        Add(new Change(key, update.Resource, WriteMethod.Put) { ExpectedVersion = 0 });
    }

    async ValueTask AddPatchAsync(Write.Patch patch, CancellationToken cancel)
    {
        var key = Key(patch.Type, patch.Id);
        var current = await store.ReadAsync(key, null, caller.Access, cancel);
        if (current is null || current.IsDeleted)
        {
            throw NotThere(key, current);
        }

        AddPatch(current, patch.Body, patch.Precondition);
    }

    async ValueTask AddConditionalPatchAsync(Write.ConditionalPatch patch, CancellationToken cancel)
    {
        var matches = await FindAsync(patch.Query, cancel);
        if (matches.Count != 1)
        {
            throw matches.Count > 1
                ? SeveralMatch(patch.Query.Type)
                : new FhirException(
                    ProblemKind.NotFound, "not-found", $"The search finds no {patch.Query.Type} to patch.");
        }

        AddPatch(matches[0], patch.Body, patch.Precondition);
    }

    void AddPatch(StoredResource current, PatchBody body, Precondition precondition)
    {
        if (precondition.IfMatch is { } wanted && wanted != current.Version)
        {
            var text = $"{current.Key} is at version {current.Version}, not at {wanted}.";
            throw new FhirException(ProblemKind.PreconditionFailed, "conflict", text);
        }

        var patched = Core.Patches.Patch.Apply(FhirDocument.ParseJson(current.Json), body.Format, body.Content);
        Add(new Change(current.Key, patched, WriteMethod.Patch) { ExpectedVersion = current.Version });
    }

    async ValueTask AddDeleteAsync(Write.Delete delete, CancellationToken cancel)
    {
        var key = Key(delete.Type, delete.Id);
        var seen = IsRuled(key.Type) ? await SeenAsync(key, cancel) : null;
        if (IsRuled(key.Type) && seen is null)
        {
            Claim(key);
            _results.Add(delete.Precondition.IfMatch is null
                ? (-1, new WriteResult(WriteOutcome.Absent, null))
                : throw NotThere(key, null));
            return;
        }

        Add(new Change(key, null, WriteMethod.Delete)
        {
            ExpectedVersion = delete.Precondition.IfMatch ?? seen?.Version,
            IsClients = delete.Precondition.IfMatch is not null,
        });
    }

    async ValueTask AddConditionalDeleteAsync(Write.ConditionalDelete delete, CancellationToken cancel)
    {
        var matches = await FindAsync(delete.Query, cancel);
        if (matches.Count > 1 && !delete.Multiple)
        {
            throw SeveralMatch(delete.Query.Type);
        }

        foreach (var match in matches)
        {
            Add(new Change(match.Key, null, WriteMethod.Delete));
        }

        if (matches.Count == 0)
        {
            _results.Add((-1, new WriteResult(WriteOutcome.Absent, null)));
        }
    }

    /// <summary>What a condition finds now; the commit will make sure that it still does.</summary>
    internal async ValueTask<IReadOnlyList<StoredResource>> FindAsync(SearchQuery query, CancellationToken cancel)
    {
        var page = await index.SearchAsync(query, cancel);
        if (page.Next is not null)
        {
            throw new FhirException(
                ProblemKind.PreconditionFailed,
                "multiple-matches",
                $"The search finds more than {query.Count} resources; narrow it.");
        }

        _conditions.Add(new CommitCondition(query, [.. page.Matches.Select(m => m.Key)]));
        return page.Matches;
    }

    void Add(Change change)
    {
        Claim(change.Key);
        _results.Add((_changes.Count, null));
        _changes.Add(change with { Place = Place });
    }

    void Claim(ResourceKey key)
    {
        if (!_keys.Add(key))
        {
            var text = $"Two entries are about {key}; a transaction may name a resource once.";
            throw new FhirException(ProblemKind.Invalid, "duplicate", text);
        }
    }

    static WriteResult Made(int change, CommitResult? result)
    {
        // A change without a commit result cannot be: only known results are asked for when nothing was committed.
        var version = result!.Versions[change];
        if (!result.IsNew(change))
        {
            return new WriteResult(WriteOutcome.Absent, version);
        }

        var outcome = version.IsDeleted ? WriteOutcome.Deleted
            : version.Version == 1 || version.IsBroughtBack ? WriteOutcome.Created
            : WriteOutcome.Updated;
        return new WriteResult(outcome, version);
    }

    ResourceKey Key(string type, string id) => Stamp.Key(caller, type, id);

    /// <summary>Whether the caller may see only a part of the type, so that a write has to look first.</summary>
    bool IsRuled(string type) => caller.Access.For(type) is not null;

    async ValueTask<StoredResource?> SeenAsync(ResourceKey key, CancellationToken cancel) =>
        await store.ReadAsync(key, null, caller.Access, cancel) is { IsDeleted: false } seen ? seen : null;

    static FhirException NoOwnId(ResourceKey key) => new(
        ProblemKind.NotFound,
        "not-found",
        $"{key} does not exist, and the id of a new {key.Type} is this server's to give: POST it.");

    static FhirException NotThere(ResourceKey key, StoredResource? deleted) => deleted is null
        ? new FhirException(ProblemKind.NotFound, "not-found", $"{key} does not exist.")
        : new FhirException(ProblemKind.Gone, "deleted", $"{key} was deleted.");

    internal static FhirException SeveralMatch(string type) => new(
        ProblemKind.PreconditionFailed,
        "multiple-matches",
        $"The search finds more than one {type}; make it find one.");

    /// <summary>A plain change of one resource.</summary>
    internal sealed record Change(ResourceKey Key, FhirDocument? Document, WriteMethod Method)
    {
        internal long? ExpectedVersion { get; init; }

        /// <summary>Whether the expected version is the client's word, not our own look.</summary>
        internal bool IsClients { get; init; }

        /// <summary>Whether the hub makes it of its own accord.</summary>
        internal bool IsBeside { get; init; }

        /// <summary>Where it stands in its bundle.</summary>
        internal string? Place { get; init; }
    }
}
