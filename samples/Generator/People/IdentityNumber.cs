namespace FhirHub.Samples.Generator.People;

/// <summary>The citizen identity number of GB 11643-1999.</summary>
static class IdentityNumber
{
    static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>The order number is odd for men and even for women.</summary>
    internal static string Make(string county, DateOnly birthDate, int order)
    {
        var digits = $"{county}{birthDate:yyyyMMdd}{order:000}";
        var sum = digits.Select((digit, i) => (digit - '0') * Weights[i]).Sum();
        return digits + "10X98765432"[sum % 11];
    }
}
