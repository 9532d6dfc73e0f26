namespace FhirHub.Fhir.FhirPath;

/// <summary>Functions on numbers: https://hl7.org/fhirpath/N1/#math-1</summary>
static class MathFunctions
{
    internal static readonly Function[] Table =
    [
        new("abs", 0, 0, Abs),
        new("ceiling", 0, 0, (in Invocation call) => Whole(call, decimal.Ceiling)),
        new("floor", 0, 0, (in Invocation call) => Whole(call, decimal.Floor)),
        new("truncate", 0, 0, (in Invocation call) => Whole(call, decimal.Truncate)),
        new("round", 0, 1, Round),
        new("exp", 0, 0, (in Invocation call) => Real(call, Math.Exp)),
        new("ln", 0, 0, (in Invocation call) => Real(call, Math.Log)),
        new("sqrt", 0, 0, (in Invocation call) => Real(call, Math.Sqrt)),
        new("log", 1, 1, Log),
        new("power", 1, 1, Power),
    ];

    static void Abs(in Invocation call)
    {
        if (!call.TryInput(out var value))
        {
            return;
        }

        call.Add(value.Kind switch
        {
            FhirPathKind.Integer when value.Integer == int.MinValue => null,
            FhirPathKind.Integer => FhirPathValue.Of(Math.Abs(value.Integer)),
            FhirPathKind.Decimal => FhirPathValue.Of(Math.Abs(value.Decimal)),
            FhirPathKind.Quantity => FhirPathValue.Of(
                new Quantity(Math.Abs(value.Quantity.Value), value.Quantity.Unit, value.Quantity.IsCalendar)),
            _ => throw call.Error($"works on a number or quantity, found {value.Type}"),
        });
    }

    static void Whole(in Invocation call, Func<decimal, decimal> rounding)
    {
        if (call.TryInputNumber(out var number)
            && rounding(number.Decimal) is >= int.MinValue and <= int.MaxValue and var whole)
        {
            call.Add((int)whole);
        }
    }

    static void Round(in Invocation call)
    {
        var places = 0;
        if (!call.TryInputNumber(out var number) || (call.ArgumentCount > 0 && !call.TryInteger(0, out places)))
        {
            return;
        }

        if (places < 0)
        {
            throw call.Error("takes a precision of zero or more");
        }

        var rounded = decimal.Round(number.Decimal, Math.Min(places, Numbers.PlacesMax), MidpointRounding.AwayFromZero);
        call.Add(FhirPathValue.Of(rounded));
    }

    static void Real(in Invocation call, Func<double, double> function)
    {
        if (call.TryInputNumber(out var number))
        {
            Add(call, function((double)number.Decimal));
        }
    }

    static void Log(in Invocation call)
    {
        if (call.TryInputNumber(out var number) && call.TryArgument(0, out var radix))
        {
            Add(call, Math.Log((double)number.Decimal) / Math.Log((double)Number(call, radix)));
        }
    }

    static void Power(in Invocation call)
    {
        if (!call.TryInputNumber(out var number) || !call.TryArgument(0, out var exponent))
        {
            return;
        }

        var power = Math.Pow((double)number.Decimal, (double)Number(call, exponent));
        var isWhole = number.Kind == FhirPathKind.Integer && exponent.Kind == FhirPathKind.Integer;
        if (isWhole && power == Math.Truncate(power))
        {
            // An integer that is too large is empty, like any other result that cannot be held.
            call.Add(power is >= int.MinValue and <= int.MaxValue ? FhirPathValue.Of((int)power) : null);
            return;
        }

        Add(call, power);
    }

    static decimal Number(in Invocation call, in FhirPathValue value) =>
        value.IsNumber ? value.Decimal : throw call.Error($"takes a number, found {value.Type}");

    static void Add(in Invocation call, double value) =>
        call.Add(Numbers.FromDouble(value) is { } number ? FhirPathValue.Of(number) : null);
}
