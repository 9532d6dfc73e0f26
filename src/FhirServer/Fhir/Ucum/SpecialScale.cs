using System.Numerics;

namespace FhirHub.Fhir.Ucum;

/// <summary>The pair of functions that tie a special unit to its proper unit.</summary>
/// <remarks>https://ucum.org/ucum#section-Special-Units-on-non-ratio-Scales</remarks>
/// <param name="ToProper">From a number on the special scale to one of proper units; null outside the domain.</param>
/// <param name="FromProper">The inverse.</param>
sealed record SpecialScale(Func<Rational, Rational?> ToProper, Func<Rational, Rational?> FromProper)
{
    // Beyond this no proper value fits a decimal, and the powers would only cost time.
    const int ExponentMax = 400;

    static readonly Dictionary<string, SpecialScale> ByName = new(StringComparer.Ordinal)
    {
        ["Cel"] = Shifted("273.15"),
        ["degF"] = Shifted("459.67"),
        ["degRe"] = Shifted("218.52"),
        ["pH"] = NegativeLogarithm(10),
        ["hpX"] = NegativeLogarithm(10),
        ["hpC"] = NegativeLogarithm(100),
        ["hpM"] = NegativeLogarithm(1000),
        ["hpQ"] = NegativeLogarithm(50000),
        ["ln"] = new(x => Exp(x.ToDouble()), x => x.Sign > 0 ? FromDouble(Log(x)) : null),
        ["lg"] = new(x => Power(10, x), x => Logarithm(10, x)),
        ["lgTimes2"] = new(x => Power(10, x / 2), x => Logarithm(10, x) * 2),
        ["ld"] = new(x => Power(2, x), x => Logarithm(2, x)),
        ["sqrt"] = new(x => x * x, SquareRoot),
        ["tanTimes100"] = HundredTangent(degrees: false),
        ["100tan"] = HundredTangent(degrees: true),
    };

    internal static SpecialScale Named(string name) => ByName[name];

    // The scale's zero lies this many of its own steps above the absolute zero: exact both ways.
    static SpecialScale Shifted(string steps)
    {
        var shift = Rational.Parse(steps);
        return new(x => x + shift, x => x - shift);
    }

    static SpecialScale NegativeLogarithm(int radix) => new(x => Power(radix, x * -1), x => Logarithm(radix, x) * -1);

    // The proper unit of %[slope] is the degree and that of [p'diop] the radian; 100 % is 45 degrees either way.
    static SpecialScale HundredTangent(bool degrees)
    {
        var turn = degrees ? 180 / Math.PI : 1;
        return new(
            x => FromDouble(Math.Atan(x.ToDouble() / 100) * turn),
            // A right angle has no slope; as a double it misses infinity.
            x => Math.Tan(x.ToDouble() / turn) is > -1e15 and < 1e15 and var slope ? FromDouble(slope * 100) : null);
    }

    // Whole exponents stay exact: pH 7 is 10*-7 mol/l and not a neighbour of it.
    static Rational? Power(int radix, Rational exponent)
    {
        if (exponent.CompareTo(ExponentMax) > 0 || exponent.CompareTo(-ExponentMax) < 0)
            return null;
        return exponent.Denominator.IsOne
            ? ((Rational)radix).Pow((int)exponent.Numerator)
            : FromDouble(Math.Pow(radix, exponent.ToDouble()));
    }

    static Rational? Logarithm(int radix, Rational value)
    {
        if (value.Sign <= 0)
            return null;
        var logarithm = FromDouble(Log(value) / Math.Log(radix));
        // Back to the exact exponent if there is one.
        return logarithm is { } near && Whole(near) is var whole && Power(radix, whole) == value ? whole : logarithm;
    }

    static Rational Whole(Rational value) => new(new BigInteger(Math.Round(value.ToDouble())), 1);

    static Rational? SquareRoot(Rational value) => value.Sign < 0 ? null : FromDouble(Math.Sqrt(value.ToDouble()));

    static Rational? Exp(double exponent) => FromDouble(Math.Exp(exponent));

    static double Log(Rational value) => BigInteger.Log(value.Numerator) - BigInteger.Log(value.Denominator);

    static Rational? FromDouble(double value) => Rational.TryFromDouble(value, out var result) ? result : null;
}
