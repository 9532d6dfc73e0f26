using System.Globalization;
using System.Numerics;

namespace FhirHub.Fhir.Ucum;

/// <summary>An exact fraction in lowest terms with a positive denominator.</summary>
/// <remarks>Unit factors leave the range of <see cref="decimal"/> (10*-24, mol), and ninths are common.</remarks>
readonly record struct Rational
{
    internal Rational(BigInteger numerator, BigInteger denominator)
    {
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
        if (denominator.Sign < 0)
            divisor = -divisor;
        Numerator = numerator / divisor;
        Denominator = denominator / divisor;
    }

    internal static Rational One { get; } = new(1, 1);

    internal BigInteger Numerator { get; }

    internal BigInteger Denominator { get; }

    internal int Sign => Numerator.Sign;

    /// <summary>The size in bits of the larger half: what arithmetic on this value costs.</summary>
    internal long Bits => Math.Max(Numerator.GetBitLength(), Denominator.GetBitLength());

    public static Rational operator +(Rational left, Rational right) =>
        new((left.Numerator * right.Denominator) + (right.Numerator * left.Denominator),
            left.Denominator * right.Denominator);

    public static Rational operator -(Rational left, Rational right) => left + (right * -1);

    public static Rational operator *(Rational left, Rational right) =>
        new(left.Numerator * right.Numerator, left.Denominator * right.Denominator);

    public static Rational operator /(Rational left, Rational right) =>
        new(left.Numerator * right.Denominator, left.Denominator * right.Numerator);

    public static implicit operator Rational(int value) => new(value, 1);

    internal static Rational FromDecimal(decimal value)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        var mantissa = ((BigInteger)(uint)parts[2] << 64) + ((BigInteger)(uint)parts[1] << 32) + (uint)parts[0];
        return new(value < 0 ? -mantissa : mantissa, BigInteger.Pow(10, value.Scale));
    }

    /// <summary>Reads the plain or scientific notation of the unit table: <c>254e-2</c>, <c>1.66e-24</c>.</summary>
    internal static Rational Parse(string text)
    {
        var (mantissa, exponent) = (text, 0);
        if (text.IndexOf('e', StringComparison.Ordinal) is >= 0 and var e)
            (mantissa, exponent) = (text[..e], int.Parse(text[(e + 1)..], CultureInfo.InvariantCulture));
        if (mantissa.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point)
        {
            exponent -= mantissa.Length - point - 1;
            mantissa = mantissa.Remove(point, 1);
        }
        return new Rational(BigInteger.Parse(mantissa, CultureInfo.InvariantCulture), 1) * PowerOfTen(exponent);
    }

    internal static Rational PowerOfTen(int exponent) => new Rational(10, 1).Pow(exponent);

    internal Rational Pow(int exponent) => exponent >= 0
        ? new(BigInteger.Pow(Numerator, exponent), BigInteger.Pow(Denominator, exponent))
        : new(BigInteger.Pow(Denominator, -exponent), BigInteger.Pow(Numerator, -exponent));

    internal int CompareTo(Rational other) =>
        (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    /// <summary>The nearest decimal without trailing zeros, or false when a decimal cannot hold it.</summary>
    /// <remarks>
    /// "Cannot hold" includes values so small that fewer than 15 significant digits would survive the 28 decimal
    /// places: a silently truncated 1.66E-24 compares wrongly, a refused one does not.
    /// </remarks>
    internal bool TryToDecimal(out decimal result)
    {
        result = 0;
        var magnitude = BigInteger.Abs(Numerator);
        if (magnitude.GetBitLength() - Denominator.GetBitLength() > 97)
            return false;
        for (var scale = StartingScale(magnitude); scale >= 0; scale--)
        {
            var unit = BigInteger.Pow(10, scale);
            var quotient = RoundedQuotient(magnitude * unit, Denominator, out var exact);
            if (quotient.GetBitLength() > 96)
                continue;
            if (!exact && scale == 28 && quotient.GetBitLength() < 47)
                return false;
            while (scale > 0 && BigInteger.Remainder(quotient, 10).IsZero)
            {
                quotient /= 10;
                scale--;
            }
            result = ToDecimal(quotient, Sign < 0, (byte)scale);
            return true;
        }
        return false;
    }

    // The finest scale that may fit 96 bits; starting one digit too fine costs one more round.
    int StartingScale(BigInteger magnitude)
    {
        var integerBits = magnitude.GetBitLength() - Denominator.GetBitLength();
        return (int)Math.Clamp(((97 - integerBits) * 0.30103) + 1, 0, 28);
    }

    static BigInteger RoundedQuotient(BigInteger dividend, BigInteger divisor, out bool exact)
    {
        var quotient = BigInteger.DivRem(dividend, divisor, out var remainder);
        exact = remainder.IsZero;
        var half = (remainder * 2).CompareTo(divisor);
        return half > 0 || (half == 0 && !quotient.IsEven) ? quotient + 1 : quotient;
    }

    static decimal ToDecimal(BigInteger mantissa, bool negative, byte scale)
    {
        var mask = (BigInteger)uint.MaxValue;
        return new(
            (int)(uint)(mantissa & mask), (int)(uint)((mantissa >> 32) & mask), (int)(uint)(mantissa >> 64),
            negative, scale);
    }

    /// <summary>The nearest double, for the logarithms and angles of special units.</summary>
    internal double ToDouble()
    {
        // Keep 62 significant bits in the quotient whatever the sizes of the two halves; that many convert rounded.
        var shift = (int)(62 - Numerator.GetBitLength() + Denominator.GetBitLength());
        var quotient = shift >= 0 ? (Numerator << shift) / Denominator : Numerator / (Denominator << -shift);
        return Math.ScaleB((double)quotient, -shift);
    }

    /// <summary>A double to the 15 significant digits that are certain of it; false when it is not finite.</summary>
    internal static bool TryFromDouble(double value, out Rational result)
    {
        result = default;
        if (!double.IsFinite(value))
            return false;
        result = Parse(value.ToString("E14", CultureInfo.InvariantCulture).Replace('E', 'e'));
        return true;
    }
}
