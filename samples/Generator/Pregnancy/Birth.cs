namespace FhirHub.Samples.Generator.Pregnancy;

/// <summary>A child as it was born.</summary>
sealed record Birth(bool IsFemale, int WeightGrams, decimal LengthCm, int ApgarAtOne, int ApgarAtFive)
{
    /// <summary>A weight that fits the gestation: about 170 g for each week around 39 and a half.</summary>
    internal static Birth Draw(Chance chance, int gestationDays, bool isTwin)
    {
        var isFemale = chance.Happens(0.48);
        var mean = 3320 + ((gestationDays - 276) * 24.0) - (isTwin ? 350 : 0) - (isFemale ? 100 : 0);
        var weight = 10 * (int)(chance.Normal(mean, 330, 1400, 4700) / 10);
        var length = chance.Decimal(50 + ((weight - 3300) * 0.0035), 0.9, 38, 56);
        var atOne = weight < 2200 || chance.Happens(0.04) ? chance.Int(6, 8) : chance.Int(9, 10);
        return new Birth(isFemale, weight, length, atOne, Math.Min(10, atOne + chance.Int(1, 2)));
    }
}
