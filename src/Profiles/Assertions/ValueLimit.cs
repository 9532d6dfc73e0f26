using FhirHub.Fhir.Documents;
using FhirHub.Fhir.FhirPath;
using FhirHub.Profiles.Compilation;
using FhirHub.Profiles.Messages;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Assertions;

/// <summary>
/// minValue[x] and maxValue[x], both inclusive. A quantity of time as the limit of a date counts from now:
/// https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.minValue_x_
/// </summary>
sealed class ValueLimit(string label, FhirNode limit, bool isMinimum) : Assertion
{
    readonly FhirPathValue _limit = FhirPathValue.Of(limit).System;
    readonly string _text = FhirPathValue.Of(limit).System.ToString();

    internal static Assertion? BuildMinimum(ElementFacts facts) =>
        facts.MinValue.Exists ? new ValueLimit(facts.Label, facts.MinValue, isMinimum: true) : null;

    internal static Assertion? BuildMaximum(ElementFacts facts) =>
        facts.MaxValue.Exists ? new ValueLimit(facts.Label, facts.MaxValue, isMinimum: false) : null;

    internal override void Check(ValidationRun run, FhirNode node)
    {
        var value = FhirPathValue.Of(node).System;
        if (value.IsNode)
        {
            return; // only an id or extensions, or a quantity without a number
        }

        if (Compare(run, value) is not { } order)
        {
            run.Warning(RuleMessages.LimitIncomparable, node, label, _text);
        }
        else if (isMinimum ? order < 0 : order > 0)
        {
            run.Error(isMinimum ? RuleMessages.BelowMin : RuleMessages.AboveMax, node, label, _text);
        }
    }

    int? Compare(ValidationRun run, FhirPathValue value)
    {
        if (value.IsNumber && _limit.IsNumber)
        {
            return value.Decimal.CompareTo(_limit.Decimal);
        }

        if (value.IsTemporal && _limit.Kind == FhirPathKind.Quantity)
        {
            return FromNow(run, value);
        }

        if (value.IsTemporal && _limit.IsTemporal)
        {
            return Temporal.Compare(value.Temporal, _limit.Temporal);
        }

        return value.Kind == FhirPathKind.Quantity && _limit.Kind == FhirPathKind.Quantity
            ? Units.Compare(value.Quantity, _limit.Quantity)
            : null;
    }

    int? FromNow(ValidationRun run, FhirPathValue value)
    {
        var now = run.Environment.TimeProvider.GetLocalNow();
        var quantity = _limit.Quantity;
        var count = (int)Math.Clamp(quantity.Value, -100_000, 100_000);
        DateTimeOffset? moment = quantity.Unit switch
        {
            "year" or "years" or "a" => now.AddYears(Math.Clamp(count, -1_000, 1_000)),
            "month" or "months" or "mo" => now.AddMonths(Math.Clamp(count, -12_000, 12_000)),
            "week" or "weeks" or "wk" => now.AddDays(7.0 * count),
            "day" or "days" or "d" => now.AddDays(count),
            "hour" or "hours" or "h" => now.AddHours(count),
            "minute" or "minutes" or "min" => now.AddMinutes(count),
            "second" or "seconds" or "s" => now.AddSeconds(count),
            _ => null,
        };
        return moment is { } at
            && Temporal.TryParseDateTime(
                at.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", System.Globalization.CultureInfo.InvariantCulture),
                out var limitThen)
            ? Temporal.Compare(value.Temporal, limitThen)
            : null;
    }
}
