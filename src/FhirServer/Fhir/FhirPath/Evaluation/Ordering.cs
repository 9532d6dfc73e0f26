namespace FhirHub.Fhir.FhirPath;

/// <summary>What comes before what: https://hl7.org/fhirpath/N1/#comparison</summary>
static class Ordering
{
    /// <summary>Below, at or above zero; null when unknown; an error when the types have no common order.</summary>
    internal static int? Compare(Evaluation run, int offset, in FhirPathValue left, in FhirPathValue right)
    {
        var a = left.System;
        var b = right.System;
        if (a.IsNumber && b.IsNumber)
        {
            return a.Decimal.CompareTo(b.Decimal);
        }

        if (a.Kind == FhirPathKind.String && b.Kind == FhirPathKind.String)
        {
            return string.CompareOrdinal(a.String, b.String);
        }

        if (a.IsTemporal && b.IsTemporal && a.Kind == FhirPathKind.Time == (b.Kind == FhirPathKind.Time))
        {
            return Temporal.Compare(a.Temporal, b.Temporal);
        }

        if (Conversion.TryQuantities(a, b, out var x, out var y))
        {
            return Units.Compare(x, y);
        }

        throw run.Error(offset, $"{left.Type} and {right.Type} have no common order");
    }
}
