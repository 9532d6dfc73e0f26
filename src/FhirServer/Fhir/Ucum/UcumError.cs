using System.Globalization;

namespace FhirHub.Fhir.Ucum;

/// <summary>Why a code is not a unit, and where.</summary>
/// <param name="Position">Counted from one; one past the end when the code stops too early.</param>
/// <param name="Text">What was wrong there.</param>
sealed record UcumError(int Position, string Text)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"position {Position}: {Text}");
}
