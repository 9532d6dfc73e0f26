using FhirHub.Fhir.Documents;

namespace FhirHub.Benchmarks;

/// <summary>JSON bytes to XML bytes and back, parse and checks included, in megabytes of JSON.</summary>
static class XmlBenchmark
{
    const double SpeedMin = 50;

    internal static void Run(Report report, List<(string Name, byte[] Json)> corpus)
    {
        Run(report, "all files", corpus);
        Run(report, "records only", Corpus.Records(corpus));
    }

    static void Run(Report report, string name, List<(string Name, byte[] Json)> files)
    {
        var good = files.Where(f => FhirDocument.ParseJson(f.Json, ParseOptions.Strict).Document is not null)
            .Select(f => f.Json)
            .ToList();
        var xml = good.ConvertAll(json => FhirDocument.ParseJson(json).ToXml());
        var timing = new PairedTiming(rounds: 5).Compare(() => ToXml(good), () => FromXml(xml));
        // Both directions are counted in compact JSON, which is what either produces or is equal to.
        var megabytes = xml.Sum(x => (double)FhirDocument.ParseXml(x).Json.Length) / 1e6;
        report.AtLeast($"{name}: JSON to XML", megabytes / timing[0].Seconds, SpeedMin, "MB/s");
        report.AtLeast($"{name}: XML to JSON", megabytes / timing[1].Seconds, SpeedMin, "MB/s");
    }

    static void ToXml(List<byte[]> files)
    {
        foreach (var json in files)
        {
            FhirDocument.ParseJson(json).ToXml();
        }
    }

    static void FromXml(List<byte[]> files)
    {
        foreach (var xml in files)
        {
            FhirDocument.ParseXml(xml);
        }
    }
}
