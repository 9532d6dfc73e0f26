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

    const int IssuesMax = 10;

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
            var json = await FhirBody.BytesAsync(http.Request, http.RequestAborted);
            await http.Response.WriteAsync(
                await AnswerAsync(() => StoreAsync(json, writer, http.RequestAborted)), http.RequestAborted);
        }
    }

    /// <summary>Writes a resource under its id, in place of what has it.</summary>
    internal static async Task<string> StoreAsync(ReadOnlyMemory<byte> json, Writer writer, CancellationToken cancel)
    {
        try
        {
            var resource = FhirDocument.ParseJson(json, ParseOptions.Strict).OrThrow();
            var id = resource.Root.First("id").Text ?? "";
            var result = await writer.WriteAsync(
                new Write.Update(resource, id, Precondition.None), Caller.Open, cancel);
            return $"{Fine}{resource.Type.Name}/{id}, version {result.Resource?.Version}\n";
        }
        catch (FhirFormatException wrong)
        {
            return $"{Refused}{string.Join("\n", wrong.Issues.Take(IssuesMax).Select(issue => issue.Text))}\n";
        }
        catch (FhirException wrong)
        {
            return $"{Refused}{wrong.Problem.Text}\n";
        }
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
