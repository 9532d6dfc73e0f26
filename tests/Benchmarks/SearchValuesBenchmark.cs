using FhirHub.Core.Search;
using FhirHub.Fhir.Documents;

namespace FhirHub.Benchmarks;

/// <summary>All search values of a resource against the parse of the same resource.</summary>
static class SearchValuesBenchmark
{
    const double RatioMax = 1.5;

    internal static void Run(Report report, List<(string Name, byte[] Json)> corpus)
    {
        Run(report, "all files", corpus);
        Run(report, "records only", Corpus.Records(corpus));
    }

    static void Run(Report report, string name, List<(string Name, byte[] Json)> files)
    {
        var parsed = files.Select(f => (f.Json, FhirDocument.ParseJson(f.Json, ParseOptions.Strict).Document))
            .Where(f => f.Document is not null)
            .Select(f => (f.Json, Document: f.Document!)) // null was left out one line above
            .ToList();
        var extractor = new SearchValueExtractor(ParameterCatalog.R4);
        var values = parsed.Sum(f => extractor.Extract(f.Document).Entries.Count);
        var timing = new PairedTiming().Compare(
            () => parsed.ForEach(f => extractor.Extract(f.Document)),
            () => parsed.ForEach(f => FhirDocument.ParseJson(f.Json, ParseOptions.Strict)));
        report.AtMost($"{name}: time against the parse", timing[0].Ratio, RatioMax, "x");
        report.Note($"{name}: values per resource", (double)values / parsed.Count, "");
        report.Note($"{name}: resources", parsed.Count / timing[0].Seconds, "/s");
    }
}
