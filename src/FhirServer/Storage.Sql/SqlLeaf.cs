namespace FhirHub.Storage.Sql;

/// <summary>A condition on the rows of one index table, whose name in the statement stands as @.</summary>
/// <param name="Table">The table.</param>
/// <param name="Condition">What its rows must be, the parameter included.</param>
/// <param name="IsOrdered">Whether the rows it leaves are in the order of resources, and can be probed by them.</param>
/// <param name="Values">The values of the condition's parameters.</param>
sealed record SqlLeaf(string Table, string Condition, bool IsOrdered, params SqlValue[] Values)
{
    /// <summary>The tree to be used to find its rows where that is not the table's own.</summary>
    internal string? Index { get; init; }

    /// <summary>The same rows found in the way to list them all, where it is not the way to probe a resource.</summary>
    internal SqlLeaf? AsList { get; init; }

    /// <summary>The same rows in the order of resources by a full-text index, where that is possible.</summary>
    internal TextWalk? AsWalk { get; init; }

    /// <summary>The strings it looks for, where it looks for those that begin with a text.</summary>
    internal StringStart? AsStart { get; init; }

    /// <summary>
    /// The tree by which one resource's rows are found; the table's own when it is ordered, and for tokens, which have
    /// no other: without a code they are few or asked for in another way.
    /// </summary>
    internal string? ProbeIndex => IsOrdered || Table is "token" or "text" ? null : $"{Table}_rid";

    /// <summary>Whether all it asks, but for the items, is what the first columns of its table are.</summary>
    internal bool AreFirstColumns { get; init; }

    /// <summary>Which items of its table's rows are meant.</summary>
    internal long Items { get; init; } = ParameterRows.AllItems;

    internal string On(string alias) => Condition.Replace("@", alias, StringComparison.Ordinal);

    internal string From(string alias) => Index is null ? $"{Table} {alias}" : $"{Table} {alias} INDEXED BY {Index}";

    internal string Probed(string alias) =>
        ProbeIndex is null ? $"{Table} {alias}" : $"{Table} {alias} INDEXED BY {ProbeIndex}";

    /// <summary>The condition that a row is one of a resource's, by the tree it is probed by.</summary>
    internal string Own(string alias, string rid) =>
        Table == "text" ? $"{TextNumber.Of(alias, rid)} AND {alias}.rid = {rid}" : $"{alias}.rid = {rid}";
}

/// <summary>How the texts that match stand in an index in the order of their resources.</summary>
/// <param name="Index">The full-text index.</param>
/// <param name="Match">What it is asked for.</param>
/// <param name="Scope">The type of a tenant.</param>
/// <param name="Waiting">What a row n of those that are not in the index yet must be; empty for all.</param>
/// <param name="WaitingValue">The value of the condition's last parameter.</param>
sealed record TextWalk(string Index, string Match, int Scope, string Waiting, string WaitingValue);
