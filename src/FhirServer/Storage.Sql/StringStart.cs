namespace FhirHub.Storage.Sql;

/// <summary>
/// Strings that begin with a text. The resources of each such string are in order, though those of all are not: where
/// the strings are few, as family names are, they are walked beside each other.
/// </summary>
/// <param name="Parameter">The parameter's number.</param>
/// <param name="Low">The text.</param>
/// <param name="High">What stands behind every string that begins with it.</param>
sealed record StringStart(long Parameter, string Low, string High)
{
    internal const string Condition = "@.param = ? AND @.folded >= ? AND @.folded < ?";

    /// <summary>More strings than that are not walked beside each other.</summary>
    const int StringsMax = 8;

    /// <summary>The strings there are; null when they are many.</summary>
    /// <param name="next">The first string from a statement; null when there is none.</param>
    internal List<string>? Strings(Func<SqlText, string?> next)
    {
        var found = new List<string>();
        for (var at = next(Select(">=", Low)); at is not null; at = next(Select(">", at)))
        {
            if (found.Count == StringsMax)
            {
                return null;
            }

            found.Add(at);
        }

        return found;
    }

    /// <summary>The same condition on one string alone.</summary>
    internal SqlText On(SqlLeaf leaf, string alias, string value) => new SqlText().Add(
        leaf.Condition.Replace(Condition, "@.param = ? AND @.folded = ?", StringComparison.Ordinal)
            .Replace("@", alias, StringComparison.Ordinal),
        Parameter, value);

    SqlText Select(string compare, string from) => new SqlText().Add(
        $"SELECT folded FROM string WHERE param = ? AND folded {compare} ? AND folded < ? ORDER BY folded LIMIT 1",
        Parameter, from, High);
}
