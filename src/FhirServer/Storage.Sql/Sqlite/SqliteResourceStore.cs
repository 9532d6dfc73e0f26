using System.Runtime.CompilerServices;
using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;

namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>
/// Resources in SQLite. Long reads are made in pieces, so that a slow consumer holds no connection and no snapshot.
/// </summary>
/// <param name="readers">The connections that read.</param>
/// <param name="writer">The one that writes.</param>
/// <param name="names">What the numbers of the store stand for.</param>
/// <param name="index">What is asked where a caller may not see everything.</param>
sealed class SqliteResourceStore(ReaderPool readers, WriteQueue writer, Names names, SqliteSearchIndex index)
    : IResourceStore
{
    const int PieceMax = 64;
    const int LargeMin = 500;

    public ValueTask<CommitResult> CommitAsync(Commit commit, CancellationToken cancel) =>
        writer.RunAsync(session => session.Commit(commit), isLarge: commit.Entries.Count >= LargeMin, cancel);

    public ValueTask<StoredResource?> ReadAsync(
        ResourceKey key, long? version, AccessRule access, CancellationToken cancel) =>
        access.For(key.Type) is null ? ReadAsync(key, version, cancel) : SeenAsync(key, version, access, cancel);

    async ValueTask<StoredResource?> SeenAsync(
        ResourceKey key, long? version, AccessRule access, CancellationToken cancel) =>
        await index.SeenAsync([key], version, access, cancel) is [var seen] ? seen : null;

    async ValueTask<StoredResource?> ReadAsync(ResourceKey key, long? version, CancellationToken cancel)
    {
        using var lease = await readers.RentAsync(cancel);
        return VersionReader.Read(lease.Database, names, key, version);
    }

    public async IAsyncEnumerable<StoredResource> ReadManyAsync(
        IReadOnlyList<ResourceKey> keys,
        AccessRule access,
        [EnumeratorCancellation] CancellationToken cancel)
    {
        for (var start = 0; start < keys.Count; start += PieceMax)
        {
            var piece = access.IsEverything
                ? await ReadPieceAsync(keys, start, cancel)
                : (await index.SeenAsync([.. keys.Skip(start).Take(PieceMax)], null, access, cancel))
                    .FindAll(found => !found.IsDeleted);
            foreach (var version in piece)
            {
                yield return version;
            }
        }
    }

    public async IAsyncEnumerable<StoredResource> HistoryAsync(
        HistoryQuery query, [EnumeratorCancellation] CancellationToken cancel)
    {
        var before = await StartAsync(query, cancel);
        for (var left = query.Count; left > 0;)
        {
            var count = Math.Min(left, PieceMax);
            var piece = query.Access.IsEverything
                ? await HistoryPieceAsync(query, before, count, cancel)
                : await index.HistoryAsync(query, before, count, cancel);
            foreach (var (seq, version) in piece)
            {
                yield return version;
                before = seq;
            }

            left = piece.Count < count ? 0 : left - count;
        }
    }

    public async IAsyncEnumerable<Change> ChangesAsync(
        CommitPosition after, [EnumeratorCancellation] CancellationToken cancel)
    {
        var (seq, last) = await FeedAsync(after, cancel);
        while (seq < last)
        {
            var piece = await ChangesPieceAsync(seq, last, cancel);
            foreach (var (_, change) in piece)
            {
                yield return change;
            }

            seq = piece.Count < PieceMax ? last : piece[^1].Seq;
        }
    }

    public ValueTask<int> ExpungeAsync(ResourceKey key, bool keepCurrent, CancellationToken cancel) =>
        writer.RunAsync(session => session.Expunge(key, keepCurrent), cancel);

    public ValueTask<bool> ExpungeVersionAsync(ResourceKey key, long version, CancellationToken cancel) =>
        writer.RunAsync(session => session.ExpungeVersion(key, version), cancel);

    async ValueTask<List<StoredResource>> ReadPieceAsync(
        IReadOnlyList<ResourceKey> keys, int start, CancellationToken cancel)
    {
        using var lease = await readers.RentAsync(cancel);
        var piece = new List<StoredResource>(PieceMax);
        for (var i = start; i < Math.Min(keys.Count, start + PieceMax); i++)
        {
            if (VersionReader.Read(lease.Database, names, keys[i], null) is { IsDeleted: false } version)
            {
                piece.Add(version);
            }
        }

        return piece;
    }

    /// <summary>The number of the version before which the walk begins.</summary>
    async ValueTask<long> StartAsync(HistoryQuery query, CancellationToken cancel)
    {
        using var lease = await readers.RentAsync(cancel);
        var before = query.AsOf is { } position ? VersionReader.LastSeq(lease.Database, position) + 1 : long.MaxValue;
        if (query.After is { } cursor)
        {
            // The versions of a commit follow those of the one before it.
            var last = VersionReader.LastSeq(lease.Database, new CommitPosition(cursor.Position.Value - 1));
            before = Math.Min(before, last + 1 + cursor.Entry);
        }

        return before;
    }

    async ValueTask<List<(long Seq, StoredResource Version)>> HistoryPieceAsync(
        HistoryQuery query, long before, int count, CancellationToken cancel)
    {
        using var lease = await readers.RentAsync(cancel);
        return VersionReader.History(lease.Database, names, query, before, count);
    }

    async ValueTask<(long After, long Last)> FeedAsync(CommitPosition after, CancellationToken cancel)
    {
        using var lease = await readers.RentAsync(cancel);
        return (VersionReader.LastSeq(lease.Database, after),
            VersionReader.LastSeq(lease.Database, new CommitPosition(long.MaxValue)));
    }

    async ValueTask<List<(long Seq, Change Change)>> ChangesPieceAsync(long after, long last, CancellationToken cancel)
    {
        using var lease = await readers.RentAsync(cancel);
        return VersionReader.Changes(lease.Database, names, after, last, PieceMax);
    }
}
