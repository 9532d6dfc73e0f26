using System.Text.Json;
using FhirHub.Fhir.Documents;

namespace FhirHub.Benchmarks;

/// <summary>Parse and full structural validation against the runtime's own JSON parser on the same bytes.</summary>
static class ParseBenchmark
{
    const double RatioMax = 3;
    const double AllocationMax = 2;

    internal static void Run(Report report, List<(string Name, byte[] Json)> corpus)
    {
        Run(report, "all files", corpus);
        Run(report, "records only", Corpus.Records(corpus));
    }

    static void Run(Report report, string name, List<(string Name, byte[] Json)> files)
    {
        var bytes = files.Sum(f => (double)f.Json.Length);
        var timing = new PairedTiming().Compare(() => Parse(files), () => JsonDocumentParse(files));
        report.AtMost($"{name}: time against JsonDocument.Parse", timing[0].Ratio, RatioMax, "x");
        report.AtMost($"{name}: allocated against input", PairedTiming.Allocated(() => Parse(files)) / bytes, AllocationMax, "x");
        report.Note($"{name}: speed", bytes / 1e6 / timing[0].Seconds, "MB/s");
        report.Note($"{name}: JsonDocument.Parse", bytes / 1e6 / timing[1].Seconds, "MB/s");
    }

    static void Parse(List<(string Name, byte[] Json)> files)
    {
        foreach (var (_, json) in files)
        {
            FhirDocument.ParseJson(json, ParseOptions.Strict);
        }
    }

    static void JsonDocumentParse(List<(string Name, byte[] Json)> files)
    {
        foreach (var (_, json) in files)
        {
            using var document = JsonDocument.Parse(json);
        }
    }
}
