using System.Security.Cryptography;
using System.Text;
using FhirHub.Core.Search;
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

    /// <summary>Null until the store is open, and then what a request must show.</summary>
    internal UpkeepKey? Key { get; set; }

    internal void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/admin/backup", (RequestDelegate)BackUpAsync);
        app.MapPost("/admin/check", (RequestDelegate)CheckAsync);
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
