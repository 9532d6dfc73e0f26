using System.Diagnostics;
using FhirHub.Fhir.Definitions;

namespace FhirHub.Benchmarks;

/// <summary>
/// Measures the hot paths and prints each figure beside its target. <c>--record</c> also writes docs/performance.md.
/// <c>--engine</c> measures no server, <c>--validator</c>, <c>--server</c>, <c>--search</c> and <c>--terminology</c>
/// validation, the server's interactions, its searches or its terminology operations alone, <c>--writes</c> those
/// interactions that write. With <c>--ramp</c> the searches are measured with 32,000 patients in the store, with
/// <c>--again</c> in the stores that such a run has left. <c>--million</c> fills a store with a million resources as
/// well, which takes minutes; by itself it does nothing else.
/// </summary>
static class Program
{
    static async Task<int> Main(string[] args)
    {
        // One thread drives all clients, like wrk's, so that the load costs the server as little as possible.
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT", "1");
        if (args is ["bare", var url])
        {
            await BareEndpoint.RunAsync(url);
            return 0;
        }

        if (args is ["load"])
        {
            // In a process of its own, because only the first load is one.
            var watch = Stopwatch.StartNew();
            _ = FhirSchema.R4;
            Console.WriteLine(watch.Elapsed.TotalMilliseconds.ToString(System.Globalization.CultureInfo.InvariantCulture));
            return 0;
        }

        if (args is ["first-validation"])
        {
            ValidatorBenchmark.MeasureFirst();
            return 0;
        }

        var report = new Report();
        if (args.Contains("--validator"))
        {
            await ValidatorBenchmark.RunAsync(report);
            return report.AllMet ? 0 : 1;
        }

        var patients = args.Contains("--ramp") ? SearchBenchmark.PatientsMax : SearchBenchmark.Patients;
        if (args.Contains("--search"))
        {
            await SearchBenchmark.RunAsync(report, patients, args.Contains("--again"));
            return report.AllMet ? 0 : 1;
        }

        if (args.Contains("--terminology"))
        {
            await TerminologyBenchmark.RunAsync(report);
            await TerminologySearchBenchmark.RunAsync(report);
            return report.AllMet ? 0 : 1;
        }

        if (args.Contains("--server") || args.Contains("--writes"))
        {
            await ServerBenchmark.RunAsync(report, writesOnly: !args.Contains("--server"));
            return report.AllMet ? 0 : 1;
        }

        if (args is ["--million"])
        {
            await MillionBenchmark.RunAsync(report);
            return report.AllMet ? 0 : 1;
        }

        Console.WriteLine("Loading the examples ...");
        var corpus = Corpus.Load();
        report.Section("Definitions");
        DefinitionsBenchmark.Run(report);
        report.Section("JSON: parse and structural validation");
        ParseBenchmark.Run(report, corpus);
        report.Section("JSON to XML and back (one core, parse and checks included)");
        XmlBenchmark.Run(report, corpus);
        report.Section("Search values");
        SearchValuesBenchmark.Run(report, corpus);
        report.Section("FHIRPath: how many times faster than fhirpath.js 3.18");
        FhirPathBenchmark.Run(report, corpus);
        await ValidatorBenchmark.RunAsync(report);
        if (args.Contains("--engine"))
        {
            return report.AllMet ? 0 : 1;
        }

        await ServerBenchmark.RunAsync(report);
        await SearchBenchmark.RunAsync(report, patients);
        await TerminologyBenchmark.RunAsync(report);
        await TerminologySearchBenchmark.RunAsync(report);
        if (args.Contains("--million"))
        {
            await MillionBenchmark.RunAsync(report);
        }
        else
        {
            report.Remark("\nNot measured in this run: a store with a million resources, which takes `--million`.");
        }

        Field.Compare(report);
        if (args.Contains("--record"))
        {
            report.Write(Path.Combine(Corpus.RepositoryRoot, "docs", "performance.md"));
        }

        return report.AllMet ? 0 : 1;
    }
}
