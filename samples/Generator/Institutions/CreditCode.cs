namespace FhirHub.Samples.Generator.Institutions;

/// <summary>
/// The unified social credit code of GB 32100-2015, with the organization code of GB 11714 and its own check inside.
/// </summary>
static class CreditCode
{
    const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    static readonly int[] OrganizationWeights = [3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>A code of a public institution (12) in a county, with an organization code nobody has.</summary>
    internal static string Make(string county, int serial)
    {
        var organization = $"YX{serial:000000}";
        var code = $"12{county}{organization}{OrganizationCheck(organization)}";
        return code + Check(code);
    }

    static char OrganizationCheck(string organization)
    {
        var sum = organization.Select((letter, i) => Value(letter) * OrganizationWeights[i]).Sum();
        return (11 - (sum % 11)) switch { 10 => 'X', 11 => '0', var digit => (char)('0' + digit) };
    }

    static char Check(string code)
    {
        var (sum, weight) = (0, 1);
        foreach (var letter in code)
        {
            sum += Alphabet.IndexOf(letter, StringComparison.Ordinal) * weight;
            weight = weight * 3 % 31;
        }

        return Alphabet[(31 - (sum % 31)) % 31];
    }

    // GB 11714 counts all letters, the ones GB 32100 leaves out among them.
    static int Value(char letter) => char.IsAsciiDigit(letter) ? letter - '0' : letter - 'A' + 10;
}
