using FhirHub.Core.Search;

namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>
/// Compares the full-text indexes with the texts they are of. Every token at its place has a hash; the sum of those in
/// an index must be that of those in the texts, in whatever order either is read.
/// </summary>
sealed class FullTextCheck(Database database, CancellationToken cancel)
{
    const int TokenBytesMax = 32768; // FTS5 keeps no more of one

    readonly HashSet<long> _pairs = [];

    internal IEnumerable<string> Problems()
    {
        if (Words() != Sum("SELECT term, doc, col, offset FROM words_term"))
        {
            yield return "The full-text index of words is not that of the resources' words.";
        }

        var strings = "FROM string s JOIN parameter p ON p.id = s.param AND instr(p.url, '#') = 0";
        var lost = database.Scalar(
            $"""
            SELECT count(*) {strings} WHERE NOT EXISTS (
                SELECT 1 FROM string_value v WHERE v.param = s.param AND v.folded = s.folded)
            """);
        var left = database.Scalar(
            """
            SELECT count(*) FROM string_value v WHERE NOT EXISTS (
                SELECT 1 FROM string s WHERE s.param = v.param AND s.folded = v.folded)
            """);
        if (lost != 0 || left != 0)
        {
            yield return $"Of the texts of strings, {lost} are not in their list, and {left} are there without a row.";
        }

        if (Pairs() != Sum("SELECT term, doc, NULL, NULL FROM grams_term"))
        {
            yield return "The full-text index of strings is not that of their texts.";
        }
    }

    long Words()
    {
        using var read = database.Composed("SELECT id, scope, narrative, content, hash FROM text");
        var sum = 0L;
        while (read.Step())
        {
            cancel.ThrowIfCancellationRequested();
            var text = new ResourceText(new Utf8Text(read.Bytes(2).ToArray()), new Utf8Text(read.Bytes(3).ToArray()));
            sum += text.Hash().AsSpan().SequenceEqual(read.Bytes(4)) ? 0 : 1;
            sum += Tokens(read.Long(0), "narrative", FullTextTokens.Of(read.Long(1), text.Narrative.Span));
            sum += Tokens(read.Long(0), "content", FullTextTokens.Of(read.Long(1), text.Content.Span));
        }

        return sum;
    }

    long Pairs()
    {
        using var read = database.Composed("SELECT id, param, folded FROM string_value");
        var sum = 0L;
        while (read.Step())
        {
            cancel.ThrowIfCancellationRequested();
            sum += Tokens(read.Long(0), null, FullTextTokens.OfPairs(read.Long(1), read.Text(2)));
        }

        return sum;
    }

    /// <param name="row">The row in the index.</param>
    /// <param name="column">The column; null in an index that knows neither columns nor places.</param>
    /// <param name="tokens">The tokens, with a space between.</param>
    long Tokens(long row, string? column, ReadOnlySpan<byte> tokens)
    {
        var (sum, place) = (0L, 0L);
        _pairs.Clear();
        while (!tokens.IsEmpty)
        {
            var length = tokens.IndexOf((byte)' ') is var space and >= 0 ? space : tokens.Length;
            var hash = Hash(tokens[..Math.Min(length, TokenBytesMax)], row, column, column is null ? 0 : place++);
            sum += column is not null || _pairs.Add(hash) ? hash : 0;
            tokens = tokens[Math.Min(length + 1, tokens.Length)..];
        }

        return sum;
    }

    long Sum(string sql)
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
