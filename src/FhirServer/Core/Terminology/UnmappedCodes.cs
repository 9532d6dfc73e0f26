namespace FhirHub.Core.Terminology;

/// <summary>
/// Counts codes that were met and that no concept map translates, so that the most frequent are mapped first. Adapters
/// and translations note them here, which costs next to nothing; from time to time they are taken and stored.
/// </summary>
public sealed class UnmappedCodes(TimeProvider time)
{
    const int CodesMax = 20_000;
    const int SystemLengthMax = 500;
    const int CodeLengthMax = 200;

    readonly Lock _lock = new();
    Dictionary<(string Tenant, Coding Coding), UnmappedCode> _codes = [];
    long _leftOut;

    /// <summary>How many meetings were not counted, because too many other codes waited to be stored.</summary>
    public long LeftOut => Interlocked.Read(ref _leftOut);

    /// <summary>A code was met once more. One without a system, or that can be none, is not counted.</summary>
    public void Note(string tenant, Coding coding, string? display = null)
    {
        if (coding is not { System: { Length: > 0 and <= SystemLengthMax }, Code.Length: > 0 and <= CodeLengthMax })
        {
            return;
        }

        lock (_lock)
        {
            Add(new UnmappedCode(tenant, coding, Short(display), 1, time.GetUtcNow()));
        }
    }

    /// <summary>What was counted since the last time, which is forgotten here.</summary>
    public IReadOnlyCollection<UnmappedCode> Take()
    {
        lock (_lock)
        {
            var taken = _codes;
            _codes = [];
            return taken.Values;
        }
    }

    /// <summary>Takes back what could not be stored.</summary>
    public void PutBack(IEnumerable<UnmappedCode> codes)
    {
        ArgumentNullException.ThrowIfNull(codes);
        lock (_lock)
        {
            foreach (var code in codes)
            {
                Add(code);
            }
        }
    }

    void Add(UnmappedCode met)
    {
        var key = (met.Tenant, met.Coding);
        if (_codes.TryGetValue(key, out var known))
        {
            _codes[key] = known.And(met);
        }
        else if (_codes.Count < CodesMax)
        {
            _codes.Add(key, met);
        }
        else
        {
            Interlocked.Add(ref _leftOut, met.Count);
        }
    }

    static string? Short(string? display) =>
        string.IsNullOrWhiteSpace(display) ? null : display.Length > CodeLengthMax ? display[..CodeLengthMax] : display;
}

/// <summary>A code that no concept map translates, and how often and when last it was met.</summary>
public sealed record UnmappedCode(string Tenant, Coding Coding, string? Display, long Count, DateTimeOffset Last)
{
    /// <summary>Both together; the name met last is the one that is shown.</summary>
    public UnmappedCode And(UnmappedCode other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var later = other.Last >= Last ? other : this;
        return this with
        {
            Display = later.Display ?? Display ?? other.Display,
            Count = Count + other.Count,
            Last = later.Last,
        };
    }
}
