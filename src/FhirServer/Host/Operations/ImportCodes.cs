using System.Net.Http.Headers;
using FhirHub.Core.Model;
using FhirHub.Core.Writes;
using FhirHub.Host.Http;
using FhirHub.Host.Upkeep;
using FhirHub.Terminology.Import;

namespace FhirHub.Host.Operations;

/// <summary>
/// Makes a code system of a file that is the body: a table, or a release of LOINC or SNOMED CT in a zip file; an
/// operation of this server, described in docs/terminology.md. The body goes to the disk as it comes.
/// </summary>
static class ImportCodes
{
    static readonly string[] Texts = ["url", "version", "name", "title", "sheet", "owner", "columns"];
    static readonly string[] Flags = ["draft", "complete", "skip-bad-rows", "dry-run"];

    /// <summary>One at a time: each may hold a code system as large as a body may be.</summary>
    static readonly SemaphoreSlim Turn = new(1);

    internal static void Map(IEndpointRouteBuilder fhir) => fhir.MapPost("/CodeSystem/$import-codes", HandleAsync);

    static async Task HandleAsync(HttpContext http, HubOptions options, Writer writer, Caller caller)
    {
        // 1. What is asked.
        QueryRule.Check(http, "CodeSystem/$import-codes", [.. Texts, .. Flags]);
        FhirBody.RequireUnpacked(http.Request);
        FhirFormat.OfAnswer(http.Request); // refused now rather than after the import
        var request = ImportCommand.Request(
            name => http.Request.Query[name].ToString() is { Length: > 0 } text ? text : null,
            name => Flag(http, name),
            options.BodyBytesMax);
        var isDryRun = Flag(http, "dry-run");

        if (!await Turn.WaitAsync(TimeSpan.Zero, http.RequestAborted))
        {
            throw new FhirException(
                ProblemKind.Unavailable, "throttled", "Another file is being imported; try again in a moment.");
        }

        try
        {
            // 2. The file.
            var (report, resources) = await ReadAsync(http, options.Data, request);
            if (resources.Count == 0 && !isDryRun)
            {
                throw new FhirException(
                    ProblemKind.Unprocessable, "invalid",
                    $"Nothing was stored; correct these rows, or leave them out by skip-bad-rows=true.\n{report}");
            }

            // 3. The store, unless that is not wanted.
            FhirBody.GiveBackAtEnd(http, report.Bytes);
            if (!isDryRun)
            {
                await UpkeepRoutes.StoreAsync(
                    [.. resources.Select(one => one.Json)], writer, caller, http.RequestAborted);
            }

            await FhirResult.WriteJsonAsync(http, Answer(report, resources, isDryRun));
        }
        finally
        {
            Turn.Release();
        }
    }

    static async Task<ImportResult> ReadAsync(HttpContext http, string folder, ImportRequest request)
    {
        // What a server that was killed left behind; this one is the only import.
        const string End = ".import";
        foreach (var left in Directory.EnumerateFiles(folder, "*" + End))
        {
            File.Delete(left);
        }

        var path = Path.Combine(folder, ResourceId.New(TimeProvider.System) + End);
        try
        {
            await using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                await FhirBody.CopyToAsync(http.Request, file);
                if (file.Length == 0)
                {
                    throw new FhirException(ProblemKind.Invalid, "required", "The request needs a file as its body.");
                }
            }

            // Reading is work for the processor; the threads that answer requests are few.
            return await Task.Run(() => CodeImport.Read(path, NameOf(http), request), http.RequestAborted);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>What tells NDJSON from CSV; the other formats are known by how they begin.</summary>
    static string NameOf(HttpContext http) =>
        MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type)
            && type.MediaType is "application/x-ndjson" or "application/ndjson" or "application/fhir+ndjson"
                ? "body.ndjson"
                : "body.csv";

    static ReadOnlyMemory<byte> Answer(ImportReport report, IReadOnlyList<ImportedResource> resources, bool isDryRun)
    {
        using var answer = new ParametersWriter();
        answer.Add("stored", !isDryRun);
        answer.Add("rows", report.Rows);
        answer.Add("codes", report.Codes);
        answer.Add("problems", report.ProblemCount);
        answer.Add("report", "valueString", report.ToString());
        foreach (var type in resources.GroupBy(one => one.Type))
        {
            answer.Begin("resources");
            answer.Add("type", "valueCode", type.Key);
            answer.Add("count", type.Count());
            answer.Add("first", "valueUri", $"{type.Key}/{type.First().Id}");
            answer.EndParts();
        }

        return answer.End();
    }

    static bool Flag(HttpContext http, string name) => http.Request.Query[name].ToString() switch
    {
        "" or "false" => false,
        "true" => true,
        _ => throw OperationParameters.Refused($"'{name}' takes true or false."),
    };
}
