using FhirHub.Core.Model;
using FhirHub.Core.Terminology;
using FhirHub.Terminology.Import;

namespace FhirHub.Host.Upkeep;

/// <summary>
/// Makes resources of a file of codes and stores them: tells what was found in it, and with <c>--dry-run</c> no more.
/// </summary>
static class ImportCommand
{
    internal static async Task<int> RunAsync(
        HubOptions options, string file, IReadOnlyDictionary<string, string> typed)
    {
        try
        {
            // 1. The file.
            var request = Request(typed.GetValueOrDefault, typed.ContainsKey, options.BodyBytesMax);
            Console.WriteLine($"Reading {file}");
            var (report, resources) = CodeImport.Read(file, file, request);
            Console.Write(report);

            // 2. The store, unless there is nothing to store.
            if (typed.ContainsKey("dry-run") || resources.Count == 0)
            {
                Console.WriteLine(resources.Count > 0
                    ? "Dry run: nothing was stored."
                    : "Nothing was stored; correct these rows, or leave them out with --skip-bad-rows.");
                return report.ProblemCount == 0 ? ExitCode.Done : ExitCode.ProblemsFound;
            }

            var tenant = typed.GetValueOrDefault("tenant") ?? Caller.Open.Tenant;
            return await UpkeepCommand.StoreAsync(options, tenant, resources);
        }
        catch (FhirException wrong)
        {
            Console.Error.WriteLine(wrong.Problem.Text);
            return wrong.Problem.IssueCode == "required" && !typed.ContainsKey("url")
                ? ExitCode.Configuration
                : ExitCode.ProblemsFound;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(refused.Message);
            return ExitCode.Storage;
        }
    }

    /// <summary>What a file is to become, as it was typed or asked for.</summary>
    internal static ImportRequest Request(Func<string, string?> text, Func<string, bool> flag, long bytesMax) => new()
    {
        Url = text("url") ?? "",
        Version = text("version"),
        Name = text("name"),
        Title = text("title"),
        Sheet = text("sheet"),
        Owner = Owner(text("owner")),
        IsDraft = flag("draft"),
        IsComplete = flag("complete"),
        SkipsBadRows = flag("skip-bad-rows"),
        Columns = Columns(text("columns")),
        BytesMax = bytesMax,
    };

    static Coding? Owner(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var bar = text.IndexOf('|', StringComparison.Ordinal);
        return bar > 0 && bar < text.Length - 1
            ? new Coding(text[..bar], text[(bar + 1)..])
            : throw new FhirException(
                ProblemKind.Invalid, "value",
                "'owner' takes the identifier of an institution as <system>|<value>, such as "
                    + "urn:oid:2.16.156.10011.1.5|46803456-7.");
    }

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
                    "'columns' takes pairs such as \"编码=code,名称=display\", each column once; "
                        + $"'{pair}' is not such a pair.");
            }
        }

        return columns;
    }
}
