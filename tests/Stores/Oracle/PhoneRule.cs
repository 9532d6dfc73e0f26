using System.Text.RegularExpressions;

namespace FhirHub.Stores.Oracle;

/// <summary>
/// What docs/search.md says of phone numbers, which R4 leaves to the server: all writings of one are the same.
/// </summary>
static partial class PhoneRule
{
    internal static string Same(string value)
    {
        var digits = Separators().Replace(value, "").Replace('＋', '+');
        digits = FullWidth().Replace(digits, digit => ((int)digit.Value[0] - '０').ToString("D1", null));
        if (!Number().IsMatch(digits))
        {
            return value;
        }

        var national = Country().Replace(digits, "");
        return Mobile().Match(national) is { Success: true } mobile ? mobile.Groups[1].Value
            : national != digits && !WithoutArea().IsMatch(national) ? "0" + national
            : national;
    }

    /// <summary>Another writing of it.</summary>
    internal static string Rewritten(string value, Random random)
    {
        var plain = Same(value);
        return !Number().IsMatch(plain) || plain.StartsWith('+') ? value : random.Next(6) switch
        {
            0 => $"{plain[..4]}-{plain[4..]}",
            1 => $"（{plain[..4]}）{plain[4..]}",
            2 => $"+86 {plain.TrimStart('0')}",
            3 => $"0086-{plain}",
            4 => $"86 {plain}",
            _ => string.Concat(plain.Select(digit => (char)(digit - '0' + '０'))),
        };
    }

    [GeneratedRegex(@"[\s\p{Pd}\p{Cf}().（）．\u2212]")]
    private static partial Regex Separators();

    [GeneratedRegex("[０-９]")]
    private static partial Regex FullWidth();

    [GeneratedRegex(@"^\+?[0-9]{5,}\z")]
    private static partial Regex Number();

    [GeneratedRegex(@"^(\+86|0086|86(?=[0-9]{10}))")]
    private static partial Regex Country();

    [GeneratedRegex(@"^0?(1[3-9][0-9]{9})\z")]
    private static partial Regex Mobile();

    [GeneratedRegex(@"^(0|[48]00[0-9]{7}\z|[0-9]{1,9}\z)")]
    private static partial Regex WithoutArea();
}
