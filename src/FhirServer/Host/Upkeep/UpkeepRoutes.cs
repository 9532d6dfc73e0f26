using System.Security.Cryptography;
using System.Text;
using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Writes;
using FhirHub.Fhir.Documents;
using FhirHub.Host.Http;
using FhirHub.Storage.Sql;

namespace FhirHub.Host.Upkeep;

/// <summary>
/// What the commands ask of a running server, which alone may open its store. The answer is text, and begins with
/// <see cref="Fine"/>, <see cref="Found"/> or <see cref="Refused"/>.
/// </summary>
sealed class UpkeepRoutes(HubStore store, SearchCatalogs catalogs)
{
    internal const string Fine = "fine: ";
    internal const string Found = "found: ";
    internal const string Refused = "refused: ";

    /// <summary>The parameter that says whose the resources are.</summary>
    internal const string Tenant = "tenant";

    const int IssuesMax = 10;
    const int CommitMax = 100;

    /// <summary>Null until the store is open, and then what a request must show.</summary>
    internal UpkeepKey? Key { get; set; }

    internal void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/admin/backup", (RequestDelegate)BackUpAsync);
        app.MapPost("/admin/check", (RequestDelegate)CheckAsync);
        app.MapPost("/admin/import", ImportAsync);
    }

    async Task BackUpAsync(HttpContext http)
    {
        if (!IsAllowed(http))
        {
            return;
        }

        using var reader = new StreamReader(http.Request.Body);
        var file = (await reader.ReadToEndAsync(http.RequestAborted)).Trim();
        await http.Response.WriteAsync(await AnswerAsync(async () =>
        {
            await store.Storage.BackUpAsync(file, http.RequestAborted);
            return $"{Fine}{file}\n";
        }), http.RequestAborted);
    }

    async Task CheckAsync(HttpContext http)
    {
        if (IsAllowed(http))
        {
            await http.Response.WriteAsync(
                await AnswerAsync(() => StoreVerdict.OfAsync(store.Storage, catalogs, http.RequestAborted)),
                http.RequestAborted);
        }
    }

    async Task ImportAsync(HttpContext http, Writer writer)
    {
        if (IsAllowed(http))
        {
            var lines = Lines(await FhirBody.BytesAsync(http.Request, http.RequestAborted));
            var caller = Caller.Open with { Tenant = http.Request.Query[Tenant].ToString() };
            await http.Response.WriteAsync(
                await AnswerAsync(() => TellStoredAsync(lines, writer, caller, http.RequestAborted)),
                http.RequestAborted);
        }
    }

    /// <summary>Stores resources, and says in words what became of it.</summary>
    internal static async Task<string> TellStoredAsync(
        IReadOnlyList<ReadOnlyMemory<byte>> resources, Writer writer, Caller caller, CancellationToken cancel)
    {
        try
        {
            var results = await StoreAsync(resources, writer, caller, cancel);
            var first = results[0].Resource;
            return results.Count == 1
                ? $"{Fine}{first?.Key}, version {first?.Version}\n"
                : $"{Fine}{results.Count} resources, the first of them {first?.Key}\n";
        }
        catch (FhirException wrong)
        {
            return $"{Refused}{wrong.Problem.Text}\n";
        }
    }

    /// <summary>Writes resources under their ids, in place of what has them, some in each commit.</summary>
    internal static async Task<IReadOnlyList<WriteResult>> StoreAsync(
        IReadOnlyList<ReadOnlyMemory<byte>> resources, Writer writer, Caller caller, CancellationToken cancel)
    {
        var results = new List<WriteResult>();
        foreach (var part in resources.Chunk(CommitMax))
        {
            results.AddRange(await writer.WriteAllAsync([.. part.Select(Update)], caller, cancel));
        }

        return results;
    }

    static Write Update(ReadOnlyMemory<byte> json)
    {
        try
        {
            var resource = FhirDocument.ParseJson(json, ParseOptions.Strict).OrThrow();
            return new Write.Update(resource, resource.Root.First("id").Text ?? "", Precondition.None);
        }
        catch (FhirFormatException wrong)
        {
            throw new FhirException(
                ProblemKind.Unprocessable, "structure",
                string.Join("\n", wrong.Issues.Take(IssuesMax).Select(issue => issue.Text)));
        }
    }

    /// <summary>Each line is a resource.</summary>
    static List<ReadOnlyMemory<byte>> Lines(ReadOnlyMemory<byte> body)
    {
        var lines = new List<ReadOnlyMemory<byte>>();
        while (!body.IsEmpty)
        {
            var end = body.Span.IndexOf((byte)'\n') is >= 0 and var found ? found : body.Length;
            if (end > 0)
            {
                lines.Add(body[..end]);
            }

            body = body[Math.Min(end + 1, body.Length)..];
        }

        return lines;
    }

    static async Task<string> AnswerAsync(Func<Task<string>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception refused) when (refused is StorageException or IOException or UnauthorizedAccessException)
        {
            return $"{Refused}{refused.Message}\n";
        }
    }

    bool IsAllowed(HttpContext http)
    {
        var shown = http.Request.Headers.Authorization.ToString();
        var isAllowed = Key is { } key && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(shown), Encoding.UTF8.GetBytes($"Bearer {key.Secret}"));
        // Not found rather than forbidden: to everybody else this is not there.
        http.Response.StatusCode = isAllowed ? StatusCodes.Status200OK : StatusCodes.Status404NotFound;
        return isAllowed;
    }
}
