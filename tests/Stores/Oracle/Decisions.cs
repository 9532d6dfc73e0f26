namespace FhirHub.Stores.Oracle;

/// <summary>
/// Where the server does less than R4's text says, or something else of what it leaves open. The oracle does the same
/// as long as the line stands here; turning one shows by its failures what is missing.
/// </summary>
static class Decisions
{
    /// <summary>Names and addresses are ordered by what they say, and not by what is made of it for searches.</summary>
    internal static bool OnlyStatedTextIsSorted => true;

    /// <summary>The words of a contained resource are found as the container's, and by no chain into it.</summary>
    internal static bool WordsAreOfTheWhole => true;
}
