using System.Globalization;

namespace FhirHub.Fhir.Ucum;

/// <summary>The exponents of the base units, and of the arbitrary units, which are bases of their own.</summary>
/// <remarks><see cref="Code"/> lists them in ordinal order, so equal dimensions have equal codes.</remarks>
sealed class UcumDimension
{
    readonly SortedDictionary<string, int> _exponents;

    UcumDimension(SortedDictionary<string, int> exponents)
    {
        _exponents = exponents;
        Code = exponents.Count == 0 ? "1" : string.Join('.', exponents.Select(Render));
    }

    internal static UcumDimension None { get; } = new(new(StringComparer.Ordinal));

    /// <summary>A UCUM expression such as <c>g.m-1.s-2</c>, or <c>1</c> for a plain number.</summary>
    internal string Code { get; }

    internal bool IsNone => _exponents.Count == 0;

    internal static UcumDimension Of(string unit) => new(new(StringComparer.Ordinal) { [unit] = 1 });

    internal UcumDimension Pow(int exponent)
    {
        if (exponent == 1 || IsNone)
            return this;
        return exponent == 0 ? None : None.Times(this, exponent);
    }

    internal UcumDimension Times(UcumDimension other, int exponent = 1)
    {
        if (other.IsNone)
            return this;
        var product = new SortedDictionary<string, int>(_exponents, StringComparer.Ordinal);
        foreach (var (unit, power) in other._exponents)
        {
            var sum = product.GetValueOrDefault(unit) + (power * exponent);
            if (sum == 0)
                product.Remove(unit);
            else
                product[unit] = sum;
        }
        return product.Count == 0 ? None : new(product);
    }

    static string Render(KeyValuePair<string, int> power) =>
        power.Value == 1 ? power.Key : power.Key + power.Value.ToString(CultureInfo.InvariantCulture);
}
