namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>
/// The numbers of resources that were counted once and are many. Each is counted on in pieces beside the writes, and
/// from then on changed together with the rows it counts, so that it is true in every snapshot. What would be hard to
/// follow, such as the repair of an index, makes all of them be forgotten: the next search that counts has them made
/// again.
/// </summary>
sealed class KeptCounts
{
    const int KeptMax = 4_096;
    const int BusyShare = 25; // of a piece while others want to write
    const long Complete = long.MaxValue;

    readonly Database _database;
    readonly int _pieceMax;
    readonly Dictionary<byte[], List<Kept>> _kept = new(StartComparer.Instance);
    readonly Dictionary<byte[], List<Kept>>.AlternateLookup<ReadOnlySpan<byte>> _lookup;
    readonly List<Kept> _met = [];
    readonly HashSet<Kept> _changed = [];
    readonly Queue<Kept> _open = new();
    readonly int[] _depths = new int[IndexTable.All.Count]; // of each table a bit for each number of columns there is
    int _count;

    /// <param name="database">The writer's connection.</param>
    /// <param name="pieceMax">How many rows are counted on at a time.</param>
    internal KeptCounts(Database database, int pieceMax)
    {
        (_database, _pieceMax) = (database, pieceMax);
        _lookup = _kept.GetAlternateLookup<ReadOnlySpan<byte>>();
        Reload();
    }

    /// <summary>Whether there are some to be counted on.</summary>
    internal bool HasWork => _open.Count > 0;

    /// <summary>
    /// The number; null when it is not kept, or not complete, or the index is to be made anew because of damage.
    /// </summary>
    internal static long? Read(Database database, CountKey key)
    {
        try
        {
            using var read = database.Constant(
                "SELECT count FROM kept_count WHERE start = ? AND items = ? AND through = ? "
                + "AND NOT EXISTS (SELECT 1 FROM state WHERE name = 'reindex')");
            return read.BindBlob(1, key.Start).Bind(2, key.Items).Bind(3, Complete).Step() ? read.Long(0) : null;
        }
        catch (StorageException damage) when (IsDamage(damage))
        {
            return null; // what is asked can be counted
        }
    }

    /// <summary>The complete ones that are not what counting says, each by its table.</summary>
    internal static IEnumerable<string> Wrong(Database database)
    {
        var kept = new List<(CountKey Key, long Count)>();
        using (var read = database.Constant("SELECT start, items, count FROM kept_count WHERE through = ?"))
        {
            read.Bind(1, Complete);
            while (read.Step())
            {
                kept.Add((new CountKey(read.Bytes(0).ToArray(), read.Long(1)), read.Long(2)));
            }
        }

        foreach (var (key, count) in kept)
        {
            var all = new SqlText().Add("SELECT count(DISTINCT rid) FROM (").Add(key.Rows(0)).Add(")");
            if (database.Number(all) is var there && there != count)
            {
                yield return $"A kept count of {IndexTable.All[key.Start[0]].Name} is {count}, and {there} resources "
                    + "have such rows.";
            }
        }
    }

    /// <summary>Knows what the store has: at the start, and when something was taken back.</summary>
    internal void Reload() => OrAnew(Load);

    void Load()
    {
        Empty();
        using var read = _database.Constant("SELECT start, items, through FROM kept_count");
        while (read.Step())
        {
            Add(new Kept(new CountKey(read.Bytes(0).ToArray(), read.Long(1))) { Through = read.Long(2) });
        }
    }

    /// <summary>Begins to keep a number, unless it is.</summary>
    internal void Begin(CountKey key)
    {
        if (_kept.TryGetValue(key.Start, out var same) && same.Exists(kept => kept.Key.Items == key.Items))
        {
            return;
        }

        if (_count >= KeptMax)
        {
            Forget(); // those that are still asked for come back
        }

        _database.Constant("INSERT INTO kept_count (start, items, count, through) VALUES (?, ?, 0, 0)")
            .BindBlob(1, key.Start).Bind(2, key.Items).Run();
        Add(new Kept(key));
    }

    /// <summary>Keeps none of them any more.</summary>
    internal void Forget()
    {
        if (_count > 0)
        {
            Empty();
            OrAnew(() => _database.Execute("DELETE FROM kept_count"));
        }
    }

    /// <summary>
    /// A damaged table of numbers that can be counted again must not stop the writes. It is left aside, because to
    /// remove it would be to read it.
    /// </summary>
    void OrAnew(Action work)
    {
        try
        {
            work();
        }
        catch (StorageException damage) when (IsDamage(damage))
        {
            Empty();
            var aside = _database.Scalar("SELECT count(*) FROM sqlite_schema WHERE name GLOB 'damaged_count_*'");
            string create;
            using (var table = _database.Composed("SELECT sql FROM sqlite_schema WHERE name = 'kept_count'"))
            {
                _ = table.Step();
                create = table.Text(0);
            }

            _database.Execute($"ALTER TABLE kept_count RENAME TO damaged_count_{aside}; {create}");
        }
    }

