using System.Globalization;

namespace FhirHub.Samples.Generator.Pregnancy;

/// <summary>A child as it was born.</summary>
sealed record Birth(bool IsFemale, int WeightGrams, decimal LengthCm, int ApgarAtOne, int ApgarAtFive)
{
    /// <summary>How far children differ from the median of their week, below it and, more, above it.</summary>
    const double SpreadBelow = 0.098;
    const double SpreadAbove = 0.142;

    static readonly Dictionary<int, (int Boy, int Girl)> Medians = Table.Read("birth-weights.tsv").ToDictionary(
        row => Number(row[0]), row => (Number(row[1]), Number(row[2])));

    /// <summary>How old it became, in days, where it died before it was six; null where it did not.</summary>
    internal int? DaysLived { get; init; }

    /// <summary>A weight that fits gestation and sex.</summary>
    internal static Birth Draw(Chance chance, PregnancyCourse course)
    {
        var isFemale = chance.Happens(0.4737);
        var (state, days) = (course.State, course.TermDays);
        var mean = Median(days, isFemale)
            * (state.HasTwins ? 0.89 : 1)
            * (course.Has(RiskTable.GrowthRestriction, days) ? 0.82 : 1)
            * (state.Hypertension == HypertensionKind.Preeclampsia ? 0.93 : 1)
            * (state.Diabetes != DiabetesKind.None ? 1.03 : 1)
            * (state.Body.Bmi > 25 ? 1.03 : state.Body.Bmi < 18.5m ? 0.97 : 1);
        var off = chance.Normal(0, 1, -4, 4);
        var weight = 10 * (int)(Math.Clamp(mean * (1 + (off * (off < 0 ? SpreadBelow : SpreadAbove))), 700, 5400) / 10);
        var length = chance.Decimal(50 + ((weight - 3300) * 0.0035), 0.9, 34, 56);
        var atOne = days < 32 * 7 ? chance.Int(4, 8)
            : weight < 2200 || chance.Happens(0.03) ? chance.Int(6, 8)
            : chance.Int(9, 10);
        return new Birth(isFemale, weight, length, atOne, Math.Min(10, atOne + chance.Int(1, 2)))
        {
            DaysLived = DrawDaysLived(chance, days),
        };
    }

    static double Median(int days, bool isFemale)
    {
        var (week, share) = (Math.Clamp(days / 7, 28, 42), days % 7 / 7.0);
        var (from, to) = (Medians[week], Medians[Math.Min(42, week + 1)]);
        // The medians are those of whole weeks, whose middle is the fourth day.
        var (start, end) = isFemale ? (from.Girl, to.Girl) : (from.Boy, to.Boy);
        return start + ((end - start) * (share - 0.43));
    }

    static int? DrawDaysLived(Chance chance, int days)
    {
        var newborn = days < 32 * 7 ? 0.06 : days < 37 * 7 ? 0.010 : 0.0021;
        return chance.Happens(newborn) ? chance.Int(0, 27)
            : chance.Happens(0.0018) ? chance.Int(28, 364)
            : chance.Happens(0.0019) ? chance.Int(365, 1825)
            : null;
    }

    static int Number(string cell) => int.Parse(cell, CultureInfo.InvariantCulture);
}
