namespace FhirHub.Stores.Oracle;

/// <summary>
/// What somebody may see of each type, as a query. It follows no references: a rule is about resources that stand for
/// themselves, and the oracle's chains look into them.
/// </summary>
static class OracleRule
{
    /// <summary>Every other resource, and of others all, a kind, or none.</summary>
    internal static OracleQuery Of(string type) => new(type, type switch
    {
        "Patient" => [new OracleCriterion("gender:not", "female", "token:not")],
        "Observation" => [new OracleCriterion("status", "final,amended,registered", "token")],
        "Encounter" or "Organization" or "Location" or "List" or "MedicationRequest" or "Condition" =>
            [new OracleCriterion("_id", string.Join(',', Ids.Where((_, index) => index % 2 == 0)), "_id")],
        "RiskAssessment" => [new OracleCriterion("_id", "nobody", "_id")],
        _ => [],
    });

    static IEnumerable<string> Ids => Pool.Ids.Concat(Enumerable.Range(Pool.Ids.Length, 100).Select(n => $"n{n}"));
}