    static bool IsDamage(StorageException exception) => FullText.DamageCodes.Contains(exception.Code & 0xFF);

    /// <summary>A resource has other rows now; to be saved before the transaction ends.</summary>
    internal void Change(long rid, ReadOnlySpan<byte> before, ReadOnlySpan<byte> now)
    {
        if (_count == 0 || before.SequenceEqual(now))
        {
            return;
        }

        Meet(rid, before, isNow: false);
        Meet(rid, now, isNow: true);
        foreach (var kept in _met)
        {
            kept.Change += (kept.IsNow ? 1 : 0) - (kept.WasBefore ? 1 : 0);
            (kept.WasBefore, kept.IsNow) = (false, false);
            _ = _changed.Add(kept);
        }

        _met.Clear();
    }

    /// <summary>Writes down what has changed.</summary>
    internal void Save() => OrAnew(() =>
    {
        foreach (var kept in _changed)
        {
            Write(kept, kept.Change, kept.Through);
            kept.Change = 0;
        }

        _changed.Clear();
    });

    /// <summary>Counts on, a piece.</summary>
    internal void CountOn(bool isIdle, bool isBehind)
    {
        // What waits has changed a resource's own rows already, and is counted when it comes in.
        if (!_open.TryPeek(out var kept) || (isBehind && kept.Key.IsOfAnyToken))
        {
            return;
        }

        try
        {
            CountOn(kept, isIdle ? _pieceMax : Math.Max(1, _pieceMax / BusyShare));
        }
        catch (StorageException damage) when (IsDamage(damage))
        {
            Forget(); // a table that is damaged must not stop the writes: searches that count tell of it
        }
    }

    void CountOn(Kept kept, int pieceMax)
    {
        var piece = new SqlText().Add("SELECT count(DISTINCT rid), max(at), count(*) FROM (")
            .Add(kept.Key.Rows(kept.Through)).Add(" LIMIT ?)", pieceMax);
        using var counted = _database.Composed(piece);
        _ = counted.Step();
        kept.Through = counted.Long(2) < pieceMax ? Complete : counted.Long(1);
        Write(kept, counted.Long(0), kept.Through);
        if (kept.Through == Complete)
        {
            _ = _open.Dequeue();
        }
    }

    void Add(Kept kept)
    {
        if (!_kept.TryGetValue(kept.Key.Start, out var same))
        {
            _kept.Add(kept.Key.Start, same = []);
        }

        same.Add(kept);
        _count++;
        _depths[kept.Key.Start[0]] |= 1 << kept.Key.Columns;
        if (kept.Through != Complete)
        {
            _open.Enqueue(kept);
        }
    }

    void Empty()
    {
        _kept.Clear();
        _met.Clear();
        _changed.Clear();
        _open.Clear();
        Array.Clear(_depths);
        _count = 0;
    }

    void Write(Kept kept, long change, long through) =>
        _database.Constant("UPDATE kept_count SET count = count + ?, through = ? WHERE start = ? AND items = ?")
            .Bind(1, change).Bind(2, through).BindBlob(3, kept.Key.Start).Bind(4, kept.Key.Items).Run();

    /// <summary>Notes which numbers some of the rows count for.</summary>
    void Meet(long rid, ReadOnlySpan<byte> rows, bool isNow)
    {
        while (!rows.IsEmpty)
        {
            var row = RowDecoder.TakeRow(ref rows);
            // What is contained has rows of its own, which are counted for nobody.
            var depths = row[0] == IndexTable.Contained ? 0 : _depths[row[0]];
            var rest = row[1..];
            for (var i = 0; depths >> (i + 1) > 0; i++)
            {
                RowDecoder.Skip(IndexTable.All[row[0]].Columns[i], ref rest);
                if ((depths & (1 << (i + 1))) != 0
                    && _lookup.TryGetValue(row[..(row.Length - rest.Length)], out var found))
                {
                    Meet(found, rid, RowDecoder.ItemOf(row), isNow);
                }
            }
        }
    }

    void Meet(List<Kept> found, long rid, long item, bool isNow)
    {
        foreach (var kept in found)
        {
            // Those behind are still to be counted.
            if (rid > kept.Through || !ParameterRows.Has(kept.Key.Items, item))
            {
                continue;
            }

            if (!kept.WasBefore && !kept.IsNow)
            {
                _met.Add(kept);
            }

            kept.WasBefore |= !isNow;
            kept.IsNow |= isNow;
        }
    }

    /// <summary>A number that is kept.</summary>
    sealed class Kept(CountKey key)
    {
        internal CountKey Key => key;

        /// <summary>The resource up to which it counts.</summary>
        internal long Through { get; set; }

        /// <summary>How much more it is than what is written down.</summary>
        internal long Change { get; set; }

        /// <summary>Whether the resource that changes had such a row.</summary>
        internal bool WasBefore { get; set; }

        /// <summary>Whether it has one now.</summary>
        internal bool IsNow { get; set; }
    }

    /// <summary>Beginnings of rows by their bytes.</summary>
    sealed class StartComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        internal static StartComparer Instance { get; } = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = default(HashCode);
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
