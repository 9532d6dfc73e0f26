using System.Globalization;
using System.Text.RegularExpressions;

namespace FhirHub.Stores.Oracle;

/// <summary>Numbers: https://hl7.org/fhir/R4/search.html#number</summary>
static partial class NumberRule
{
    /// <summary>A number of a search: its value, and what its digits leave open.</summary>
    internal readonly record struct Searched(decimal Value, Interval Implied, bool IsExponential);

    internal static bool Matches(Element element, string value)
    {
        var (prefix, text) = Prefix.Take(SearchText.Unescape(value));
        if (Read(text) is not { } search || Target(element) is not { } target)
        {
            return false;
        }

        // Whole numbers are compared exactly, unless the search is written with an exponent.
        var isWhole = element.Type is "integer" or "positiveInt" or "unsignedInt";
        var implied = isWhole && !search.IsExponential ? Interval.Point(search.Value) : search.Implied;
        return Compare(prefix, search.Value, implied, target);
    }

    internal static bool Compare(string prefix, decimal value, Interval implied, Interval target) => prefix switch
    {
        "eq" => implied.Contains(target),
        "ne" => !implied.Contains(target),
        "gt" => target.ReachesAbove(value, counts: false),
        "lt" => target.ReachesBelow(value, counts: false),
        "ge" => target.ReachesAbove(value, counts: true),
        "le" => target.ReachesBelow(value, counts: true),
        "sa" => target.LiesAbove(value, counts: false),
        "eb" => target.LiesBelow(value, counts: false),
        _ => Around(value).Overlaps(target),
    };

    internal static Interval? Target(Element element) => element.Type switch
    {
        "decimal" or "integer" or "positiveInt" or "unsignedInt" => Interval.Point(Parse(element.Text!)), // has a value
        _ => null, // a Range is searched as a quantity only, says the cross-map, although RiskAssessment has one
    };

    internal static Searched? Read(string text)
    {
        var match = Form().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var exponent = match.Groups["e"].Success
            ? int.Parse(match.Groups["e"].Value, CultureInfo.InvariantCulture)
            : 0;
        // By its one digit 1e2 would be 50 to 150; the specification's own example says 95 to 105.
        var place = exponent - match.Groups["f"].Length - (exponent > 0 && !match.Groups["f"].Success ? 1 : 0);
        var half = 0.5m * Ten(place);
        var value = Parse(text);
        return new Searched(value, Interval.UpTo(value - half, value + half), match.Groups["e"].Success);
    }

    internal static decimal Parse(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>Ten per cent of the value on both sides.</summary>
    static Interval Around(decimal value)
    {
        var gap = Math.Abs(value) / 10;
        return new Interval(value - gap, true, value + gap, true);
    }

    static decimal Ten(int exponent)
    {
        var power = 1m;
        for (var i = 0; i < Math.Abs(exponent); i++)
        {
            power = exponent > 0 ? power * 10 : power / 10;
        }

        return power;
    }

    [GeneratedRegex(@"^[+-]?\d+(?:\.(?<f>\d+))?(?:[eE](?<e>[+-]?\d+))?$")]
    private static partial Regex Form();
}
