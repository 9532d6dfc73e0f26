namespace FhirHub.Fhir.FhirPath;

/// <content>The least and the greatest value a partial one can mean, and how many digits state it.</content>
public readonly partial struct Temporal
{
    const int LowestOffset = 14 * 60;
    const int HighestOffset = -12 * 60;

    // Digits by precision: YYYY, YYYYMM, YYYYMMDD, ...HH, ...HHMM, then 17 for YYYYMMDDHHMMSSmmm (nine for a time).
    static ReadOnlySpan<byte> DateDigits => [4, 6, 8, 10, 12, 14];

    /// <summary>The digits of the value's precision: 4 for a year, 17 for a date and time with milliseconds.</summary>
    internal int Digits => DateDigits[(int)_precision]
        - (_kind == TemporalKind.Time ? DateDigits[(int)TemporalPrecision.Day] : 0)
        + _fractionDigits;

    internal static int DigitsMax(TemporalKind kind) => kind switch
    {
        TemporalKind.Date => 8,
        TemporalKind.DateTime => 17,
        _ => 9,
    };

    /// <summary>
    /// The first or last moment of the value, stated with that many digits; null when there is no such form.
    /// </summary>
    internal Temporal? Boundary(bool isHigh, int digits)
    {
        var stated = digits + (_kind == TemporalKind.Time ? DateDigits[(int)TemporalPrecision.Day] : 0);
        var isMillisecond = stated == 17;
        var precision = isMillisecond ? (int)TemporalPrecision.Second : DateDigits.IndexOf((byte)Math.Min(stated, 255));
        if (precision < 0
            || digits > DigitsMax(_kind)
            || (_kind == TemporalKind.Time && precision < (int)TemporalPrecision.Hour))
        {
            return null;
        }

        var to = (TemporalPrecision)precision;
        var ticks = isHigh ? HighTicks() : _ticks;
        var hasOffset = _kind == TemporalKind.DateTime && to >= TemporalPrecision.Hour;
        int? anywhere = isHigh ? HighestOffset : LowestOffset;
        var offset = _hasOffset ? _offsetMinutes : anywhere;
        ticks = to == TemporalPrecision.Second && !isMillisecond
            ? ticks - (ticks % TimeSpan.TicksPerSecond)
            : Truncate(ticks, to);
        return new Temporal(_kind, to, ticks, hasOffset ? offset : null, isMillisecond ? 3 : 0);
    }

    long HighTicks()
    {
        if (_precision < TemporalPrecision.Second)
        {
            return End - TimeSpan.TicksPerMillisecond;
        }

        // Of a second without a fraction all milliseconds are possible; of one with a fraction only what is written.
        return _fractionDigits == 0 ? _ticks + TimeSpan.TicksPerSecond - TimeSpan.TicksPerMillisecond : _ticks;
    }
}
