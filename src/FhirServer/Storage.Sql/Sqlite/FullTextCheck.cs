using FhirHub.Core.Search;

namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>
/// Compares the full text with the resources it is of. Every token at its place has a hash; the sum of those in an
/// index must be that of those in the texts, in whatever order either is read.
/// </summary>
sealed class FullTextCheck(Database database, CancellationToken cancel)
{
    const int TokenBytesMax = 32768; // FTS5 keeps no more of one

    readonly FullTextStrings _strings = new(database);
    readonly HashSet<long> _once = [];
    long _words;
    long _parts;
    long _holding;

    /// <summary>What is wrong with the full text of a current resource; null when nothing is.</summary>
    /// <param name="rid">The resource.</param>
    /// <param name="scope">Its type.</param>
    /// <param name="values">What it is found by.</param>
    /// <param name="rows">The index rows it has.</param>
    internal string? Problem(long rid, int scope, IReadOnlyList<SearchEntry> values, ReadOnlySpan<byte> rows)
    {
        var text = ResourceText.Of(values);
        var given = new FullTextGiven(scope, text.Content.Bytes, text.Narrative.Bytes, _strings.Parts(rows));
        using var find = database.Constant(FullTextRow.Holding);
        if (!find.Bind(1, rid).Step())
        {
            return given.IsEmpty ? null : "The full text is missing.";
        }

        var row = FullTextRow.Read(find);
        _holding++;
        if (row.Scope != scope || !row.Has(text))
        {
            return "The full text is not that of the content.";
        }

        return Sum(row.Id, given);
    }

    /// <summary>What is wrong with the rest, once every current resource was looked at.</summary>
    internal IEnumerable<string> Problems()
    {
        if (database.Scalar("SELECT count(*) FROM text WHERE until = 0") is var there && there != _holding)
        {
            yield return $"The table text has {there} rows that hold instead of {_holding}.";
        }

        foreach (var row in Ended())
        {
            cancel.ThrowIfCancellationRequested();
            if (Sum(row.Id, row.Given(database, _strings)) is { } problem)
            {
                yield return problem;
            }
        }

        AddGone();
        if (_words != Indexed("SELECT term, doc, col, offset FROM words_term"))
        {
            yield return "The full-text index of words is not that of the resources' words.";
        }

        if (_parts != Indexed("SELECT term, doc, NULL, NULL FROM parts_term"))
        {
            yield return "The full-text index of strings is not that of the resources' strings.";
        }
    }

    List<FullTextRow> Ended()
    {
        using var read = database.Constant(FullTextRow.AllEnded);
        var rows = new List<FullTextRow>();
        while (read.Step())
        {
            rows.Add(FullTextRow.Read(read));
        }

        return rows;
    }

    /// <summary>What waits to be taken out is in the indexes still.</summary>
    void AddGone()
    {
        using var read = database.Constant(
            "SELECT id, scope, content, narrative, parts FROM text_waiting WHERE gone = 1");
        while (read.Step())
        {
            Add(read.Long(0), new FullTextGiven(
                read.Long(1), read.Bytes(2).ToArray(), read.Bytes(3).ToArray(), read.Bytes(4).ToArray()));
        }
    }

    /// <summary>Adds what the indexes must have of a row; says whether what waits instead is something else.</summary>
    string? Sum(long id, FullTextGiven given)
    {
        using var find = database.Constant(
            "SELECT content, narrative, parts FROM text_waiting WHERE id = ? AND gone = 0");
        if (find.Bind(1, id).Step())
        {
            return find.Bytes(0).SequenceEqual(given.Content.Span) && find.Bytes(1).SequenceEqual(given.Narrative.Span)
                && find.Bytes(2).SequenceEqual(given.Parts.Span)
                ? null
                : "What waits to be indexed is not the full text of the content.";
        }

        Add(id, given);
        return null;
    }

    void Add(long id, FullTextGiven given)
    {
        _words += Tokens(id, "content", FullTextTokens.Of(given.Scope, given.Content.Span));
        _words += Tokens(id, "narrative", FullTextTokens.Of(given.Scope, given.Narrative.Span));
        _parts += Tokens(id, null, FullTextTokens.Of(given.Scope, given.Parts.Span));
    }

    /// <param name="row">The row in the index.</param>
    /// <param name="column">The column; null in an index that knows neither columns nor places.</param>
    /// <param name="tokens">The tokens, with a space between.</param>
    long Tokens(long row, string? column, ReadOnlySpan<byte> tokens)
    {
        var (sum, place) = (0L, 0L);
        _once.Clear();
        while (!tokens.IsEmpty)
        {
            var length = tokens.IndexOf((byte)' ') is var space and >= 0 ? space : tokens.Length;
            var hash = Hash(tokens[..Math.Min(length, TokenBytesMax)], row, column, column is null ? 0 : place++);
            sum += column is not null || _once.Add(hash) ? hash : 0;
            tokens = tokens[Math.Min(length + 1, tokens.Length)..];
        }

        return sum;
    }

    long Indexed(string sql)
    {
        using var read = database.Composed(sql);
        var sum = 0L;
        while (read.Step())
        {
            cancel.ThrowIfCancellationRequested();
            sum += Hash(read.Bytes(0), read.Long(1), read.TextOrNull(2), read.Long(3));
        }

        return sum;
    }

    /// <summary>FNV-1a, one step for each byte and each number.</summary>
    static long Hash(ReadOnlySpan<byte> term, long row, string? column, long place)
    {
        const ulong Prime = 1099511628211;
        var hash = 14695981039346656037;
        foreach (var b in term)
        {
            hash = (hash ^ b) * Prime;
        }

        foreach (var number in (ReadOnlySpan<long>)[row, column?[0] ?? 0, place])
        {
            hash = (hash ^ (ulong)number) * Prime;
            hash ^= hash >> 29;
        }

        return (long)hash;
    }
}
