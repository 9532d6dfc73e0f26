namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>
/// A row of the table text: which resource had which words and strings, and from when to when. What it had in between
/// that no search has seen does not count; the last version before the end has the words.
/// </summary>
/// <param name="Id">The number by which the indexes know it.</param>
/// <param name="Scope">The resource's type.</param>
/// <param name="Rid">The resource.</param>
/// <param name="Since">The version that brought them; zero for the resource's first.</param>
/// <param name="Until">The version that ended them; zero while they hold.</param>
/// <param name="Narrative">The hash of the words of the narrative; zero without any.</param>
/// <param name="Content">The hash of the words of everything else.</param>
readonly record struct FullTextRow(
    long Id, long Scope, long Rid, long Since, long Until, long Narrative, long Content)
{
    const string Columns = "SELECT id, scope, rid, since, until, narrative, content FROM text";

    internal const string Ended = $"{Columns} WHERE until > 0 AND until < ? ORDER BY until LIMIT ?";
    internal const string AllEnded = $"{Columns} WHERE until > 0";

    static readonly string Own = TextNumber.Of("text", "?1");

    internal static readonly string Holding = $"{Columns} WHERE {Own} AND until = 0";
    internal static readonly string OfResource = $"{Columns} WHERE {Own} ORDER BY id";

    internal static FullTextRow Read(Statement row) =>
        new(row.Long(0), row.Long(1), row.Long(2), row.Long(3), row.Long(4), row.Long(5), row.Long(6));

    internal bool Has(ResourceText text) =>
        Narrative == ResourceText.Hash(text.Narrative) && Content == ResourceText.Hash(text.Content);

    /// <summary>Whether a version has the words the indexes were given, be it all or those of the narrative.</summary>
    internal bool HasGiven(ResourceText text) =>
        (Narrative == 0 || Narrative == ResourceText.Hash(text.Narrative))
        && (Content == 0 || Content == ResourceText.Hash(text.Content));

    /// <summary>What the indexes were given, made again from what the store has of that time.</summary>
    internal FullTextGiven Given(Database database, FullTextStrings strings)
    {
        var text = default(ResourceText);
        var last = Until == 0 ? long.MaxValue : Until - 1;
        using (var read = database.Constant(
            "SELECT json FROM version WHERE seq = coalesce((SELECT seq FROM version INDEXED BY version_rid "
            + "WHERE rid = ?1 AND version > 1 AND seq <= ?2 ORDER BY version DESC LIMIT 1), ?1)"))
        {
            if ((Narrative | Content) != 0 && read.Bind(1, Rid).Bind(2, last).Step() && !read.IsNull(0))
            {
                text = ResourceText.Of(read.Bytes(0).ToArray());
            }
        }

        using var rows = database.Constant(
            "SELECT rows FROM resource_rows WHERE rid = ? AND until > ? ORDER BY until LIMIT 1");
        return new FullTextGiven(
            Scope,
            Content == 0 ? default : text.Content.Bytes,
            Narrative == 0 ? default : text.Narrative.Bytes,
            rows.Bind(1, Rid).Bind(2, last == long.MaxValue ? last - 1 : last).Step()
                ? strings.Parts(rows.Bytes(0))
                : default);
    }
}

/// <summary>What the indexes are given of a resource: words and parts, each with a space between.</summary>
readonly record struct FullTextGiven(
    long Scope, ReadOnlyMemory<byte> Content, ReadOnlyMemory<byte> Narrative, ReadOnlyMemory<byte> Parts)
{
    internal bool IsEmpty => Length == 0;

    internal int Length => Content.Length + Narrative.Length + Parts.Length;
}
