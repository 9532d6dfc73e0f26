using System.Globalization;

namespace FhirHub.Fhir.Ucum;

/// <summary>One symbol or number of a unit expression, with the exponent that brackets and slashes give it.</summary>
/// <param name="Symbol">Prefix and atom as written, or the digits of a number.</param>
/// <param name="Measure">What one of it means.</param>
/// <param name="Exponent">Negative below a slash.</param>
/// <param name="Position">Where it begins in the code, counted from one.</param>
sealed record UcumTerm(string Symbol, UcumMeasure Measure, int Exponent, int Position)
{
    internal bool IsNumber => char.IsAsciiDigit(Symbol[^1]);

    internal static string Render(string symbol, int exponent) =>
        exponent == 1 ? symbol : symbol + exponent.ToString(CultureInfo.InvariantCulture);
}
