namespace FhirHub.Fhir.Documents;

/// <summary>Turns offsets into lines and columns; quick when they come roughly in order.</summary>
sealed class SourcePositions(ReadOnlyMemory<byte> source)
{
    int _offset;
    int _line = 1;
    int _lineStart;

    internal (int Line, int Column) At(int offset)
    {
        if (offset < _offset)
        {
            (_offset, _line, _lineStart) = (0, 1, 0);
        }

        offset = Math.Min(offset, source.Length);
        var between = source.Span[_offset..offset];
        _line += between.Count((byte)'\n');
        if (between.LastIndexOf((byte)'\n') is var newline and >= 0)
        {
            _lineStart = _offset + newline + 1;
        }

        _offset = offset;
        return (_line, Characters(source.Span[_lineStart..offset]) + 1);
    }

    /// <summary>How many characters begin in those bytes: what a person counts, in Chinese text as well.</summary>
    static int Characters(ReadOnlySpan<byte> utf8)
    {
        var count = 0;
        foreach (var b in utf8)
        {
            count += (b & 0xC0) == 0x80 ? 0 : 1;
        }

        return count;
    }
}
