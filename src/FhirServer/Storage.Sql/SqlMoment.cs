namespace FhirHub.Storage.Sql;

/// <summary>
/// The moment a search looks at: now, or as of a version, for the pages behind the first and where the index is behind.
/// </summary>
/// <param name="Seq">The last version that counts; null for now.</param>
sealed record SqlMoment(long? Seq)
{
    /// <summary>That an index row holds at the moment.</summary>
    internal SqlText Holds(SqlText sql, string alias) => Seq is { } seq
        ? sql.Add(
            $" AND {alias}.rid <= ? AND {alias}.since <= ? AND ({alias}.until = 0 OR {alias}.until > ?)",
            seq, seq, seq)
        : sql.Add($" AND {alias}.until = 0");

    /// <summary>The encoded index rows a resource has at the moment.</summary>
    internal SqlText Rows(SqlText sql, string rid) => Seq is { } seq
        ? sql.Add(
            $"(SELECT x.rows FROM resource_rows x WHERE x.rid = {rid} AND x.until > ? ORDER BY x.until LIMIT 1)", seq)
        : sql.Add($"(SELECT x.rows FROM resource_rows x WHERE x.rid = {rid} AND x.until = {long.MaxValue})");

    /// <summary>
    /// The number of a resource's version at the moment. That of its first version is the resource's own, and the
    /// index of versions has only the others.
    /// </summary>
    internal SqlText Version(SqlText sql, string rid)
    {
        sql.Add("coalesce((SELECT y.seq FROM version y INDEXED BY version_rid ")
            .Add($"WHERE y.rid = {rid} AND y.version > 1");
        if (Seq is { } seq)
        {
            sql.Add(" AND y.seq <= ?", seq);
        }

        return sql.Add($" ORDER BY y.version DESC LIMIT 1), {rid})");
    }
}
