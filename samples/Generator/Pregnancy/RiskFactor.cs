namespace FhirHub.Samples.Generator.Pregnancy;

/// <summary>
/// Why a pregnancy has a colour: the item of the grading table, its words, and the day of pregnancy from which on it
/// can be found.
/// </summary>
sealed record RiskFactor(string Item, string Text, int FromDay = 0)
{
    internal RiskColour Colour => Enum.Parse<RiskColour>(Item[..Item.IndexOf('.')], ignoreCase: true);
}
