namespace FhirHub.Terminology.Content;

/// <summary>Keeps what was used last, up to a total weight. A value is made once, even if several ask.</summary>
sealed class BoundedCache<T>(long weightMax, Func<T, long> weigh)
{
    readonly Dictionary<string, LinkedListNode<Entry>> _entries = new(StringComparer.Ordinal);
    readonly LinkedList<Entry> _byUse = [];
    readonly Lock _lock = new();
    long _weight;

    internal long Weight
    {
        get
        {
            lock (_lock)
            {
                return _weight;
            }
        }
    }

    internal bool TryGet(string key, out T? value)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out var node) || !node.Value.Value.IsValueCreated)
            {
                value = default;
                return false;
            }

            Touch(node);
            value = node.Value.Value.Value;
            return true;
        }
    }

    internal T GetOrAdd(string key, Func<T> make)
    {
        Entry? entry;
        lock (_lock)
        {
            if (_entries.TryGetValue(key, out var node))
            {
                Touch(node);
                entry = node.Value;
            }
            else
            {
                entry = Add(key, new Lazy<T>(make));
            }
        }

        try
        {
            var value = entry.Value.Value; // outside of the lock: others may go on meanwhile
            Weigh(entry, value);
            return value;
        }
        catch
        {
            Remove(entry);
            throw;
        }
    }

    internal void Set(string key, T value)
    {
        Entry entry;
        lock (_lock)
        {
            if (_entries.TryGetValue(key, out var old))
            {
                Drop(old);
            }

            entry = Add(key, new Lazy<T>(value));
        }

        Weigh(entry, value);
    }

    Entry Add(string key, Lazy<T> value)
    {
        var entry = new Entry(key, value);
        _entries.Add(key, _byUse.AddFirst(entry));
        return entry;
    }

    void Weigh(Entry entry, T value)
    {
        lock (_lock)
        {
            if (entry.Weight > 0 || !_entries.TryGetValue(entry.Key, out var node) || node.Value != entry)
            {
                return;
            }

            entry.Weight = Math.Max(1, weigh(value));
            _weight += entry.Weight;
            // The newest stays even when it is heavier than all that is allowed: it is being used.
            while (_weight > weightMax && _byUse.Last is { } last && last.Value != entry)
            {
                Drop(last);
            }
        }
    }

    void Remove(Entry entry)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(entry.Key, out var node) && node.Value == entry)
            {
                Drop(node);
            }
        }
    }

    void Touch(LinkedListNode<Entry> node)
    {
        _byUse.Remove(node);
        _byUse.AddFirst(node);
    }

    void Drop(LinkedListNode<Entry> node)
    {
        _weight -= node.Value.Weight;
        _byUse.Remove(node);
        _entries.Remove(node.Value.Key);
    }

    sealed class Entry(string key, Lazy<T> value)
    {
        internal string Key => key;

        internal Lazy<T> Value => value;

        /// <summary>Zero while the value is being made.</summary>
        internal long Weight { get; set; }
    }
}
