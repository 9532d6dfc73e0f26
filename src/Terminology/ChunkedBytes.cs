using System.Buffers;

namespace FhirHub.Terminology;

/// <summary>
/// Bytes that are written one after the other and are many: what is full stays where it is, so that the most there is
/// at once is twice what was written, at the end.
/// </summary>
sealed class ChunkedBytes : IBufferWriter<byte>
{
    const int ChunkSizeMin = 4 * 1024;
    const int ChunkSizeMax = 1024 * 1024;

    readonly List<(byte[] Bytes, int Length)> _full = [];
    byte[] _last = [];
    int _length;

    internal long Length { get; private set; }

    public void Advance(int count)
    {
        _length += count;
        Length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_last.Length - _length < Math.Max(1, sizeHint))
        {
            _full.Add((_last, _length));
            var size = Math.Clamp(_last.Length * 2, ChunkSizeMin, ChunkSizeMax);
            (_last, _length) = (new byte[Math.Max(size, sizeHint)], 0);
        }

        return _last.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>All of it in one piece; afterwards there is nothing here.</summary>
    internal byte[] ToArrayAndClear()
    {
        var all = new byte[Length];
        var at = 0;
        for (var chunk = 0; chunk < _full.Count; chunk++)
        {
            var (bytes, length) = _full[chunk];
            bytes.AsSpan(0, length).CopyTo(all.AsSpan(at));
            at += length;
            _full[chunk] = default; // its memory is free from here on
        }

        _last.AsSpan(0, _length).CopyTo(all.AsSpan(at));
        _full.Clear();
        (_last, _length, Length) = ([], 0, 0);
        return all;
    }
}
