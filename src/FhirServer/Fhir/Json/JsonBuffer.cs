using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;

namespace FhirHub.Fhir.Json;

/// <summary>A growing run of rented bytes to write JSON into; <see cref="ToArrayAndReturn"/> ends its life.</summary>
ref struct JsonBuffer
{
    byte[] _bytes;
    int _length;

    internal JsonBuffer(int sizeHint) => _bytes = ArrayPool<byte>.Shared.Rent(Math.Max(256, sizeHint));

    internal readonly int Length => _length;

    internal readonly byte Last => _bytes[_length - 1];

    internal void Put(scoped ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    internal void Put(byte single)
    {
        Reserve(1);
        _bytes[_length++] = single;
    }

    /// <summary>A string with its quotes, every character but those JSON forbids written as itself.</summary>
    internal void PutString(string text)
    {
        Put((byte)'"');
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] is not ('"' or '\\' or < ' '))
            {
                continue;
            }

            PutCharacters(text.AsSpan(start, i - start));
            if (i < text.Length)
            {
                PutEscape(text[i]);
            }

            start = i + 1;
        }

        Put((byte)'"');
    }

    /// <summary>Takes back what was written after that length.</summary>
    internal void Truncate(int length) => _length = length;

    internal byte[] ToArrayAndReturn()
    {
        var written = _bytes.AsSpan(0, _length).ToArray();
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        return written;
    }

    void PutCharacters(ReadOnlySpan<char> characters)
    {
        Reserve(Encoding.UTF8.GetMaxByteCount(characters.Length));
        if (Utf8.FromUtf16(characters, _bytes.AsSpan(_length), out _, out var written, replaceInvalidSequences: false)
            != OperationStatus.Done)
        {
            throw new ArgumentException("The text holds half of a surrogate pair, which UTF-8 cannot carry.");
        }

        _length += written;
    }

    void PutEscape(char c)
    {
        switch (c)
        {
            case '"':
                Put("\\\""u8);
                break;
            case '\\':
                Put("\\\\"u8);
                break;
            case '\n':
                Put("\\n"u8);
                break;
            case '\r':
                Put("\\r"u8);
                break;
            case '\t':
                Put("\\t"u8);
                break;
            default:
                Put("\\u"u8);
                Reserve(4);
                Utf8Formatter.TryFormat((ushort)c, _bytes.AsSpan(_length), out var written, new StandardFormat('x', 4));
                _length += written;
                break;
        }
    }

    void Reserve(int count)
    {
        if (_bytes.Length - _length < count)
        {
            var larger = ArrayPool<byte>.Shared.Rent((_length + count) * 2);
            _bytes.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }
    }
}
