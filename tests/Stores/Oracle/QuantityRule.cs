using System.Text.Json;
using FhirHub.Fhir.Ucum;

namespace FhirHub.Stores.Oracle;

/// <summary>Quantities: https://hl7.org/fhir/R4/search.html#quantity</summary>
static class QuantityRule
{
    const string Ucum = "http://unitsofmeasure.org";
    const string Currency = "urn:iso:std:iso:4217";

    static readonly string[] Simple = ["Quantity", "Age", "Duration", "Count", "Distance", "SimpleQuantity"];

    /// <summary>What a quantity says of its unit.</summary>
    readonly record struct Unit(string? System, string? Code, string? Name);

    internal static bool Fits(Element element) =>
        Simple.Contains(element.Type) || element.Type is "Money" or "Range";

    internal static bool Matches(Element element, string value)
    {
        var (prefix, rest) = Prefix.Take(value);
        return Read(element, rest) is var (search, target)
            && NumberRule.Compare(prefix, search.Value, search.Implied, target);
    }

    /// <summary>Whether the number asked for is one of those the quantity stands for.</summary>
    internal static bool Holds(Element element, string value) =>
        Read(element, value) is var (search, target) && target.Holds(search.Value);

    static (NumberRule.Searched Search, Interval Target)? Read(Element element, string value)
    {
        var parts = SearchText.Split(value, '|').ConvertAll(SearchText.Unescape);
        if (NumberRule.Read(parts[0]) is not { } search || Target(element) is not { } target)
        {
            return null;
        }

        var (system, code) = parts.Count == 3 ? (parts[1], parts[2]) : ("", "");
        return InUnit(target.Interval, target.Unit, system, code) is { } comparable ? (search, comparable) : null;
    }

    /// <summary>The quantity in the unit asked for; null when it is of another kind.</summary>
    static Interval? InUnit(Interval interval, Unit unit, string system, string code)
    {
        if (code.Length == 0)
        {
            return system.Length == 0 || unit.System == system ? interval : null;
        }

        if (system.Length == 0)
        {
            return unit.Code == code || unit.Name == code ? interval : null;
        }

        if (unit.System != system || unit.Code is null)
        {
            return null;
        }

        if (unit.Code == code)
        {
            return interval;
        }

        return system == Ucum && UcumUnit.TryParse(unit.Code, out var from, out _)
            && UcumUnit.TryParse(code, out var to, out _) && from.IsComparableTo(to)
            ? interval with { Low = Convert(interval.Low, from, to), High = Convert(interval.High, from, to) }
            : null;
    }

    static decimal? Convert(decimal? value, UcumUnit from, UcumUnit to) =>
        value is not { } number ? null
        : from.TryConvert(number, to, out var result) ? result
        : throw new InvalidOperationException($"{number} {from} is too large for a decimal in {to}.");

    static (Interval Interval, Unit Unit)? Target(Element element)
    {
        if (element.Type == "Range")
        {
            var (low, high) = (Element.Child(element.Json, "low"), Element.Child(element.Json, "high"));
            var end = low ?? high;
            return end is not { } known ? null : (new Interval(Value(low), true, Value(high), true), UnitOf(known));
        }

        if (!Fits(element) || element.Get("value") is not { } text)
        {
            return null;
        }

        var value = NumberRule.Parse(text);
        var interval = element.Get("comparator") switch
        {
            "<" => new Interval(null, true, value, false),
            "<=" => new Interval(null, true, value, true),
            ">" => new Interval(value, false, null, true),
            ">=" => new Interval(value, true, null, true),
            _ => Interval.Point(value),
        };
        return (interval, UnitOf(element.Json));
    }

    static decimal? Value(JsonElement? end) =>
        end is { } json && Element.Get(json, "value") is { } text ? NumberRule.Parse(text) : null;

    static Unit UnitOf(JsonElement json) => Element.Get(json, "currency") is { } currency
        ? new Unit(Currency, currency, null)
        : new Unit(Element.Get(json, "system"), Element.Get(json, "code"), Element.Get(json, "unit"));
}
