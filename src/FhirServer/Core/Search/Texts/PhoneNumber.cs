using System.Globalization;
using System.Text;

namespace FhirHub.Core.Search;

/// <summary>
/// One writing for all that a phone number has: 138-1234-5678, +86 138 1234 5678 and 13812345678 are one number. R4
/// leaves to the server whether punctuation counts: https://hl7.org/fhir/R4/search.html#token
/// </summary>
static class PhoneNumber
{
    const int DigitsMin = 5;
    const int MobileLength = 11;
    const int ServiceLength = 10; // 400 and 800 numbers, which have no area code
    const int WithAreaMin = 10; // the digits of an area code without its 0 and of a number: 10 + 8, 471 + 7, 371 + 8

    const char Minus = '\u2212'; // by Unicode no dash, but written as one

    /// <summary>
    /// The number without separators and without China's country code, an area code with its 0. What is no phone
    /// number, such as anything with letters, is given back as it is.
    /// </summary>
    internal static string Normal(string value)
    {
        if (Digits(value) is not { } digits)
        {
            return value;
        }

        var (number, isOfChina) = WithoutCountry(digits);
        if (number[0] == '0' && IsMobile(number.AsSpan(1)))
        {
            number = number[1..]; // as mobile numbers elsewhere in the country were once dialled; no area is 013 to 019
        }
        else if (isOfChina && number[0] != '0' && HasArea(number))
        {
            number = $"0{number}";
        }

        return number == value ? value : number;
    }

    /// <summary>The digits alone, behind a plus if there is one; null for what is no number.</summary>
    static string? Digits(string value)
    {
        var digits = new StringBuilder();
        var hasPlus = false;
        foreach (var letter in value)
        {
            if (letter is >= '0' and <= '9' or >= '０' and <= '９')
            {
                digits.Append((char)('0' + (letter & 0xF))); // full width ends in the same four bits
            }
            else if (letter is '+' or '＋' && digits.Length == 0)
            {
                digits.Append('+');
                hasPlus = true;
            }
            else if (!IsSeparator(letter))
            {
                return null;
            }
        }

        return digits.Length - (hasPlus ? 1 : 0) >= DigitsMin ? digits.ToString() : null;
    }

    static bool IsSeparator(char letter) => letter is '(' or ')' or '（' or '）' or '.' or '．' or Minus
        || char.IsWhiteSpace(letter)
        // Dashes of every kind, and what is invisible, such as the direction marks of numbers copied from a phone.
        || char.GetUnicodeCategory(letter) is UnicodeCategory.DashPunctuation or UnicodeCategory.Format;

    /// <summary>
    /// A number of the country that begins with 86 has eight digits at most, and Russia's that begin with it have 11:
    /// of more, 86 is China also without a plus, which a query loses when its client does not escape it.
    /// </summary>
    static (string Number, bool IsOfChina) WithoutCountry(string digits) =>
        digits.StartsWith("+86", StringComparison.Ordinal) ? (digits[3..], true)
        : digits.StartsWith("0086", StringComparison.Ordinal) ? (digits[4..], true)
        : digits.StartsWith("86", StringComparison.Ordinal) && digits.Length >= 2 + WithAreaMin ? (digits[2..], true)
        : (digits, false);

    static bool IsMobile(ReadOnlySpan<char> digits) =>
        digits.Length == MobileLength && digits is ['1', >= '3' and <= '9', ..];

    /// <summary>Whether what has no leading 0 has an area code; mobile, service and short numbers have none.</summary>
    static bool HasArea(string digits) => digits.Length >= WithAreaMin && !IsMobile(digits)
        && !(digits.Length == ServiceLength && digits is ['4' or '8', '0', '0', ..]);
}
