namespace FhirHub.Stores.Oracle;

/// <summary>
/// Where the server does less than R4's text says, or something else of what it leaves open. The oracle does the same
/// as long as the line stands here; turning one shows by its failures what is missing.
/// </summary>
static class Decisions
{
    /// <summary>
    /// "A chained condition will be evaluated inside contained resources":
    /// https://hl7.org/fhir/R4/search.html#contained
    /// </summary>
    internal static bool ChainsEnterContained => false;

    /// <summary>A reference to a contained resource is a value: https://hl7.org/fhir/R4/search.html#modifiers</summary>
    internal static bool ContainedIsPresent => false;

    /// <summary>Names and addresses are ordered by what they say, and not by what is made of it for searches.</summary>
    internal static bool OnlyStatedTextIsSorted => true;
}
