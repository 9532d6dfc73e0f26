using System.Globalization;
using System.Text;

namespace FhirHub.Benchmarks;

/// <summary>Collects the figures, prints them as they come, and can keep them as a page.</summary>
sealed class Report
{
    readonly StringBuilder _page = new();
    readonly Dictionary<string, double> _measured = [];

    /// <summary>Whether every figure so far is within its target.</summary>
    internal bool AllMet { get; private set; } = true;

    internal void Section(string title)
    {
        Line($"\n## {title}\n");
        Line("| what | measured | target | |");
        Line("|---|--:|--:|---|");
    }

    /// <summary>A figure of this run; null when it was not measured.</summary>
    internal double? Measured(string what) => _measured.TryGetValue(what, out var value) ? value : null;

    /// <summary>Words, or a row of a table that has columns of its own.</summary>
    internal void Remark(string line) => Line(line);

    /// <summary>A figure that must not exceed its target.</summary>
    internal void AtMost(string what, double measured, double target, string unit) =>
        Row(what, measured, unit, "≤ " + Shown(target, unit), measured <= target);

    /// <summary>A figure that must reach its target.</summary>
    internal void AtLeast(string what, double measured, double target, string unit) =>
        Row(what, measured, unit, "≥ " + Shown(target, unit), measured >= target);

    /// <summary>A figure without a target, for orientation.</summary>
    internal void Note(string what, double measured, string unit)
    {
        _measured[what] = measured;
        Line($"| {what} | {Shown(measured, unit)} | | |");
    }

    internal void Write(string path)
    {
        var processor = File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal));
        File.WriteAllText(path, $"""
            # Performance

            Written by `dotnet run --project tests/Benchmarks -c Release -- --record`; not edited by hand. Ratios are
            medians over rounds in which the two sides took turns within one process, one thread each; they carry over to
            other machines, the single figures do not. The data are the official R4 examples
            (npm hl7.fhir.r4.examples 4.0.1).

            {TimeProvider.System.GetUtcNow():yyyy-MM-dd}, {processor?.Split(':')[^1].Trim()}, {Environment.ProcessorCount} cores,
            .NET {Environment.Version}.
            {_page}
            """);
    }

    void Row(string what, double measured, string unit, string target, bool isMet)
    {
        AllMet &= isMet;
        _measured[what] = measured;
        Line($"| {what} | {Shown(measured, unit)} | {target} | {(isMet ? "met" : "**missed**")} |");
    }

    void Line(string line)
    {
        Console.WriteLine(line);
        _page.AppendLine(line);
    }

    internal static string Shown(double value, string unit) => string.Create(
        CultureInfo.InvariantCulture, $"{(value >= 100 ? Math.Round(value) : Math.Round(value, 2)):0.##} {unit}");
}
