using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace FhirHub.Fhir.Ucum;

public sealed partial class UcumUnit
{
    /// <summary>The unit of a product of values: cm by m is cm.m, so 2 cm by 2 m is 4 cm.m, that is 0.04 m2.</summary>
    /// <remarks>False for special units, which have no products but with numbers, and for overlong results.</remarks>
    public bool TryMultiply(UcumUnit other, [NotNullWhen(true)] out UcumUnit? product)
    {
        ArgumentNullException.ThrowIfNull(other);
        return TryCombine(other, 1, out product);
    }

    /// <summary>The unit of a quotient of values: g by m is g/m, and a unit by itself is 1.</summary>
    /// <remarks>False for special units, which have no quotients but by numbers, and for overlong results.</remarks>
    public bool TryDivide(UcumUnit other, [NotNullWhen(true)] out UcumUnit? quotient)
    {
        ArgumentNullException.ThrowIfNull(other);
        quotient = null;
        return !other.IsSpecial && TryCombine(other, -1, out quotient);
    }

    bool TryCombine(UcumUnit other, int sign, out UcumUnit? combined)
    {
        combined = null;
        // Parsing the result refuses specials in company, but two of them could cancel first: Cel/Cel is not 1.
        if (IsSpecial && other.IsSpecial)
            return false;
        var number = Rational.One;
        var powers = new OrderedDictionary<string, int>(StringComparer.Ordinal);
        Collect(_terms, 1, powers, ref number);
        Collect(other._terms, sign, powers, ref number);
        return TryParse(Render(powers, number), out combined, out _);
    }

    static void Collect(
        IReadOnlyList<UcumTerm> terms, int sign, OrderedDictionary<string, int> powers, ref Rational number)
    {
        foreach (var term in terms)
        {
            if (term.IsNumber)
            {
                number *= term.Measure.Factor.Pow(term.Exponent * sign);
                continue;
            }
            // The two spellings of the power of ten cancel each other.
            var symbol = term.Symbol == "10^" ? "10*" : term.Symbol;
            powers[symbol] = powers.GetValueOrDefault(symbol) + (term.Exponent * sign);
        }
    }

    static string Render(OrderedDictionary<string, int> powers, Rational number)
    {
        var above = powers.Where(power => power.Value > 0).Select(power => UcumTerm.Render(power.Key, power.Value));
        var below = powers.Where(power => power.Value < 0)
            .Select(power => "/" + UcumTerm.Render(power.Key, -power.Value));
        var code = string.Join('.', [.. Digits(number.Numerator), .. above])
            + string.Concat([.. below, .. Digits(number.Denominator).Select(digits => "/" + digits)]);
        return code.Length == 0 ? "1" : code;
    }

    static IEnumerable<string> Digits(BigInteger number) =>
        number.IsOne ? [] : [number.ToString(CultureInfo.InvariantCulture)];
}
