namespace FhirHub.Fhir.FhirPath;

/// <content>Comparison that may not know: https://hl7.org/fhirpath/N1/#datetime-comparison</content>
public readonly partial struct Temporal
{
    // Where only one side has an offset, the other may be anywhere on earth.
    const long EastMost = 14 * TimeSpan.TicksPerHour;
    const long WestMost = 12 * TimeSpan.TicksPerHour;

    /// <summary>Below, at or above zero; null when the precision or a missing offset leaves it open.</summary>
    public static int? Compare(Temporal left, Temporal right)
    {
        if ((left._kind == TemporalKind.Time) != (right._kind == TemporalKind.Time))
        {
            return null;
        }

        if (left._precision == right._precision && left._hasOffset == right._hasOffset)
        {
            return left.UtcTicks.CompareTo(right.UtcTicks);
        }

        var common = left._precision < right._precision ? left._precision : right._precision;
        var needsOffset = left._precision > TemporalPrecision.Day || right._precision > TemporalPrecision.Day;
        if (left._hasOffset != right._hasOffset && needsOffset)
        {
            return CompareAcrossOffsets(left, right);
        }

        var order = left.Utc(common).CompareTo(right.Utc(common));
        return order != 0 ? order : null;
    }

    /// <summary>Whether both mean the same to the same precision: https://hl7.org/fhirpath/N1/#equivalent</summary>
    internal static bool AreEquivalent(Temporal left, Temporal right) =>
        left._precision == right._precision && left._hasOffset == right._hasOffset && Compare(left, right) == 0;

    static int? CompareAcrossOffsets(Temporal left, Temporal right)
    {
        var (leftFirst, leftLast) = left.Span();
        var (rightFirst, rightLast) = right.Span();
        if (leftLast < rightFirst)
        {
            return -1;
        }

        return leftFirst > rightLast ? 1 : null;
    }

    (long First, long Last) Span()
    {
        var last = Math.Max(_ticks, End - 1);
        if (!_hasOffset)
        {
            return (_ticks - EastMost, last + WestMost);
        }

        var offset = _offsetMinutes * TimeSpan.TicksPerMinute;
        return (_ticks - offset, last - offset);
    }

    long UtcTicks => _ticks - (_offsetMinutes * TimeSpan.TicksPerMinute);

    long Utc(TemporalPrecision precision)
    {
        var utc = UtcTicks;
        return utc < 0 || utc > DateTime.MaxValue.Ticks ? utc : Truncate(utc, precision);
    }
}
