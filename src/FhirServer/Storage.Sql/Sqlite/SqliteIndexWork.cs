using System.Runtime.CompilerServices;
using FhirHub.Core.Model;
using FhirHub.Core.Storage;

namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>
/// Making index rows anew beside the writes: what is to be done, in which pieces, and what is done. Everything is kept
/// in the store, so that it goes on where it was after a crash, and comes along with a backup.
/// </summary>
public sealed class SqliteIndexWork
{
    readonly ReaderPool _readers;
    readonly WriteQueue _writer;
    readonly Names _names;
    readonly TimeProvider _clock;

    internal SqliteIndexWork(ReaderPool readers, WriteQueue writer, Names names, TimeProvider clock) =>
        (_readers, _writer, _names, _clock) = (readers, writer, names, clock);

    /// <summary>
    /// Whether the rows of the store are those of other rules than the program's, or are missing since a migration. A
    /// store without resources is never due, and learns the rules here.
    /// </summary>
    public Task<bool> IsDueAsync(int rules, CancellationToken cancel) => WriteAsync(
        session =>
        {
            if (session.Database.Scalar("SELECT 1 FROM version LIMIT 1") is null)
            {
                IndexWalkTable.KeepRules(session.Database, rules);
            }

            return session.Database.Scalar("SELECT value FROM state WHERE name = 'reindex'") is not null
                || session.Database.Scalar("SELECT value FROM state WHERE name = 'index_rules'") != rules;
        },
        cancel);

    /// <summary>The walks that are not finished, the oldest first, and the last finished ones.</summary>
    public async Task<IReadOnlyList<IndexWalk>> WalksAsync(CancellationToken cancel)
    {
        using var lease = await _readers.RentAsync(cancel);
        return IndexWalkTable.Read(lease.Database);
    }

    /// <summary>
    /// Adds a walk. One of the same kind that has not begun does the same and is answered instead; so does one of the
    /// rules that has, if they are still the same.
    /// </summary>
    public Task<IndexWalk> AddAsync(
        string tenant, IReadOnlyList<string> types, IndexWalkReason reason, int rules, CancellationToken cancel) =>
        WriteAsync(
            session => IndexWalkTable.Add(session.Database, Now, tenant, types, reason, rules),
            cancel);

    /// <summary>
    /// Begins a walk: says up to which version it goes and how many resources that is. One that has begun goes on
    /// where it was.
    /// </summary>
    public Task<IndexWalk> StartAsync(IndexWalk walk, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(walk);
        return walk.Started is not null ? Task.FromResult(walk) : WriteAsync(
            session =>
            {
                if (walk.Reason == IndexWalkReason.Rules)
                {
                    session.ClearFullText();
                }

                return IndexWalkTable.Start(session.Database, Now, walk);
            },
            cancel);
    }

    /// <summary>The next resources of a walk that has begun.</summary>
    public async Task<IndexBatch> NextAsync(IndexWalk walk, int count, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(walk);
        using var lease = await _readers.RentAsync(cancel);
        return IndexWalkTable.Next(lease.Database, _names, walk, count);
    }

    /// <summary>Replaces the rows of a batch and keeps the place behind it, both or neither.</summary>
    public Task AdvanceAsync(IndexWalk walk, IReadOnlyList<IndexEntry> entries, CancellationToken cancel) => WriteAsync(
        session =>
        {
            IndexWalkTable.Save(session.Database, walk);
            return session.Replace(entries, isForced: walk.Reason == IndexWalkReason.Asked);
        },
        cancel);

    /// <summary>
    /// Removes some index rows that are of no resource, once every resource was visited, if the walk is for all of
    /// them. Returns the walk as it is behind these, and how many they were; null when nothing is left.
    /// </summary>
    public async Task<(IndexWalk After, int Removed)?> RemoveOrphansAsync(IndexWalk walk, CancellationToken cancel)
    {
        const int AtOnce = 512; // and then writes come in between
        ArgumentNullException.ThrowIfNull(walk);
        if (!OrphanRows.AreFor(walk) || await OrphansAsync(walk, cancel) is not var (rows, after))
        {
            return null;
        }

        var removed = 0;
        foreach (var some in rows.Chunk(AtOnce))
        {
            removed += await WriteAsync(session => session.Remove(some), cancel);
        }

        return await WriteAsync(
            session =>
            {
                IndexWalkTable.Save(session.Database, after);
                return (after, removed);
            },
            cancel);
    }

