using System.Diagnostics;

namespace FhirHub.EndToEnd.Hub;

/// <summary>A command of the host that ends by itself, such as check.</summary>
static class HubCommand
{
    internal static Task<(int ExitCode, string Output)> RunAsync(params string[] arguments) =>
        RunProgramAsync(Repository.Host, arguments);

    /// <summary>The same for another program of ours than the host.</summary>
    internal static async Task<(int ExitCode, string Output)> RunProgramAsync(
        string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments.Prepend(program))
        {
            start.ArgumentList.Add(argument);
        }

        using var process = new Process { StartInfo = start };
        process.Start();
        var texts = await Task.WhenAll(
            process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(texts));
    }
}
