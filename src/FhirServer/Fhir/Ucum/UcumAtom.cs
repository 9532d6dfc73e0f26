using System.Diagnostics;

namespace FhirHub.Fhir.Ucum;

/// <summary>A row of the unit table: a symbol that is not split further.</summary>
/// <remarks>Cells: code, kind, takes prefixes, defining value, defining unit, function, property.</remarks>
sealed class UcumAtom(UcumTable table, string[] row)
{
    UcumMeasure? _measure;

    internal string Code => row[0];

    internal string Kind => row[1];

    /// <summary>Whether the atom takes prefixes.</summary>
    internal bool IsMetric => row[2] == "yes";

    // Definitions refer to rows further down, so they are read on first use; two threads read the same thing.
    internal UcumMeasure Measure => _measure ??= Define();

    UcumMeasure Define()
    {
        var (value, unit, function) = (row[3], row[4], row[5]);
        // An arbitrary unit is commensurable with nothing but itself, hence a dimension of its own.
        // https://ucum.org/ucum#section-Arbitrary-Units
        if (Kind == "base" || (Kind == "arbitrary" && unit == "1"))
            return new(Rational.One, UcumDimension.Of(Code), null, Rational.One);
        if (!UcumParser.TryParse(unit, table, out var terms, out var error)
            || !UcumMeasure.TryMultiply(terms, out var measure, out error))
            throw new UnreachableException($"The unit table defines '{Code}' wrongly: {error}");
        var scale = Kind == "special" ? SpecialScale.Named(function) : null;
        return measure.Prefixed(Rational.Parse(value)) with { Scale = scale };
    }
}
