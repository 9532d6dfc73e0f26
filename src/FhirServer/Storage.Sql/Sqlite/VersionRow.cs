using FhirHub.Core.Model;

namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>How a row of the table of versions is read.</summary>
static class VersionRow
{
    /// <summary>The columns <see cref="Read"/> wants first, of a table called v.</summary>
    internal const string Columns =
        "v.seq, v.scope, v.id, v.version, v.method, v.updated, v.position, v.entry, v.json";

    /// <summary>The columns that <see cref="ReadProvenance"/> wants right after those.</summary>
    internal const string ProvenanceColumns = "v.source, v.message, v.organization";

    const int Provenance = 9;

    internal static StoredResource Read(Statement row, Names names, Database database)
    {
        var (tenant, type) = names.ScopeOf(database, row.Int(1));
        return new StoredResource(
            new ResourceKey(tenant, type, row.Text(2)),
            row.Long(3),
            DateTimeOffset.FromUnixTimeMilliseconds(row.Long(5)),
            (WriteMethod)row.Int(4),
            new CommitPosition(row.Long(6)),
            row.Bytes(8).ToArray())
        {
            Entry = row.Int(7),
        };
    }

    internal static long Seq(Statement row) => row.Long(0);

    internal static Provenance ReadProvenance(Statement row) =>
        new(row.Text(Provenance), row.TextOrNull(Provenance + 1), row.TextOrNull(Provenance + 2));
}
