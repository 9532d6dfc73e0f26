using System.Diagnostics;
using System.Globalization;

namespace FhirHub.Benchmarks;

/// <summary>How long a fresh process takes to load the compiled definitions.</summary>
static class DefinitionsBenchmark
{
    internal static void Run(Report report)
    {
        var times = Enumerable.Range(0, 5).Select(_ => LoadInFreshProcess()).Order().ToArray();
        report.AtMost("load the schema, first use in a process (median of 5)", times[2], 100, "ms");
    }

    static double LoadInFreshProcess()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, "load"]) { RedirectStandardOutput = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet could not be started.");
        var printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return double.Parse(printed, CultureInfo.InvariantCulture);
    }
}
