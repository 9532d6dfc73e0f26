using System.Globalization;

namespace FhirHub.Conformance;

/// <summary>How many cases to run, from which seed, and for how long at most; or the one case to look at.</summary>
sealed record FuzzOptions(long Count = 1_000_000, int Seed = 1, long? Index = null, int SecondsMax = 600)
{
    internal TimeSpan TimeMax => TimeSpan.FromSeconds(SecondsMax);

    internal static bool TryRead(string[] arguments, out FuzzOptions options)
    {
        options = new FuzzOptions();
        for (var i = 0; i + 1 < arguments.Length; i += 2)
        {
            if (!long.TryParse(arguments[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            {
                return false;
            }

            switch (arguments[i])
            {
                case "--count":
                    options = options with { Count = value };
                    break;
                case "--seed":
                    options = options with { Seed = (int)value };
                    break;
                case "--index":
                    options = options with { Index = value };
                    break;
                case "--seconds":
                    options = options with { SecondsMax = (int)value };
                    break;
                default:
                    return false;
            }
        }

        return arguments.Length % 2 == 0;
    }
}
