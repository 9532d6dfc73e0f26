namespace FhirHub.Fhir.FhirPath;

/// <summary>The sign before a number or quantity.</summary>
sealed class Negation(int offset, bool isMinus, Operation operand) : ScalarOperation(offset)
{
    internal override bool TrySingle(Evaluation run, out FhirPathValue value)
    {
        if (!operand.TrySingle(run, out value))
        {
            return false;
        }

        if (!value.IsNumber && value.Kind != FhirPathKind.Quantity)
        {
            throw run.Error(Offset, $"A sign does not apply to {value.Type}");
        }

        if (isMinus)
        {
            value = Negate(value);
        }

        return true;
    }

    static FhirPathValue Negate(in FhirPathValue value) => value.Kind switch
    {
        FhirPathKind.Integer => FhirPathValue.Of(-value.Integer),
        FhirPathKind.Quantity =>
            FhirPathValue.Of(new Quantity(-value.Quantity.Value, value.Quantity.Unit, value.Quantity.IsCalendar)),

        // 2147483648 is only an integer once it is negative.
        _ when value.Decimal == 2147483648m && value.Decimal.Scale == 0 => FhirPathValue.Of(int.MinValue),
        _ => FhirPathValue.Of(-value.Decimal),
    };
}
