namespace FhirHub.Samples.Generator.Pregnancy;

/// <summary>A woman in one pregnancy: what she brings, and what the pregnancy does to her.</summary>
sealed record MaternalState(MaternalBody Body, ObstetricHistory History, DateOnly Lmp)
{
    internal bool HasTwins { get; init; }
    internal HypertensionKind Hypertension { get; init; }
    internal DiabetesKind Diabetes { get; init; }
    internal bool HasDangerousPlacenta { get; init; }

    /// <summary>The day from which on blood pressure is raised, if it is going to be.</summary>
    internal int RaisedFrom { get; init; }

    /// <summary>The day from which on haemoglobin is below 110; null when it never is.</summary>
    internal int? AnaemicFrom { get; init; }

    internal double MonthsSinceDelivery =>
        History.LastDelivery is { } last ? (Lmp.DayNumber - last.DayNumber) / 30.44 : double.MaxValue;

    internal static MaternalState Draw(Chance chance, MaternalBody body, ObstetricHistory history, DateOnly lmp)
    {
        var isHeavy = body.Bmi > 25 ? 2 : 1;
        var hypertension = !chance.Happens(0.042 * isHeavy) ? HypertensionKind.None
            : chance.Happens(0.25) ? HypertensionKind.Preeclampsia
            : HypertensionKind.Gestational;
        var diabetes = !chance.Happens(Math.Min(0.4, 0.115 * isHeavy)) ? DiabetesKind.None
            : chance.Happens(0.07) ? DiabetesKind.Insulin
            : DiabetesKind.Diet;
        return new MaternalState(body, history, lmp)
        {
            HasTwins = chance.Happens(0.008),
            Hypertension = hypertension,
            RaisedFrom = chance.Int(22 * 7, 35 * 7),
            Diabetes = diabetes,
            AnaemicFrom = !chance.Happens(0.07) ? null : chance.Happens(0.3) ? 0 : chance.Int(150, 200),
            HasDangerousPlacenta = history.Caesareans > 0 && chance.Happens(0.018),
        };
    }

    internal bool IsRaisedOn(int day) => Hypertension != HypertensionKind.None && day >= RaisedFrom;
}
