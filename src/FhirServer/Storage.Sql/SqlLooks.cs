namespace FhirHub.Storage.Sql;

/// <summary>What looks at the data tell a plan.</summary>
/// <param name="Estimate">
/// About how many of a type a statement gives, and whether it looks for a range; null when that is too much work.
/// </param>
/// <param name="First">The first text that a statement gives; null when it gives none.</param>
/// <param name="HaveAll">
/// Whether by now every resource of a type has a token of a parameter; false also when nobody knows.
/// </param>
sealed record SqlLooks(
    Func<SqlScope, SqlText, bool, long?> Estimate,
    Func<SqlText, string?> First,
    Func<SqlScope, ParameterRows, bool> HaveAll);
