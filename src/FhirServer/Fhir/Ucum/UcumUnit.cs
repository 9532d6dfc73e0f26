using System.Diagnostics.CodeAnalysis;

namespace FhirHub.Fhir.Ucum;

/// <summary>A unit of the Unified Code for Units of Measure, parsed from its case-sensitive code.</summary>
/// <remarks>
/// https://ucum.org/ucum, edition 2.2. Factors are exact fractions, so a conversion is exact or rounded once, at the
/// 28th digit; only logarithms and slopes go through floating point (15 digits). Nothing here throws for odd input:
/// what is not a unit is refused with a reason, and what a decimal cannot hold is false.
/// </remarks>
public sealed partial class UcumUnit : IEquatable<UcumUnit>
{
    static readonly UcumCache Cache = new();

    readonly IReadOnlyList<UcumTerm> _terms;
    readonly UcumMeasure _measure;

    UcumUnit(string code, IReadOnlyList<UcumTerm> terms, UcumMeasure measure) =>
        (Code, _terms, _measure) = (code, terms, measure);

    /// <summary>The code as it was written.</summary>
    public string Code { get; }

    /// <summary>Whether values lie on a scale of its own (Cel, pH, dB) instead of counting the unit.</summary>
    public bool IsSpecial => _measure.Scale is not null;

    /// <summary>What canonical values count: base units such as <c>g.m-1.s-2</c>, or <c>1</c> for numbers.</summary>
    /// <remarks>Units of equal canonical code are comparable. Arbitrary units (<c>[iU]</c>) are bases too.</remarks>
    public string CanonicalCode => _measure.Dimension.Code;

    /// <summary>Parses a code; the error says at which position, counted from one, what was wrong.</summary>
    public static bool TryParse(
        string code, [NotNullWhen(true)] out UcumUnit? unit, [NotNullWhen(false)] out string? error)
    {
        ArgumentNullException.ThrowIfNull(code);
        error = null;
        unit = Cache.Find(code);
        if (unit is not null)
            return true;
        if (!UcumParser.TryParse(code, UcumTable.Shared, out var terms, out var reason)
            || !UcumMeasure.TryMultiply(terms, out var measure, out reason))
        {
            error = $"{reason}";
            return false;
        }
        unit = new(code, terms, measure);
        Cache.Add(unit);
        return true;
    }

    /// <summary>Whether values in both units measure the same kind of thing.</summary>
    public bool IsComparableTo(UcumUnit other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return CanonicalCode == other.CanonicalCode;
    }

    /// <summary>Converts a value in this unit to the target unit; false if not comparable or not a decimal.</summary>
    public bool TryConvert(decimal value, UcumUnit target, out decimal result)
    {
        result = 0;
        if (!IsComparableTo(target))
            return false;
        if (Code == target.Code)
        {
            result = value;
            return true;
        }
        return Canonical(value) is { } canonical
            && target._measure.FromCanonical(canonical) is { } converted
            && converted.TryToDecimal(out result);
    }

    /// <summary>Converts a value to <see cref="CanonicalCode"/>; false if a decimal cannot hold the result.</summary>
    public bool TryCanonicalize(decimal value, out decimal canonicalValue)
    {
        canonicalValue = 0;
        return Canonical(value) is { } canonical && canonical.TryToDecimal(out canonicalValue);
    }

    /// <summary>As <see cref="TryCanonicalize"/>, also for values beyond decimals (mg/mmol, mol/mL).</summary>
    /// <remarks>A mole is a number in UCUM, 6.02214076E23, which makes canonical values large or small.</remarks>
    public bool TryCanonicalizeToDouble(decimal value, out double canonicalValue)
    {
        canonicalValue = 0;
        if (Canonical(value) is not { } canonical)
            return false;
        canonicalValue = canonical.ToDouble();
        return double.IsFinite(canonicalValue) && (canonicalValue != 0 || canonical.Sign == 0);
    }

    /// <summary>Orders two values without rounding either; false if they are not comparable.</summary>
    public bool TryCompare(decimal value, UcumUnit otherUnit, decimal otherValue, out int order)
    {
        order = 0;
        if (!IsComparableTo(otherUnit) || Canonical(value) is not { } left
            || otherUnit.Canonical(otherValue) is not { } right)
            return false;
        order = left.CompareTo(right);
        return true;
    }

    /// <inheritdoc />
    public bool Equals(UcumUnit? other) => other is not null && other.Code == Code;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as UcumUnit);

    /// <inheritdoc />
    public override int GetHashCode() => Code.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc />
    public override string ToString() => Code;

    Rational? Canonical(decimal value) => _measure.ToCanonical(Rational.FromDecimal(value));
}
