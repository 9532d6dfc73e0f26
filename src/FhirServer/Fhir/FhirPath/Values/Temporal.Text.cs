using System.Globalization;
using System.Text;

namespace FhirHub.Fhir.FhirPath;

/// <content>Reading and writing the ISO 8601 forms FHIR and FHIRPath share.</content>
public readonly partial struct Temporal
{
    // A tick is the seventh digit; further ones are read over and not kept.
    const int FractionDigitsMax = 7;

    public static bool TryParseDate(ReadOnlySpan<char> text, out Temporal value)
    {
        var reader = new Reader(text);
        value = default;
        if (!reader.Date(out var ticks, out var precision) || !reader.AtEnd)
        {
            return false;
        }

        value = new Temporal(TemporalKind.Date, precision, ticks);
        return true;
    }

    /// <summary>Reads a dateTime of FHIR, or a literal of FHIRPath that may end in a bare <c>T</c>.</summary>
    public static bool TryParseDateTime(ReadOnlySpan<char> text, out Temporal value)
    {
        var reader = new Reader(text);
        value = default;
        if (!reader.Date(out var ticks, out var precision))
        {
            return false;
        }

        var fractionDigits = 0;
        int? offset = null;
        if (reader.Take('T') && !reader.AtEnd)
        {
            if (precision != TemporalPrecision.Day
                || !reader.Clock(out var clock, out precision, out fractionDigits)
                || !reader.Offset(out offset))
            {
                return false;
            }

            ticks += clock;
        }

        value = new Temporal(TemporalKind.DateTime, precision, ticks, offset, fractionDigits);
        return reader.AtEnd;
    }

    /// <summary>Reads a time, with or without the <c>T</c> of a literal before it.</summary>
    public static bool TryParseTime(ReadOnlySpan<char> text, out Temporal value)
    {
        var reader = new Reader(text);
        reader.Take('T');
        value = default;
        if (!reader.Clock(out var ticks, out var precision, out var fractionDigits) || !reader.AtEnd)
        {
            return false;
        }

        value = new Temporal(TemporalKind.Time, precision, ticks, fractionDigits: fractionDigits);
        return true;
    }

    public override string ToString()
    {
        var text = new StringBuilder(32);
        if (_kind != TemporalKind.Time)
        {
            text.Append(Start.ToString(DateFormat, CultureInfo.InvariantCulture));
        }

        if (_precision >= TemporalPrecision.Hour)
        {
            text.Append(_kind == TemporalKind.Time ? "" : "T");
            text.Append(Start.ToString(ClockFormat, CultureInfo.InvariantCulture));
        }

        if (_fractionDigits > 0)
        {
            var digits = (_ticks % TimeSpan.TicksPerSecond).ToString("D7", CultureInfo.InvariantCulture);
            text.Append('.').Append(digits.AsSpan(0, _fractionDigits));
        }

        if (_hasOffset)
        {
            text.Append(_offsetMinutes == 0 ? "Z" : OffsetText);
        }

        return text.ToString();
    }

    string DateFormat => _precision switch
    {
        TemporalPrecision.Year => "yyyy",
        TemporalPrecision.Month => "yyyy-MM",
        _ => "yyyy-MM-dd",
    };

    string ClockFormat => _precision switch
    {
        TemporalPrecision.Hour => "HH",
        TemporalPrecision.Minute => "HH:mm",
        _ => "HH:mm:ss",
    };

    string OffsetText
    {
        get
        {
            var minutes = Math.Abs((int)_offsetMinutes);
            return string.Create(
                CultureInfo.InvariantCulture, $"{(_offsetMinutes < 0 ? '-' : '+')}{minutes / 60:D2}:{minutes % 60:D2}");
        }
    }

    /// <summary>A place in a text, moving on as parts are recognised.</summary>
    ref struct Reader(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> _rest = text;

        internal readonly bool AtEnd => _rest.IsEmpty;

        internal bool Take(char expected)
        {
            if (_rest.IsEmpty || _rest[0] != expected)
            {
                return false;
            }

            _rest = _rest[1..];
            return true;
        }

        internal bool Date(out long ticks, out TemporalPrecision precision)
        {
            ticks = 0;
            precision = TemporalPrecision.Year;
            var month = 1;
            var day = 1;
            if (!Digits(4, out var year) || year == 0)
            {
                return false;
            }

            if (Take('-'))
            {
                precision = TemporalPrecision.Month;
                if (!Digits(2, out month) || month is < 1 or > 12)
                {
                    return false;
                }

                if (Take('-'))
                {
                    precision = TemporalPrecision.Day;
                    if (!Digits(2, out day) || day < 1 || day > DateTime.DaysInMonth(year, month))
                    {
                        return false;
                    }
                }
            }

            ticks = new DateTime(year, month, day).Ticks;
            return true;
        }

        internal bool Clock(out long ticks, out TemporalPrecision precision, out int fractionDigits)
        {
            precision = TemporalPrecision.Hour;
            fractionDigits = 0;
            ticks = 0;
            if (!Digits(2, out var hour) || hour > 24)
            {
                return false;
            }

            ticks = hour * TimeSpan.TicksPerHour;
            if (!Take(':'))
            {
                return hour < 24;
            }

            precision = TemporalPrecision.Minute;
            if (!Digits(2, out var minute) || minute > 59)
            {
                return false;
            }

            ticks += minute * TimeSpan.TicksPerMinute;
            if (Take(':'))
            {
                precision = TemporalPrecision.Second;
                if (!Digits(2, out var second) || second > 60)
                {
                    return false;
                }

                // A leap second counts as the last one of its minute: nothing else here knows of them.
                ticks += (Math.Min(second, 59) * TimeSpan.TicksPerSecond) + Fraction(out fractionDigits);
            }

            return ticks < TimeSpan.TicksPerDay;
        }

        internal bool Offset(out int? minutes)
        {
            minutes = null;
            if (AtEnd)
            {
                return true;
            }

            if (Take('Z'))
            {
                minutes = 0;
                return true;
            }

            var isWest = _rest[0] == '-';
            if ((!Take('-') && !Take('+')) || !Digits(2, out var hour) || !Take(':') || !Digits(2, out var minute))
            {
                return false;
            }

            minutes = ((hour * 60) + minute) * (isWest ? -1 : 1);
            return hour <= 14 && minute <= 59;
        }

        long Fraction(out int digits)
        {
            digits = 0;
            if (_rest.Length < 2 || _rest[0] != '.' || !char.IsAsciiDigit(_rest[1]))
            {
                return 0;
            }

            _rest = _rest[1..];
            long ticks = 0;
            var unit = TimeSpan.TicksPerSecond;
            for (; !_rest.IsEmpty && char.IsAsciiDigit(_rest[0]); _rest = _rest[1..])
            {
                unit /= 10;
                ticks += unit * (_rest[0] - '0');
                digits = Math.Min(digits + 1, FractionDigitsMax);
            }

            return ticks;
        }

        bool Digits(int count, out int value)
        {
            value = 0;
            if (_rest.Length < count)
            {
                return false;
            }

            for (var i = 0; i < count; i++)
            {
                if (!char.IsAsciiDigit(_rest[i]))
                {
                    return false;
                }

                value = (value * 10) + _rest[i] - '0';
            }

            _rest = _rest[count..];
            return true;
        }
    }
}
