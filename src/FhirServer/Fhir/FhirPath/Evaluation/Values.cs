namespace FhirHub.Fhir.FhirPath;

/// <summary>A collection while it is being computed; rented from its evaluation and given back after use.</summary>
sealed class Values(Evaluation run)
{
    const int KeptMax = 4096;

    FhirPathValue[] _items = new FhirPathValue[8];

    internal int Count { get; private set; }

    internal ReadOnlySpan<FhirPathValue> Span => _items.AsSpan(0, Count);

    internal ref readonly FhirPathValue this[int index] => ref _items[index];

    internal void Add(in FhirPathValue value)
    {
        if (Count == _items.Length)
        {
            Grow();
        }

        _items[Count++] = value;
    }

    internal void AddRange(Values other)
    {
        foreach (ref readonly var value in other.Span)
        {
            Add(value);
        }
    }

    internal void Set(int index, in FhirPathValue value) => _items[index] = value;

    internal void RemoveFrom(int count)
    {
        Array.Clear(_items, count, Count - count);
        Count = count;
    }

    internal void Sort(Comparison<FhirPathValue> order) => _items.AsSpan(0, Count).Sort(order);

    internal void Reverse() => _items.AsSpan(0, Count).Reverse();

    /// <summary>Empties the collection, so that a pooled one keeps no document alive.</summary>
    internal void Clear()
    {
        if (_items.Length > KeptMax)
        {
            _items = new FhirPathValue[8];
        }
        else
        {
            Array.Clear(_items, 0, Count);
        }

        Count = 0;
    }

    internal FhirPathValue[] ToArray() => Count == 0 ? [] : Span.ToArray();

    void Grow()
    {
        var most = run.Environment.ItemsMax;
        if (Count >= most)
        {
            throw run.Error(0, $"A collection grew beyond {most} items");
        }

        Array.Resize(ref _items, (int)Math.Min(Math.Max(most, 8), _items.Length * 2L));
    }
}
