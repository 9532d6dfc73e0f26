using FhirHub.Fhir.Definitions;

namespace FhirHub.Fhir.FhirPath;

/// <summary>The operators of three-valued logic, the right side left alone where the left decides.</summary>
sealed class Logic(int offset, BinaryOperator op, Operation left, Operation right) : TruthOperation(offset)
{
    internal override bool? Test(Evaluation run)
    {
        var a = left.Test(run);
        switch (op)
        {
            case BinaryOperator.And:
                return a == false ? false : a & right.Test(run);
            case BinaryOperator.Or:
                return a == true ? true : a | right.Test(run);
            case BinaryOperator.Xor:
                return a ^ right.Test(run);
            default:
                return a == false ? true : !a | right.Test(run);
        }
    }
}

/// <summary>The operators that compare for order.</summary>
sealed class Comparison(int offset, BinaryOperator op, Operation left, Operation right) : TruthOperation(offset)
{
    internal override bool? Test(Evaluation run)
    {
        var hasLeft = left.TrySingle(run, out var a);
        var hasRight = right.TrySingle(run, out var b);
        if (!hasLeft || !hasRight || Ordering.Compare(run, Offset, a, b) is not { } order)
        {
            return null;
        }

        return op switch
        {
            BinaryOperator.Less => order < 0,
            BinaryOperator.LessOrEqual => order <= 0,
            BinaryOperator.Greater => order > 0,
            _ => order >= 0,
        };
    }
}

/// <summary>The operators for equality and equivalence, and their opposites.</summary>
sealed class Sameness(int offset, BinaryOperator op, Operation left, Operation right) : TruthOperation(offset)
{
    internal override bool? Test(Evaluation run)
    {
        var a = run.Rent();
        var b = run.Rent();
        left.Append(run, a);
        right.Append(run, b);
        var result = op switch
        {
            BinaryOperator.Equal => Equality.AreEqual(run, a, b),
            BinaryOperator.NotEqual => !Equality.AreEqual(run, a, b),
            BinaryOperator.Equivalent => Equality.AreEquivalent(run, a, b),
            _ => !Equality.AreEquivalent(run, a, b),
        };
        run.Return(b);
        run.Return(a);
        return result;
    }
}

/// <summary>Equality with a string literal, decided on the bytes of the document.</summary>
sealed class EqualsText(int offset, Operation left, byte[] utf8, FhirPathValue literal, bool isNegated)
    : TruthOperation(offset)
{
    internal override bool? Test(Evaluation run)
    {
        var values = run.Rent();
        left.Append(run, values);
        bool? result = values.Count switch
        {
            0 => null,
            1 => IsSame(run, values[0]) != isNegated,
            _ => isNegated,
        };
        run.Return(values);
        return result;
    }

    bool IsSame(Evaluation run, in FhirPathValue value)
    {
        if (!value.IsNode)
        {
            return Equality.AreEqual(run, value, literal) == true;
        }

        // Only text equals text: a date or a number with the same characters does not.
        var node = value.Node;
        return node.Type.Primitive is >= PrimitiveKind.String and <= PrimitiveKind.Base64Binary or PrimitiveKind.Xhtml
            && node.ValueEquals(utf8);
    }
}

/// <summary>Membership of one item in a collection: <c>in</c>, and <c>contains</c> with the sides swapped.</summary>
sealed class Membership(int offset, Operation item, Operation collection) : TruthOperation(offset)
{
    internal override bool? Test(Evaluation run)
    {
        var one = run.Rent();
        item.Append(run, one);
        if (one.Count > 1)
        {
            throw run.Error(Offset, $"Expected one item to look for, found {one.Count}");
        }

        bool? result = null;
        if (one.Count == 1)
        {
            var values = run.Rent();
            collection.Append(run, values);
            result = Equality.Contains(run, values, one[0]);
            run.Return(values);
        }

        run.Return(one);
        return result;
    }
}

/// <summary>The items of both sides, each value once.</summary>
sealed class Union(int offset, Operation left, Operation right) : Operation(offset)
{
    internal override void Append(Evaluation run, Values output)
    {
        var all = run.Rent();
        left.Append(run, all);
        right.Append(run, all);
        var distinct = run.Rent();
        Distinct.Add(run, all, distinct);
        output.AddRange(distinct);
        run.Return(distinct);
        run.Return(all);
    }

    internal override bool Any(Evaluation run) => left.Any(run) || right.Any(run);
}

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

/// <summary>The operators <c>is</c> and <c>as</c>.</summary>
sealed class TypeOperation(int offset, bool isAs, Operation source, TypeTest test) : Operation(offset)
{
    internal override void Append(Evaluation run, Values output)
    {
        var values = run.Rent();
        source.Append(run, values);
        if (values.Count > 1 && !(isAs && run.Environment.AsTakesMany))
        {
            throw run.Error(Offset, $"Expected one item to test the type of, found {values.Count}");
        }

        foreach (ref readonly var value in values.Span)
        {
            if (!isAs)
            {
                output.Add(FhirPathValue.Of(test.Is(value)));
            }
            else if (test.Selects(value))
            {
                output.Add(value);
            }
        }

        run.Return(values);
    }
}

/// <summary>The function <c>ofType()</c>.</summary>
sealed class TypeFilter(int offset, Operation source, TypeTest test) : Operation(offset)
{
    internal override void Append(Evaluation run, Values output)
    {
        var values = run.Rent();
        source.Append(run, values);
        foreach (ref readonly var value in values.Span)
        {
            if (test.Selects(value))
            {
                output.Add(value);
            }
        }

        run.Return(values);
    }
}