    async Task<(List<OrphanRow> Rows, IndexWalk After)?> OrphansAsync(IndexWalk walk, CancellationToken cancel)
    {
        using var lease = await _readers.RentAsync(cancel);
        return OrphanRows.Next(lease.Database, walk);
    }

    /// <summary>Ends a walk: the parameters it was for are complete, or gone.</summary>
    public Task FinishAsync(IndexWalk walk, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(walk);
        return WriteAsync(
            session =>
            {
                IndexWalkTable.Finish(session.Database, Now, walk);
                CustomParameterTable.Finish(session.Database, walk.Id);
                return 0;
            },
            cancel);
    }

    /// <summary>What the index has of a tenant's own parameters.</summary>
    public async Task<IReadOnlyList<CustomParameter>> ParametersAsync(string tenant, CancellationToken cancel)
    {
        using var lease = await _readers.RentAsync(cancel);
        return CustomParameterTable.Read(lease.Database, tenant);
    }

    /// <summary>
    /// Says which parameters a tenant has now. Those that are new or others than before are to be built, those that are
    /// not among them to be removed; what is left of the others stays. Returns all, and adds a walk where there is
    /// something to do that none does yet.
    /// </summary>
    public Task<IReadOnlyList<CustomParameter>> SetParametersAsync(
        string tenant, IReadOnlyList<CustomParameter> parameters, int rules, CancellationToken cancel) =>
        WriteAsync<IReadOnlyList<CustomParameter>>(
            session =>
            {
                CustomParameterTable.Set(session.Database, tenant, parameters);
                var types = CustomParameterTable.TypesWithoutWalk(session.Database, tenant);
                if (types.Count > 0)
                {
                    var walk = IndexWalkTable.Add(
                        session.Database, Now, tenant, types, IndexWalkReason.Parameters, rules);
                    CustomParameterTable.Assign(session.Database, tenant, walk.Id);
                }

                return CustomParameterTable.Read(session.Database, tenant);
            },
            cancel);

    /// <summary>Everybody who has something in the store.</summary>
    public async Task<IReadOnlyList<string>> TenantsAsync(CancellationToken cancel)
    {
        using var lease = await _readers.RentAsync(cancel);
        using var read = lease.Database.Constant("SELECT DISTINCT tenant FROM scope UNION SELECT tenant "
            + "FROM custom_parameter ORDER BY 1");
        var tenants = new List<string>();
        while (read.Step())
        {
            tenants.Add(read.Text(0));
        }

        return tenants;
    }

    /// <summary>The current resources of a type, some at a time.</summary>
    public IAsyncEnumerable<StoredResource> CurrentAsync(
        string tenant, string type, CancellationToken cancel) => CurrentOfAsync(
            new IndexWalk
            {
                Tenant = tenant,
                Types = [type],
                Reason = IndexWalkReason.Asked,
                Last = long.MaxValue,
            },
            cancel);

    async IAsyncEnumerable<StoredResource> CurrentOfAsync(
        IndexWalk walk, [EnumeratorCancellation] CancellationToken cancel)
    {
        const int PieceMax = 64;
        for (var batch = await NextAsync(walk, PieceMax, cancel); batch.Resources.Count > 0;
            batch = await NextAsync(batch.After, PieceMax, cancel))
        {
            foreach (var resource in batch.Resources)
            {
                yield return resource;
            }
        }
    }

    DateTimeOffset Now => _clock.GetUtcNow();

    async Task<T> WriteAsync<T>(Func<StoreWriter, T> work, CancellationToken cancel) =>
        await _writer.RunAsync(work, cancel);
}
