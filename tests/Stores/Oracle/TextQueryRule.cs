namespace FhirHub.Stores.Oracle;

/// <summary>Decides a query of words: OR binds loosest, then AND or nothing at all, then NOT.</summary>
sealed class TextQueryRule(string query, List<List<OracleWord>> texts)
{
    int _at;

    internal static bool Matches(string query, List<List<OracleWord>> texts) => new TextQueryRule(query, texts).Any();

    bool Any()
    {
        var found = Every();
        while (Take("OR"))
        {
            found |= Every();
        }

        return found;
    }

    bool Every()
    {
        var found = One();
        while (Next() is not (null or ")") && !Is("OR"))
        {
            _ = Take("AND");
            found &= One();
        }

        return found;
    }

    bool One()
    {
        if (Next() == "NOT")
        {
            _at += "NOT".Length;
            return !One();
        }

        if (Take("("))
        {
            var found = Any();
            return Take(")") ? found : throw new FormatException($"A ) is missing in {query}.");
        }

        // Next has gone past the spaces.
        var word = Next() ?? throw new FormatException($"A word is missing in {query}.");
        _at += word.Length;
        return word[0] == '"' ? Has(word[1..^1], isBeginning: false) : Has(word, word[^1] == '*');
    }

    bool Has(string phrase, bool isBeginning)
    {
        var words = TextRule.Words(phrase);
        return words.Count == 0 || texts.Any(text => Enumerable.Range(0, Math.Max(0, text.Count - words.Count + 1))
            .Any(start => words.Select((word, i) => IsWord(text[start + i], word, i == 0, isBeginning
                && i == words.Count - 1)).All(same => same)));
    }

    static bool IsWord(OracleWord word, OracleWord wanted, bool isFirst, bool isBeginning) =>
        (isFirst || word.IsJoined == wanted.IsJoined)
        && (isBeginning
            ? word.Text.StartsWith(wanted.Text, StringComparison.Ordinal)
            : word.Text == wanted.Text);

    bool Is(string word) => string.Equals(Next(), word, StringComparison.OrdinalIgnoreCase);

    bool Take(string word)
    {
        var isThere = Is(word);
        _at += isThere ? word.Length : 0;
        return isThere;
    }

    /// <summary>The next word, quoted phrase or parenthesis; null at the end.</summary>
    string? Next()
    {
        while (_at < query.Length && query[_at] == ' ')
        {
            _at++;
        }

        if (_at == query.Length)
        {
            return null;
        }

        if (query[_at] is '(' or ')')
        {
            return query[_at].ToString();
        }

        var end = query[_at] == '"'
            ? query.IndexOf('"', _at + 1) + 1
            : query.IndexOfAny([' ', '(', ')', '"'], _at);
        return query[_at..(end < 0 ? query.Length : end)];
    }
}
