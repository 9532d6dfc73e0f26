namespace FhirHub.Host;

/// <summary>
/// What was typed: a command with its file, and settings in the form ASP.NET's configuration reads. A word that means
/// nothing is a problem and not skipped, because a misspelt option would otherwise run with its default.
/// </summary>
/// <param name="Command">backup, restore, check, validate or import-codes; null to serve.</param>
/// <param name="File">The file of backup, restore and import-codes, and the first of validate.</param>
/// <param name="Settings">The options, each as <c>--Section:Key=value</c>.</param>
/// <param name="Problem">What is wrong; null when nothing is.</param>
sealed record CommandLine(string? Command, string? File, string[] Settings, string? Problem)
{
    internal const string Import = "import-codes";
    internal const string Validate = "validate";

    const string Profile = "profile";

    internal const string Usage = """
        FhirHub, a FHIR R4 server

          FhirHub.Host [options]                    serve
          FhirHub.Host backup <file> [options]      write a consistent copy of the store, also while it is served
          FhirHub.Host restore <file> [options]     put a backup into an empty data folder
          FhirHub.Host check [options]              verify the hashes and the index of the whole store
          FhirHub.Host validate <file or folder>... [--profile <canonical>]... [options]
                                                    validate JSON, XML and NDJSON by R4, installed packages and profiles
          FhirHub.Host import-codes <file> --url <code system> [options]
                                                    make a code system of a table (CSV, XLSX, NDJSON), or of a release
                                                    of LOINC or SNOMED CT, a folder or zip file, which needs no --url

          --urls <address>          where to listen (http://127.0.0.1:8080)
          --data <folder>           where everything is stored (data)
          --empty                   start a new store without the sample region
          --Section:Key=<value>     any other option: docs/configuration.md

          validate also takes: --definitions <folder of profiles>, --language <en|zh>, --quiet: docs/validation.md
          import-codes also takes: --version, --name, --title, --complete (the file has every code), --dry-run,
          --skip-bad-rows, --draft, --owner <system>|<value>, --sheet <name>, --tenant <name>,
          --columns "<header>=<meaning>,...": docs/terminology.md

        """;

    /// <summary>Options of ASP.NET itself that may stand without a section.</summary>
    static readonly string[] Known = ["environment", "contentRoot", "applicationName"];

    /// <summary>The options of import-codes, with whether each takes a value.</summary>
    static readonly Dictionary<string, bool> OfImport = new()
    {
        ["url"] = true,
        ["version"] = true,
        ["name"] = true,
        ["title"] = true,
        ["columns"] = true,
        ["sheet"] = true,
        ["owner"] = true,
        ["tenant"] = true,
        ["draft"] = false,
        ["complete"] = false,
        ["dry-run"] = false,
        ["skip-bad-rows"] = false,
    };

    /// <summary>The options of validate, with whether each takes a value.</summary>
    static readonly Dictionary<string, bool> OfValidate = new()
    {
        [Profile] = true,
        ["definitions"] = true,
        ["language"] = true,
        ["quiet"] = false,
    };

    /// <summary>What was typed for import-codes and validate, by option; a flag has an empty value.</summary>
    internal IReadOnlyDictionary<string, string> Options { get; private init; } = new Dictionary<string, string>();

    /// <summary>The files and folders of validate.</summary>
    internal IReadOnlyList<string> Files { get; private init; } = [];

    /// <summary>The profiles of validate.</summary>
    internal IReadOnlyList<string> Profiles { get; private init; } = [];

    internal static CommandLine Parse(string[] args)
    {
        var rest = new Queue<string>(args);
        var command = rest.TryPeek(out var first)
            && first is "backup" or "restore" or "check" or Import or Validate
            ? rest.Dequeue() : null;
        string? file = null;
        if (command is "backup" or "restore" or Import)
        {
            if (!rest.TryDequeue(out file) || file.StartsWith('-'))
            {
                return new CommandLine(
                    command, null, [], $"'{command}' needs a file: {command} <file> [--data <folder>]");
            }
        }

        // Nothing here reloads, so watching the files would only cost start-up time and a watch on the folder.
        var settings = new List<string> { "--hostBuilder:reloadConfigOnChange=false" };
        var options = new Dictionary<string, string>();
        List<string> files = [];
        List<string> profiles = [];
        while (rest.TryDequeue(out var arg))
        {
            if (command == Validate && !arg.StartsWith('-'))
            {
                files.Add(arg);
                continue;
            }

            if (Option(arg, rest, command switch { Import => OfImport, Validate => OfValidate, _ => [] }) is { } option)
            {
                options[option.Key] = option.Value;
                profiles.AddRange(option.Key == Profile ? [option.Value] : []);
                continue;
            }

            if (Setting(arg, rest) is not { } setting)
            {
                return new CommandLine(command, file, [], $"'{arg}' is not an option, or its value is missing.");
            }

            settings.Add(setting);
        }

        if (command == Validate)
        {
            return files.Count > 0
                ? new CommandLine(command, files[0], [.. settings], null)
                {
                    Options = options,
                    Files = files,
                    Profiles = profiles,
                }
                : new CommandLine(command, null, [], "'validate' needs files or folders: validate <file>...");
        }

        return new CommandLine(command, file, [.. settings], null) { Options = options };
    }

    /// <summary>An option of the command with its value; null for any other, and where the value is missing.</summary>
    static KeyValuePair<string, string>? Option(string arg, Queue<string> rest, Dictionary<string, bool> known)
    {
        if (arg.Length < 3)
        {
            return null;
        }

        var (name, value) = arg.IndexOf('=') is var at and > 2 ? (arg[2..at], arg[(at + 1)..]) : (arg[2..], null);
        if (!arg.StartsWith("--", StringComparison.Ordinal) || !known.TryGetValue(name, out var hasValue))
        {
            return null;
        }

        return !hasValue ? value is null ? KeyValuePair.Create(name, "") : null
            : value is not null || rest.TryDequeue(out value) ? KeyValuePair.Create(name, value)
            : null;
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
