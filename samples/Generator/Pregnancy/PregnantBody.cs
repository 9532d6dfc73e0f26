namespace FhirHub.Samples.Generator.Pregnancy;

/// <summary>How a body changes over a pregnancy; what is measured scatters around that.</summary>
sealed class PregnantBody
{
    readonly PregnancyCourse _course;
    readonly Chance _chance;
    readonly double _gain;
    readonly double _systolic;
    readonly double _diastolic;

    internal PregnantBody(PregnancyCourse course, Chance chance)
    {
        _course = course;
        _chance = chance;
        // The heavier at the start, the less is to be gained (the idea of WS/T 801-2022).
        var mean = course.State.Body.Bmi switch { < 18.5m => 13.5, < 24 => 11.5, < 28 => 9.5, _ => 7.5 };
        _gain = chance.Normal(mean + (course.State.HasTwins ? 4 : 0), 2, 3, 20);
        _systolic = chance.Normal(110, 7, 94, 124);
        _diastolic = chance.Normal(68, 5, 56, 78);
    }

    /// <summary>About a kilogram in the first trimester, the rest evenly.</summary>
    internal decimal Weight(int day)
    {
        var gained = day < 91 ? day / 91.0 : 1 + ((_gain - 1) * (day - 91) / 189.0);
        return _course.State.Body.WeightKg + _chance.Decimal(gained, 0.3, -2, 24);
    }

    internal (int Systolic, int Diastolic) Pressure(int day)
    {
        var systolic = _chance.Normal(_systolic, 4, 88, 134);
        var diastolic = _chance.Normal(_diastolic, 3, 52, 86);
        if (_course.State.IsRaisedOn(day))
        {
            (systolic, diastolic) = _course.State.Hypertension == HypertensionKind.Preeclampsia
                ? (_chance.Normal(166, 4, 160, 178), _chance.Normal(112, 2, 108, 118))
                : (_chance.Normal(147, 4, 140, 158), _chance.Normal(94, 3, 90, 104));
        }

        // The two are drawn each by itself, and kept as far apart as they are in life.
        return ((int)systolic, Math.Min((int)diastolic, (int)systolic - 24));
    }

    /// <summary>Rises with the week, a little behind it towards term; twins are ahead of it.</summary>
    internal decimal FundalHeight(int day) =>
        _chance.Decimal((day / 7.0 * 0.85) + 1.5 + (_course.State.HasTwins ? 4 : 0), 0.8, 14, 42, decimals: 0);

    internal decimal Girth(int day) => _chance.Decimal(
        72 + ((double)_course.State.Body.Bmi * 0.6) + ((day - 140) / 7.0), 2, 68, 120, decimals: 0);

    internal int FetalHeartRate() => (int)_chance.Normal(142, 6, 118, 164);

    /// <summary>Blood is thinnest around the thirtieth week.</summary>
    internal decimal Haemoglobin(int day) => day >= _course.State.AnaemicFrom
        ? _chance.Decimal(101, 5, 76, 109, decimals: 0)
        : _chance.Decimal(day > 24 * 7 ? 121 : 127, 5, 110, 148, decimals: 0);
}
