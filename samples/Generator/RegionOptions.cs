using System.Globalization;

namespace FhirHub.Samples.Generator;

/// <summary>What the command line asks for; what it leaves out is as it was for the committed region.</summary>
sealed record RegionOptions(int Seed, int Patients, string Output)
{
    const int PatientsMax = 9_999;

    /// <summary>Null when an argument is unknown, has no value, or has one that does not fit.</summary>
    internal static RegionOptions? Read(string[] args)
    {
        var options = new RegionOptions(Region.CommittedSeed, Region.CommittedPatients, "samples/region");
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            var isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
            switch (args[i])
            {
                case "--seed" when isNumber:
                    options = options with { Seed = number };
                    break;
                case "--patients" when isNumber && number is > 0 and <= PatientsMax:
                    options = options with { Patients = number };
                    break;
                case "--output" when value.Length > 0:
                    options = options with { Output = value };
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}
