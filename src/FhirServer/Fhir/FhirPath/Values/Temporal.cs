using System.Runtime.InteropServices;

namespace FhirHub.Fhir.FhirPath;

/// <summary>A date, date and time, or time, known to a certain precision, with or without an offset from UTC.</summary>
/// <remarks>What it does is in the other parts: text, comparison, arithmetic, boundaries.</remarks>
[StructLayout(LayoutKind.Sequential)]
public readonly partial struct Temporal
{
    // Sixteen bytes with the padding, so that a FhirPathValue can hold one where it would hold a decimal.
    readonly long _ticks;
    readonly short _offsetMinutes;
    readonly byte _fractionDigits;
    readonly bool _hasOffset;
    readonly TemporalKind _kind;
    readonly TemporalPrecision _precision;
    readonly short _unused;

    internal Temporal(
        TemporalKind kind, TemporalPrecision precision, long ticks, int? offsetMinutes = null, int fractionDigits = 0)
    {
        _kind = kind;
        _precision = precision;
        _ticks = ticks;
        _hasOffset = offsetMinutes is not null;
        _offsetMinutes = (short)(offsetMinutes ?? 0);
        _fractionDigits = (byte)fractionDigits;
        _unused = 0;
    }

    public TemporalKind Kind => _kind;

    public TemporalPrecision Precision => _precision;

    /// <summary>Decimal digits of the second that were given.</summary>
    public int FractionDigits => _fractionDigits;

    /// <summary>The offset from UTC; null when none was given.</summary>
    public TimeSpan? Offset => _hasOffset ? TimeSpan.FromMinutes(_offsetMinutes) : null;

    /// <summary>The first moment of the value by its own clock; for a time, on the first day there is.</summary>
    public DateTime Start => new(_ticks, DateTimeKind.Unspecified);

    internal static Temporal Now(DateTimeOffset now) => new(
        TemporalKind.DateTime,
        TemporalPrecision.Second,
        now.Ticks - (now.Ticks % TimeSpan.TicksPerMillisecond),
        (int)now.Offset.TotalMinutes,
        fractionDigits: 3);

    internal static Temporal Today(DateTimeOffset now) => new(TemporalKind.Date, TemporalPrecision.Day, now.Date.Ticks);

    internal static Temporal TimeOfDay(DateTimeOffset now) => new(
        TemporalKind.Time,
        TemporalPrecision.Second,
        now.TimeOfDay.Ticks - (now.TimeOfDay.Ticks % TimeSpan.TicksPerMillisecond),
        fractionDigits: 3);

    /// <summary>The same moment as a value of another kind: a date as dateTime keeps its precision.</summary>
    internal Temporal AsDateTime() =>
        _kind == TemporalKind.Date ? new(TemporalKind.DateTime, _precision, _ticks) : this;

    internal Temporal AsDate()
    {
        var precision = _precision > TemporalPrecision.Day ? TemporalPrecision.Day : _precision;
        return new Temporal(TemporalKind.Date, precision, Truncate(_ticks, precision));
    }

    static long Truncate(long ticks, TemporalPrecision precision)
    {
        var at = new DateTime(ticks);
        return precision switch
        {
            TemporalPrecision.Year => new DateTime(at.Year, 1, 1).Ticks,
            TemporalPrecision.Month => new DateTime(at.Year, at.Month, 1).Ticks,
            TemporalPrecision.Day => ticks - (ticks % TimeSpan.TicksPerDay),
            TemporalPrecision.Hour => ticks - (ticks % TimeSpan.TicksPerHour),
            TemporalPrecision.Minute => ticks - (ticks % TimeSpan.TicksPerMinute),
            _ => ticks,
        };
    }

    /// <summary>The first tick after the last moment the value could mean.</summary>
    long End => _precision switch
    {
        TemporalPrecision.Year when Start.Year == 9999 => DateTime.MaxValue.Ticks,
        TemporalPrecision.Year => Start.AddYears(1).Ticks,
        TemporalPrecision.Month when Start is { Year: 9999, Month: 12 } => DateTime.MaxValue.Ticks,
        TemporalPrecision.Month => Start.AddMonths(1).Ticks,
        TemporalPrecision.Day => _ticks + TimeSpan.TicksPerDay,
        TemporalPrecision.Hour => _ticks + TimeSpan.TicksPerHour,
        TemporalPrecision.Minute => _ticks + TimeSpan.TicksPerMinute,
        _ => _ticks,
    };
}
