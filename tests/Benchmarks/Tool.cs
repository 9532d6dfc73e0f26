using System.Diagnostics;

namespace FhirHub.Benchmarks;

/// <summary>Programs a benchmark needs beside itself.</summary>
static class Tool
{
    /// <summary>Runs a program to its end and returns what it printed.</summary>
    internal static string Run(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)
            ?? throw new InvalidOperationException($"{program} could not be started.");
        var printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? printed : throw new InvalidOperationException($"{program} failed.");
    }
}
