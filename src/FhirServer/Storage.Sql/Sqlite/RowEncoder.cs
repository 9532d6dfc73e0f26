using System.Buffers;
using System.Buffers.Binary;

namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>
/// Writes index rows down as bytes, each once and in the order of their bytes: the same rows give the same bytes.
/// </summary>
sealed class RowEncoder
{
    readonly ArrayBufferWriter<byte> _bytes = new(2048);
    readonly List<(int Offset, int Length)> _rows = new(64);
    int _start;

    /// <summary>The place of the contained resource whose rows come next; null for the resource itself.</summary>
    internal int? Within { get; set; }

    /// <summary>Begins a row; its columns follow in the order of the table's.</summary>
    internal RowEncoder Row(byte table)
    {
        _start = _bytes.WrittenCount;
        if (Within is { } place)
        {
            _bytes.GetSpan(1)[0] = IndexTable.Contained;
            _bytes.Advance(1);
            Integer(place);
        }

        _bytes.GetSpan(1)[0] = table;
        _bytes.Advance(1);
        return this;
    }

    internal RowEncoder Integer(long value)
    {
        var rest = (ulong)((value << 1) ^ (value >> 63)); // the sign goes last, so small negative numbers stay short
        var span = _bytes.GetSpan(10);
        var length = 0;
        for (; rest >= 0x80; rest >>= 7)
        {
            span[length++] = (byte)(rest | 0x80);
        }

        span[length++] = (byte)rest;
        _bytes.Advance(length);
        return this;
    }

    internal RowEncoder Real(double value)
    {
        // SQLite knows no negative zero; two keys that differ in nothing else are one to it.
        BinaryPrimitives.WriteDoubleBigEndian(_bytes.GetSpan(8), value + 0.0);
        _bytes.Advance(8);
        return this;
    }

    internal RowEncoder Text(ReadOnlySpan<byte> utf8)
    {
        Integer(utf8.Length);
        _bytes.Write(utf8);
        return this;
    }

    internal void End() => _rows.Add((_start, _bytes.WrittenCount - _start));

    /// <summary>All rows so far; the encoder is empty again.</summary>
    internal byte[] Take()
    {
        _rows.Sort((left, right) => Bytes(left).SequenceCompareTo(Bytes(right)));
        var kept = 0;
        var length = 0;
        for (var i = 0; i < _rows.Count; i++)
        {
            if (kept == 0 || !Bytes(_rows[i]).SequenceEqual(Bytes(_rows[kept - 1])))
            {
                length += _rows[i].Length;
                _rows[kept++] = _rows[i];
            }
        }

        var rows = new byte[length];
        var at = 0;
        for (var i = 0; i < kept; i++)
        {
            Bytes(_rows[i]).CopyTo(rows.AsSpan(at));
            at += _rows[i].Length;
        }

        _bytes.ResetWrittenCount();
        _rows.Clear();
        Within = null;
        return rows;
    }

    ReadOnlySpan<byte> Bytes((int Offset, int Length) row) => _bytes.WrittenSpan.Slice(row.Offset, row.Length);
}
