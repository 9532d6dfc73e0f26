using System.Text;
using System.Threading.Channels;
using FhirHub.Samples.Generator;

namespace FhirHub.Benchmarks;

/// <summary>
/// Whole lives from the generator as transactions, made while the load takes them; and what a search for one person
/// must find.
/// </summary>
sealed class Lives
{
    const int Seed = 20260101;
    const int PerTransaction = 500;

    readonly Channel<byte[]> _requests = Channel.CreateBounded<byte[]>(16);

    /// <summary>How many resources have been made.</summary>
    internal int Count { get; private set; }

    /// <summary>The last mother of all.</summary>
    internal string Patient { get; private set; } = "";

    /// <summary>How many observations are hers.</summary>
    internal int Observations { get; private set; }

    internal ChannelReader<byte[]> Requests => _requests.Reader;

    /// <summary>Makes so many resources, and those that go with the last of them.</summary>
    internal async Task MakeAsync(int count)
    {
        var bundle = new StringBuilder();
        var entries = 0;
        foreach (var household in Region.Make(new RegionRequest(Seed, RegionRequest.LivesMax)))
        {
            foreach (var made in household)
            {
                Add(bundle, made);
                entries++;
            }

            Remember(household);
            Count += household.Count;
            if (entries >= PerTransaction || Count >= count)
            {
                await _requests.Writer.WriteAsync(LoadClient.Request("POST", "/fhir", bundle.Append("]}").ToString()));
                bundle.Clear();
                entries = 0;
            }

            if (Count >= count)
            {
                break;
            }
        }

        _requests.Writer.Complete();
    }

    void Remember(IReadOnlyList<MadeResource> household)
    {
        if (household.FirstOrDefault(made => made.Document.Type.Name == "Patient") is { } patient)
        {
            Patient = $"Patient/{patient.Document.Root.First("id").Text}";
            Observations = household.Count(made => made.Document.Type.Name == "Observation"
                && made.Document.Root.First("subject").First("reference").Text == Patient);
        }
    }

    static void Add(StringBuilder bundle, MadeResource made)
    {
        var (type, id) = (made.Document.Type.Name, made.Document.Root.First("id").Text);
        var json = Encoding.UTF8.GetString(made.Document.Json.Span);
        bundle.Append(bundle.Length == 0 ? """{"resourceType":"Bundle","type":"transaction","entry":[""" : ",")
            .Append($$$"""{"resource":{{{json}}},"request":{"method":"PUT","url":"{{{type}}}/{{{id}}}"}}""");
    }
}
