using FhirHub.Core.Model;
using FhirHub.Terminology.Import;

namespace FhirHub.Host.Upkeep;

/// <summary>
/// Makes a code system of a table and stores it: tells what was found in the file, and with <c>--dry-run</c> no more.
/// </summary>
static class ImportCommand
{
    internal static async Task<int> RunAsync(
        HubOptions options, string file, IReadOnlyDictionary<string, string> typed)
    {
        try
        {
            // 1. The file.
            var request = Request(options, typed);
            Console.WriteLine($"Reading {file}");
            var (report, json) = CodeFile.Read(file, request);
            Console.Write(report);

            // 2. The store, unless there is nothing to store.
            if (typed.ContainsKey("dry-run") || json is not { } resource)
            {
                Console.WriteLine(json is not null
                    ? "Dry run: nothing was stored."
                    : "Nothing was stored; correct these rows, or leave them out with --skip-bad-rows.");
                return report.ProblemCount == 0 ? ExitCode.Done : ExitCode.ProblemsFound;
            }

            return await UpkeepCommand.StoreAsync(options, CodeFile.IdOf(request), resource);
        }
        catch (FhirException wrong)
        {
            Console.Error.WriteLine(wrong.Problem.Text);
            return ExitCode.ProblemsFound;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(refused.Message);
            return ExitCode.Storage;
        }
    }

    static ImportRequest Request(HubOptions options, IReadOnlyDictionary<string, string> typed) => new()
    {
        Url = typed["url"],
        Version = typed.GetValueOrDefault("version"),
        Name = typed.GetValueOrDefault("name"),
        Title = typed.GetValueOrDefault("title"),
        IsComplete = typed.ContainsKey("complete"),
        SkipsBadRows = typed.ContainsKey("skip-bad-rows"),
        Columns = Columns(typed.GetValueOrDefault("columns")),
        BytesMax = options.BodyBytesMax,
    };

    static Dictionary<string, string> Columns(string? text)
    {
        var columns = new Dictionary<string, string>(StringComparer.Ordinal);
        const StringSplitOptions Clean = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        foreach (var pair in (text ?? "").Split(',', Clean))
        {
            if (pair.Split('=', StringSplitOptions.TrimEntries) is not [{ Length: > 0 } header, { Length: > 0 } meaning]
                || !columns.TryAdd(header, meaning))
            {
                throw new FhirException(
                    ProblemKind.Invalid, "value",
                    "--columns takes pairs such as \"编码=code,名称=display\", each column once; "
                        + $"'{pair}' is not such a pair.");
            }
        }

        return columns;
    }
}
