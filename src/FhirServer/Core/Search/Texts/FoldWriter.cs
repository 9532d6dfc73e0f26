using System.Buffers;

namespace FhirHub.Core.Search;

/// <summary>Collects folded characters without the spaces and dots that stand beside Chinese ones only.</summary>
ref struct FoldWriter(Span<char> start)
{
    const int NoGap = -1;

    Span<char> _chars = start;
    char[]? _rented;
    int _length;
    int _gap = NoGap;

    internal void Add(char c)
    {
        if (c is ' ' or TextFolds.Dot or '.' or '\t' or '\r' or '\n')
        {
            if (_gap == NoGap)
                _gap = _length;
        }
        else if (_gap != NoGap)
        {
            if (Han.Starts(c) && IsAfterHan())
                _length = _gap;
            _gap = NoGap;
        }

        if (_length == _chars.Length)
            Grow();
        _chars[_length++] = c;
    }

    internal Span<char> End()
    {
        // What follows the last Chinese character would part a prefix from what it should find.
        if (_gap > 0 && IsAfterHan())
            _length = _gap;
        return _chars[.._length];
    }

    internal readonly void Free()
    {
        if (_rented is not null)
            ArrayPool<char>.Shared.Return(_rented);
    }

    readonly bool IsAfterHan() => _gap == 0 || Han.Ends(_chars[.._gap]);

    void Grow()
    {
        var larger = ArrayPool<char>.Shared.Rent(_chars.Length * 2);
        _chars.CopyTo(larger);
        Free();
        _chars = _rented = larger;
    }
}
