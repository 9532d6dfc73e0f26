using FhirHub.Fhir.Ucum;

namespace FhirHub.Unit.Ucum;

/// <summary>Parses what a test knows to be a unit.</summary>
static class Units
{
    internal static UcumUnit Parse(string code)
    {
        Assert.IsTrue(UcumUnit.TryParse(code, out var unit, out var error), $"{code}: {error}");
        // Asserted just above.
        return unit!;
    }
}
