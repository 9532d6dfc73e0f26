using FhirHub.Core.Search;

namespace FhirHub.Storage.Sql;

/// <summary>
/// Whether words fulfil an expression of <see cref="TextQuery"/>, for those that are not in an index yet: the same as
/// the index answers of those that are.
/// </summary>
/// <remarks>
/// An expression is <c>"word word"</c>, with a star behind it where the last word is but the beginning of one, or
/// several in parentheses with one and the same operator between.
/// </remarks>
ref struct FullTextMatch
{
    readonly ReadOnlySpan<byte> _expression;
    readonly ReadOnlySpan<byte> _content;
    readonly ReadOnlySpan<byte> _narrative;
    int _at;

    FullTextMatch(ReadOnlySpan<byte> expression, ReadOnlySpan<byte> content, ReadOnlySpan<byte> narrative)
    {
        _expression = expression;
        _content = content;
        _narrative = narrative;
    }

    /// <param name="expression">The expression.</param>
    /// <param name="content">The words of everything but the narrative; empty where they are not asked for.</param>
    /// <param name="narrative">The words of the narrative.</param>
    internal static bool Is(
        ReadOnlySpan<byte> expression, ReadOnlySpan<byte> content, ReadOnlySpan<byte> narrative) =>
        new FullTextMatch(expression, content, narrative).One();

    bool One()
    {
        if (_expression[_at++] == (byte)'"')
        {
            return Phrase();
        }

        // Behind a parenthesis.
        var isSo = One();
        while (_expression[_at++] == (byte)' ')
        {
            var word = _expression[_at];
            _at += word == (byte)'O' ? "OR ".Length : "AND ".Length; // NOT is as long as AND
            var other = One();
            isSo = word switch
            {
                (byte)'O' => isSo | other,
                (byte)'A' => isSo & other,
                _ => isSo & !other,
            };
        }

        return isSo;
    }

    bool Phrase()
    {
        var rest = _expression[_at..];
        var phrase = rest[..rest.IndexOf((byte)'"')];
        _at += phrase.Length + 1;
        var isBeginning = _at < _expression.Length && _expression[_at] == (byte)'*';
        _at += isBeginning ? 1 : 0;
        return Has(_content, phrase, isBeginning) || Has(_narrative, phrase, isBeginning);
    }

    static bool Has(ReadOnlySpan<byte> words, ReadOnlySpan<byte> phrase, bool isBeginning)
    {
        for (var start = 0; words[start..].IndexOf(phrase) is var found and >= 0; start++)
        {
            start += found;
            var end = start + phrase.Length;
            if ((start == 0 || words[start - 1] == (byte)' ')
                && (isBeginning || end == words.Length || words[end] == (byte)' '))
            {
                return true;
            }
        }

        return false;
    }
}
