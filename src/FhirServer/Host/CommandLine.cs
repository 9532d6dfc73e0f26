namespace FhirHub.Host;

/// <summary>
/// What was typed: a command with its file, and settings in the form ASP.NET's configuration reads. A word that means
/// nothing is a problem and not skipped, because a misspelt option would otherwise run with its default.
/// </summary>
/// <param name="Command">backup, restore or check; null to serve.</param>
/// <param name="File">The file of backup and restore.</param>
/// <param name="Settings">The options, each as <c>--Section:Key=value</c>.</param>
/// <param name="Problem">What is wrong; null when nothing is.</param>
sealed record CommandLine(string? Command, string? File, string[] Settings, string? Problem)
{
    internal const string Usage = """
        FhirHub, a FHIR R4 server

          FhirHub.Host [options]                    serve
          FhirHub.Host backup <file> [options]      write a consistent copy of the store, also while it is served
          FhirHub.Host restore <file> [options]     put a backup into an empty data folder
          FhirHub.Host check [options]              verify the hashes and the index of the whole store

          --urls <address>          where to listen (http://127.0.0.1:8080)
          --data <folder>           where everything is stored (data)
          --empty                   start a new store without the sample region
          --Section:Key=<value>     any other option: docs/configuration.md

        """;

    /// <summary>Options of ASP.NET itself that may stand without a section.</summary>
    static readonly string[] Known = ["environment", "contentRoot", "applicationName"];

    internal static CommandLine Parse(string[] args)
    {
        var rest = new Queue<string>(args);
        var command = rest.TryPeek(out var first) && first is "backup" or "restore" or "check" ? rest.Dequeue() : null;
        string? file = null;
        if (command is "backup" or "restore")
        {
            if (!rest.TryDequeue(out file) || file.StartsWith('-'))
            {
                return new CommandLine(
                    command, null, [], $"'{command}' needs a file: {command} <file> [--data <folder>]");
            }
        }

        // Nothing here reloads, so watching the files would only cost start-up time and a watch on the folder.
        var settings = new List<string> { "--hostBuilder:reloadConfigOnChange=false" };
        while (rest.TryDequeue(out var arg))
        {
            if (Setting(arg, rest) is not { } setting)
            {
                return new CommandLine(command, file, [], $"'{arg}' is not an option, or its value is missing.");
            }

            settings.Add(setting);
        }

        return new CommandLine(command, file, [.. settings], null);
    }

    static string? Setting(string arg, Queue<string> rest)
    {
        if (arg == "--empty")
        {
            return "--Hub:Empty=true";
        }

        if (!arg.StartsWith("--", StringComparison.Ordinal))
        {
            return null;
        }

        var (name, value) = arg.IndexOf('=') is var at and > 0 ? (arg[2..at], arg[(at + 1)..]) : (arg[2..], null);
        var key = name switch
        {
            "urls" => "Hub:Url",
            "data" => "Hub:Data",
            "empty" => "Hub:Empty",
            _ => name.Contains(':') || Known.Contains(name, StringComparer.OrdinalIgnoreCase) ? name : null,
        };
        if (value is null && key is not null
            && rest.TryPeek(out var next) && !next.StartsWith("--", StringComparison.Ordinal))
        {
            value = rest.Dequeue();
        }

        return key is null || value is null ? null : $"--{key}={value}";
    }
}
