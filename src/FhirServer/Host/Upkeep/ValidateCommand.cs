using System.Text;
using FhirHub.Core.Model;
using FhirHub.Core.Storage;
using FhirHub.Core.Terminology;
using FhirHub.Core.Validation;
using FhirHub.Fhir.Documents;
using FhirHub.Profiles;
using FhirHub.Profiles.Library;
using FhirHub.Terminology;

namespace FhirHub.Host.Upkeep;

/// <summary>
/// Validates files without a server: by R4, the packages of the data folder, and profiles in a folder. It does not open
/// the store, so it may run beside a server.
/// </summary>
static class ValidateCommand
{
    static readonly string[] Extensions = [".json", ".xml", ".ndjson"];

    internal static async Task<int> RunAsync(HubOptions options, CommandLine line)
    {
        try
        {
            var isChinese = line.Options.GetValueOrDefault("language") is "zh";
            var files = Files(line.Files);
            if (files.Count == 0)
            {
                Console.Error.WriteLine("There is no .json, .xml or .ndjson file in what was named.");
                return ExitCode.Storage;
            }

            using var packages = Validation.PackagesOf(options);
            var validator = Validator(packages.Find, Definitions(line.Options.GetValueOrDefault("definitions")));
            var summary = new ValidationSummary(Console.Out, isChinese, line.Options.ContainsKey("quiet"));
            foreach (var file in files)
            {
                await ValidateAsync(file, line.Profiles, validator, summary);
            }

            summary.Write();
            return summary.ErrorCount == 0 ? ExitCode.Done : ExitCode.ProblemsFound;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(refused.Message);
            return ExitCode.Storage;
        }
    }

    static async Task ValidateAsync(
        string file, IReadOnlyList<string> profiles, ProfileValidator validator, ValidationSummary summary)
    {
        var isLines = file.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase);
        var isXml = file.EndsWith(".xml", StringComparison.OrdinalIgnoreCase);
        var number = 0;
        foreach (var bytes in isLines ? Lines(file) : [await File.ReadAllBytesAsync(file)])
        {
            number++;
            if (bytes.Length == 0)
            {
                continue;
            }

            var place = isLines ? $"{file}:{number}" : file;
            var parsed = isXml
                ? FhirDocument.ParseXml(bytes, ParseOptions.Strict)
                : FhirDocument.ParseJson(bytes, ParseOptions.Strict);
            if (parsed.Document is not { } document)
            {
                summary.Add(place, parsed.Issues);
                continue;
            }

            var request = new ValidationRequest(document.Root, Caller.Open)
            {
                Profiles = profiles,
                HasSource = !isXml && !isLines,
                ChecksBestPractice = false,
            };
            summary.Add(place, await validator.ValidateAsync(request, CancellationToken.None));
        }
    }

    static ProfileValidator Validator(
        Func<string, string, FhirDocument?> packaged, Dictionary<(string, string), FhirDocument> own)
    {
        FhirDocument? Find(string type, string canonical) =>
            own.GetValueOrDefault((type, canonical)) ?? packaged(type, canonical);
        var nothing = new NoStore();
        var codes = new TerminologyChanges();
        return new ProfileValidator(
            new ProfileSources { Packaged = Find },
            new HubTerminology(
                nothing,
                nothing,
                TimeProvider.System,
                new TerminologyOptions { BelievedSeconds = 3600, Packaged = Find },
                codes,
                new UnmappedCodes(TimeProvider.System)),
            TimeProvider.System,
            new ProfileOptions(),
            new ProfileChanges(),
            codes);
    }

    /// <summary>The definitions in a folder by type and canonical URL; what is no definition is passed over.</summary>
    static Dictionary<(string, string), FhirDocument> Definitions(string? folder)
    {
        var found = new Dictionary<(string, string), FhirDocument>();
        foreach (var file in folder is null ? [] : Files([folder]))
        {
            if (file.EndsWith(".json", StringComparison.Ordinal)
                && FhirDocument.ParseJson(File.ReadAllBytes(file), ParseOptions.Lenient).Document is { } document
                && document.Type.TryGetElement("url", out _) && document.Root.First("url").Text is { } url)
            {
                found[(document.Type.Name, url)] = document;
                if (document.Type.TryGetElement("version", out _) && document.Root.First("version").Text is { } version)
                {
                    found[(document.Type.Name, $"{url}|{version}")] = document;
                }
            }
        }

        return found;
    }

    static List<string> Files(IEnumerable<string> named)
    {
        var files = new List<string>();
        foreach (var name in named)
        {
            if (Directory.Exists(name))
            {
                files.AddRange(Directory.EnumerateFiles(name, "*", SearchOption.AllDirectories)
                    .Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
                    .Order(StringComparer.Ordinal));
            }
            else
            {
                files.Add(name);
            }
        }

        return files;
    }

    static IEnumerable<byte[]> Lines(string file) => File.ReadLines(file).Select(Encoding.UTF8.GetBytes);
}
