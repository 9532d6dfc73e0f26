namespace FhirHub.Fhir.FhirPath;

/// <summary>Functions that convert one value, or tell of it what it is and how precisely it is known.</summary>
static class ValueFunctions
{
    static readonly FhirPathKind[] Targets =
    [
        FhirPathKind.Boolean, FhirPathKind.Integer, FhirPathKind.Decimal, FhirPathKind.String,
        FhirPathKind.Date, FhirPathKind.DateTime, FhirPathKind.Time, FhirPathKind.Quantity,
    ];

    internal static readonly Function[] Table =
    [
        .. Targets.Select(kind => new Function(
            $"to{kind}", 0, UnitArguments(kind), (in Invocation call) => Convert(call, kind))),
        .. Targets.Select(kind => new Function(
            $"convertsTo{kind}", 0, UnitArguments(kind), (in Invocation call) => Converts(call, kind))),
        new("now", 0, 0, (in Invocation call) => call.Add(FhirPathValue.Of(Temporal.Now(call.Run.Now)))),
        new("today", 0, 0, (in Invocation call) => call.Add(FhirPathValue.Of(Temporal.Today(call.Run.Now)))),
        new("timeOfDay", 0, 0, (in Invocation call) => call.Add(FhirPathValue.Of(Temporal.TimeOfDay(call.Run.Now)))),
        new("lowBoundary", 0, 1, (in Invocation call) => Boundary(call, isHigh: false)),
        new("highBoundary", 0, 1, (in Invocation call) => Boundary(call, isHigh: true)),
        new("precision", 0, 0, Precision),
        new("comparable", 1, 1, Comparable),
        new("type", 0, 0, Type),
    ];

    static int UnitArguments(FhirPathKind kind) => kind == FhirPathKind.Quantity ? 1 : 0;

    static void Convert(in Invocation call, FhirPathKind kind)
    {
        if (call.TryInput(out var value) && Conversion.To(kind, value) is { } converted)
        {
            call.Add(InUnit(call, converted));
        }
    }

    static void Converts(in Invocation call, FhirPathKind kind)
    {
        if (call.TryInput(out var value))
        {
            call.Add(Conversion.To(kind, value) is { } converted && InUnit(call, converted) is not null);
        }
    }

    /// <summary>The value in the unit that is asked for by an argument, if any.</summary>
    static FhirPathValue? InUnit(in Invocation call, FhirPathValue value)
    {
        if (call.ArgumentCount == 0)
        {
            return value;
        }

        return call.TryText(0, out var unit) && Units.Convert(value.Quantity, unit) is { } converted
            ? FhirPathValue.Of(converted)
            : null;
    }

    static void Boundary(in Invocation call, bool isHigh)
    {
        if (!call.TryInput(out var value))
        {
            return;
        }

        int? places = null;
        if (call.ArgumentCount > 0)
        {
            if (!call.TryInteger(0, out var asked))
            {
                return;
            }

            places = asked;
        }

        call.Add(value.Kind switch
        {
            FhirPathKind.Integer or FhirPathKind.Decimal => OfNumber(value.Decimal, isHigh, places),
            FhirPathKind.Quantity => OfQuantity(value.Quantity, isHigh, places),
            _ when value.IsTemporal =>
                value.Temporal.Boundary(isHigh, places ?? Temporal.DigitsMax(value.Temporal.Kind)) is { } boundary
                    ? FhirPathValue.Of(boundary)
                    : null,
            _ => throw call.Error($"works on numbers, quantities, dates and times, found {value.Type}"),
        });
    }

    static FhirPathValue? OfNumber(decimal value, bool isHigh, int? places) =>
        Numbers.Boundary(value, isHigh, places ?? Numbers.PlacesDefault) is { } number
            ? FhirPathValue.Of(number)
            : null;

    static FhirPathValue? OfQuantity(Quantity value, bool isHigh, int? places) =>
        Numbers.Boundary(value.Value, isHigh, places ?? Numbers.PlacesDefault) is { } number
            ? FhirPathValue.Of(new Quantity(number, value.Unit, value.IsCalendar))
            : null;

    static void Precision(in Invocation call)
    {
        if (!call.TryInput(out var value))
        {
            return;
        }

        if (value.IsTemporal)
        {
            call.Add(value.Temporal.Digits);
        }
        else if (value.IsNumber)
        {
            call.Add(value.Decimal.Scale);
        }
        else if (!value.IsNode)
        {
            throw call.Error($"works on numbers, dates and times, found {value.Type}");
        }
    }

    static void Comparable(in Invocation call)
    {
        if (call.TryInput(out var left) && call.TryArgument(0, out var right))
        {
            call.Add(Conversion.TryQuantities(left, right, out var a, out var b) && Units.AreComparable(a, b));
        }
    }

    static void Type(in Invocation call)
    {
        foreach (ref readonly var item in call.Input.Span)
        {
            call.Add(FhirPathValue.Of(item.Type));
        }
    }
}
