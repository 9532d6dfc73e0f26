namespace FhirHub.Samples.Generator.Pregnancy;

/// <summary>Why a pregnancy has a colour, in the words of the grading table.</summary>
sealed record RiskFactor(RiskColour Colour, string Text)
{
    /// <summary>Shows only in the third trimester, and then makes a second grading necessary.</summary>
    internal bool IsLate { get; init; }
}
