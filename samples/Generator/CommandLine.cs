using System.Globalization;

namespace FhirHub.Samples.Generator;

/// <summary>Reads what is asked for; nothing at all asks for the committed region.</summary>
static class CommandLine
{
    internal const string Usage = """
        usage: --seed NUMBER --lives NUMBER --out FOLDER [--faults 0.02] [--from YEAR] [--to YEAR] [--showcase]
          --seed      a number from 0 up; the same seed gives the same bytes
          --lives     how many patients, from 1 to 1000000
          --out       the folder for one NDJSON file per type; NDJSON files already there are replaced
          --faults    share of the resources that get a fault on purpose, from 0 to 1; they are listed in faults.tsv
          --from      the first year in which pregnancies begin, 2019 when left out
          --to        the last year in which anything happens, 2025 when left out; at most 2100
          --showcase  begin with households that show what is rare
        Without any argument: the region that is committed in samples/region.
        """;

    /// <summary>The request and the folder, or what is wrong with the arguments.</summary>
    internal static (RegionRequest? Request, string Output, string Problem) Read(string[] args)
    {
        if (args.Length == 0)
        {
            return (Region.Committed, "samples/region", "");
        }

        var request = new RegionRequest(Region.Committed.Seed, 0);
        var output = "";
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--showcase")
            {
                request = request with { IsShowcase = true };
                continue;
            }

            var name = args[i];
            var value = ++i < args.Length ? args[i] : "";
            if (name == "--out" && value.Length > 0)
            {
                output = value;
            }
            else if (With(request, name, value) is { } more)
            {
                request = more;
            }
            else
            {
                return (null, "", $"'{name} {value}' is not an argument with a value that fits.");
            }
        }

        return request.Lives == 0 ? (null, "", "Say how many lives with --lives.")
            : output.Length == 0 ? (null, "", "Say where to with --out.")
            : request.FromYear > request.ToYear ? (null, "", "--from must not be later than --to.")
            : (request, output, "");
    }

    static RegionRequest? With(RegionRequest request, string name, string value)
    {
        var isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        var isRate = double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate);
        return name switch
        {
            "--seed" when isNumber => request with { Seed = number },
            "--lives" when isNumber && number is > 0 and <= RegionRequest.LivesMax => request with { Lives = number },
            "--from" when isNumber && number is >= 1990 and <= 2100 => request with { FromYear = number },
            "--to" when isNumber && number is >= 1990 and <= 2100 => request with { ToYear = number },
            "--faults" when isRate && rate <= 1 => request with { FaultRate = rate },
            _ => null,
        };
    }
}
