namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>The search parameters of tenants' own as rows.</summary>
static class CustomParameterTable
{
    const string Columns = "url, resource, definition, types, state, walk";

    internal static List<CustomParameter> Read(Database database, string tenant)
    {
        using var read = database.Constant($"SELECT {Columns} FROM custom_parameter WHERE tenant = ? ORDER BY url");
        read.Bind(1, tenant);
        var all = new List<CustomParameter>();
        while (read.Step())
        {
            all.Add(new CustomParameter(
                read.Text(0), read.Text(1), read.Text(2), IndexWalkTable.Words(read.Text(3), ' '))
            {
                State = (CustomParameterState)read.Int(4),
                Walk = read.IsNull(5) ? null : read.Long(5),
            });
        }

        return all;
    }

    internal static void Set(Database database, string tenant, IReadOnlyList<CustomParameter> parameters)
    {
        var known = Read(database, tenant).ToDictionary(p => p.Url, StringComparer.Ordinal);
        foreach (var parameter in parameters)
        {
            if (!known.Remove(parameter.Url, out var before)
                || before.Definition != parameter.Definition
                || before.State == CustomParameterState.Removing)
            {
                // Rows of the definition before are where that one was, and have to go.
                var types = parameter.Types.Union(before?.Types ?? []);
                Put(database, tenant, parameter with { Types = [.. types] }, CustomParameterState.Building);
            }
            else if (before.Resource != parameter.Resource)
            {
                database.Constant("UPDATE custom_parameter SET resource = ? WHERE tenant = ? AND url = ?")
                    .Bind(1, parameter.Resource).Bind(2, tenant).Bind(3, parameter.Url).Run();
            }
        }

        foreach (var gone in known.Values.Where(p => p.State != CustomParameterState.Removing))
        {
            Put(database, tenant, gone, CustomParameterState.Removing);
        }
    }

    /// <summary>The types of those parameters that wait for a walk.</summary>
    internal static List<string> TypesWithoutWalk(Database database, string tenant) =>
    [
        .. Read(database, tenant).Where(p => p.State != CustomParameterState.Complete && p.Walk is null)
            .SelectMany(p => p.Types).Distinct().Order(StringComparer.Ordinal),
    ];

    internal static void Assign(Database database, string tenant, long walk) => database.Constant(
        "UPDATE custom_parameter SET walk = ? WHERE tenant = ? AND state <> 1 AND walk IS NULL")
        .Bind(1, walk).Bind(2, tenant).Run();

    /// <summary>
    /// The walk has been everywhere. Of a parameter whose definition has changed types, the earlier ones stay noted:
    /// to visit them once more some day costs less than to forget one.
    /// </summary>
    internal static void Finish(Database database, long walk)
    {
        database.Constant("DELETE FROM custom_parameter WHERE walk = ? AND state = 2").Bind(1, walk).Run();
        database.Constant("UPDATE custom_parameter SET state = 1, walk = NULL WHERE walk = ? AND state = 0")
            .Bind(1, walk).Run();
    }

    static void Put(Database database, string tenant, CustomParameter parameter, CustomParameterState state) =>
        database.Constant(
            "INSERT OR REPLACE INTO custom_parameter (tenant, url, resource, definition, types, state, walk) "
            + "VALUES (?, ?, ?, ?, ?, ?, NULL)")
            .Bind(1, tenant).Bind(2, parameter.Url).Bind(3, parameter.Resource).Bind(4, parameter.Definition)
            .Bind(5, string.Join(' ', parameter.Types)).Bind(6, (int)state).Run();
}
