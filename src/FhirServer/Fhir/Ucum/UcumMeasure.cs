namespace FhirHub.Fhir.Ucum;

/// <summary>What a unit means: a multiple of base units, or a special scale laid over such a multiple.</summary>
/// <param name="Factor">How many canonical units one (proper) unit is.</param>
/// <param name="Dimension">The canonical unit.</param>
/// <param name="Scale">The functions of a special unit, otherwise null.</param>
/// <param name="ScaleFactor">The prefix or number a special unit was multiplied by, otherwise 1.</param>
sealed record UcumMeasure(Rational Factor, UcumDimension Dimension, SpecialScale? Scale, Rational ScaleFactor)
{
    // About 10*1200: far beyond any unit in use, and cheap enough to compute with.
    const long BitsMax = 4096;

    internal static UcumMeasure Number(Rational value) => new(value, UcumDimension.None, null, Rational.One);

    internal UcumMeasure Prefixed(Rational prefix) =>
        Scale is null ? this with { Factor = Factor * prefix } : this with { ScaleFactor = ScaleFactor * prefix };

    internal Rational? ToCanonical(Rational value) =>
        Scale is null ? value * Factor : Scale.ToProper(value * ScaleFactor) * Factor;

    internal Rational? FromCanonical(Rational value) =>
        Scale is null ? value / Factor : Scale.FromProper(value / Factor) / ScaleFactor;

    /// <summary>Multiplies the terms; special units take numbers as their company and nothing else.</summary>
    /// <remarks>https://ucum.org/ucum#section-Special-Units-on-non-ratio-Scales, operations on special units</remarks>
    internal static bool TryMultiply(IReadOnlyList<UcumTerm> terms, out UcumMeasure product, out UcumError? error)
    {
        product = Number(Rational.One);
        error = null;
        UcumTerm? special = null;
        foreach (var term in terms)
        {
            if (term.Measure.Scale is not null)
            {
                if (term.Exponent != 1 || special is not null)
                {
                    error = new(term.Position, $"the special unit '{term.Symbol}' takes no power and no second one");
                    return false;
                }
                special = term;
            }
            else if (!product.TryTimes(term, out product))
            {
                error = new(term.Position, $"'{term.Symbol}' takes the magnitude of the unit out of range");
                return false;
            }
        }
        if (special is null)
            return true;
        if (!product.Dimension.IsNone)
        {
            error = new(special.Position, $"the special unit '{special.Symbol}' combines with numbers only");
            return false;
        }
        product = special.Measure.Prefixed(product.Factor);
        return true;
    }

    bool TryTimes(UcumTerm term, out UcumMeasure product)
    {
        product = this;
        if (term.Measure.Factor.Bits * Math.Abs(term.Exponent) > BitsMax)
            return false;
        var factor = Factor * term.Measure.Factor.Pow(term.Exponent);
        product = Number(factor) with { Dimension = Dimension.Times(term.Measure.Dimension, term.Exponent) };
        return factor.Bits <= BitsMax;
    }
}
