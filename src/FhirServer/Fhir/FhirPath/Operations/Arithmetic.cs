namespace FhirHub.Fhir.FhirPath;

/// <summary>The operators that compute: https://hl7.org/fhirpath/N1/#math</summary>
sealed class Arithmetic(int offset, BinaryOperator op, Operation left, Operation right) : ScalarOperation(offset)
{
    internal override bool TrySingle(Evaluation run, out FhirPathValue value)
    {
        var hasLeft = left.TrySingle(run, out var a);
        var hasRight = right.TrySingle(run, out var b);
        if (op == BinaryOperator.Concatenate)
        {
            value = FhirPathValue.Of(run.Checked(Text(run, hasLeft, a) + Text(run, hasRight, b), Offset));
            return true;
        }

        FhirPathValue? result = null;
        if (hasLeft && hasRight)
        {
            try
            {
                result = Compute(run, a, b);
            }
            catch (OverflowException)
            {
                // https://hl7.org/fhirpath/N1/#math: what cannot be represented is empty.
            }
        }

        value = result.GetValueOrDefault();
        return result is not null;
    }

    string Text(Evaluation run, bool exists, in FhirPathValue value)
    {
        if (!exists)
        {
            return "";
        }

        return value.Kind == FhirPathKind.String ? value.String : throw run.Error(Offset, "& joins strings only");
    }

    FhirPathValue? Compute(Evaluation run, in FhirPathValue a, in FhirPathValue b)
    {
        if (a.Kind == FhirPathKind.Integer && b.Kind == FhirPathKind.Integer)
        {
            return OfIntegers(a.Integer, b.Integer);
        }

        if (a.IsNumber && b.IsNumber)
        {
            return OfDecimals(a.Decimal, b.Decimal);
        }

        if (a.IsTemporal && b.Kind == FhirPathKind.Quantity && op is BinaryOperator.Add or BinaryOperator.Subtract)
        {
            return OfMoment(run, a.Temporal, b.Quantity);
        }

        if (op is not (BinaryOperator.Div or BinaryOperator.Mod)
            && Conversion.TryQuantities(a, b, out var x, out var y))
        {
            return OfQuantities(x, y);
        }

        if (op == BinaryOperator.Add && a.Kind == FhirPathKind.String && b.Kind == FhirPathKind.String)
        {
            return FhirPathValue.Of(run.Checked(a.String + b.String, Offset));
        }

        throw run.Error(Offset, $"The operator does not apply to {a.Type} and {b.Type}");
    }

    FhirPathValue? OfIntegers(int a, int b)
    {
        switch (op)
        {
            case BinaryOperator.Add: return FhirPathValue.Of(checked(a + b));
            case BinaryOperator.Subtract: return FhirPathValue.Of(checked(a - b));
            case BinaryOperator.Multiply: return FhirPathValue.Of(checked(a * b));
            case BinaryOperator.Divide: return b == 0 ? null : FhirPathValue.Of((decimal)a / b);
            case BinaryOperator.Div: return b == 0 ? null : FhirPathValue.Of(checked(a / b));
            default: return b == 0 ? null : FhirPathValue.Of(b == -1 ? 0 : a % b);
        }
    }

    FhirPathValue? OfDecimals(decimal a, decimal b)
    {
        switch (op)
        {
            case BinaryOperator.Add: return FhirPathValue.Of(a + b);
            case BinaryOperator.Subtract: return FhirPathValue.Of(a - b);
            case BinaryOperator.Multiply: return FhirPathValue.Of(a * b);
            case BinaryOperator.Divide: return b == 0 ? null : FhirPathValue.Of(a / b);
            case BinaryOperator.Div: return b == 0 ? null : FhirPathValue.Of(decimal.ToInt32(decimal.Truncate(a / b)));
            default: return b == 0 ? null : FhirPathValue.Of(a % b);
        }
    }

    FhirPathValue? OfMoment(Evaluation run, Temporal moment, Quantity amount)
    {
        if (!Units.TryGetCalendarUnit(amount, out var unit))
        {
            throw run.Error(Offset, $"'{amount.Unit}' does not move a date or time; years to milliseconds do");
        }

        if (moment.Kind == TemporalKind.Time && unit < CalendarUnit.Hour)
        {
            throw run.Error(Offset, $"'{amount.Unit}' does not move a time; hours to milliseconds do");
        }

        return moment.Add(op == BinaryOperator.Add ? amount.Value : -amount.Value, unit) is { } moved
            ? FhirPathValue.Of(moved)
            : null;
    }

    FhirPathValue? OfQuantities(Quantity a, Quantity b)
    {
        if (op is BinaryOperator.Multiply or BinaryOperator.Divide)
        {
            return Units.Combine(a, b, isDivision: op == BinaryOperator.Divide) is { } result
                ? FhirPathValue.Of(result)
                : null;
        }

        return Units.Add(a, b, op == BinaryOperator.Subtract) is { } sum ? FhirPathValue.Of(sum) : null;
    }
}
