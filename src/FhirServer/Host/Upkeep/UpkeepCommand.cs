using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Writes;
using FhirHub.Host.Indexing;
using FhirHub.Storage.Sql;
using FhirHub.Storage.Sql.Sqlite;
using FhirHub.Terminology.Import;
using Microsoft.Extensions.Logging.Abstractions;

namespace FhirHub.Host.Upkeep;

/// <summary>
/// Backup, restore and check from the command line. A store that a server has open is asked for through that server;
/// any other is opened here.
/// </summary>
static class UpkeepCommand
{
    const int StoredAtOnce = 100;

    static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(1);

    /// <summary>How long a server may take to say whether it wants a body; then it is sent all the same.</summary>
    static readonly TimeSpan LeaveMax = TimeSpan.FromSeconds(30);

    internal static Task<int> BackUpAsync(HubOptions options, string file)
    {
        var path = Path.GetFullPath(file); // the server runs in another folder
        return RunAsync(options, $"Backing up {options.Data} to {file}", "/admin/backup", path, async store =>
        {
            await store.Storage.BackUpAsync(path, default);
            return UpkeepRoutes.Fine + path;
        }, () => Size(path + ".unfinished"));
    }

    internal static Task<int> CheckAsync(HubOptions options) =>
        RunAsync(options, $"Checking {options.Data}", "/admin/check", "", async store =>
        {
            // An index that is due to be made anew would differ everywhere; what is checked is what would be served.
            var catalogs = new SearchCatalogs(ParameterCatalog.R4With(options.FullText), SearchZone.China);
            using var worker = new IndexWorker(
                store, catalogs, new IndexUpkeep(store, catalogs), TimeProvider.System,
                NullLogger<IndexWorker>.Instance);
            await worker.CatchUpAsync(default);
            return await StoreVerdict.OfAsync(store.Storage, catalogs, default);
        });

    /// <summary>Stores resources under their ids, some with each request where a server has the store open.</summary>
    internal static async Task<int> StoreAsync(
        HubOptions options, string tenant, IReadOnlyList<ImportedResource> resources)
    {
        var what = resources.Count == 1
            ? $"{resources[0].Type}/{resources[0].Id}"
            : $"{resources.Count} resources";
        Console.WriteLine($"Storing {what}");
        return Told(await GuardedAsync(() => WithProgressAsync(async () =>
        {
            var told = "";
            var bodies = Bodies(resources, options.BodyBytesMax).ToList();
            foreach (var body in bodies)
            {
                var answer = await AskServerAsync(
                    options.Data, $"/admin/import?{UpkeepRoutes.Tenant}={Uri.EscapeDataString(tenant)}", body);
                if (answer is null)
                {
                    return told.Length == 0
                        ? await OpenAsync(options, store => StoreAsync(store, tenant, resources))
                        : UpkeepRoutes.Refused + "The server stopped before all was stored; import again.";
                }

                if (!answer.StartsWith(UpkeepRoutes.Fine, StringComparison.Ordinal))
                {
                    return answer;
                }

                told = bodies.Count == 1 ? answer : UpkeepRoutes.Fine + what;
            }

            return told;
        }, null)));
    }

    /// <summary>Resources as lines, as many as go into a request.</summary>
    static IEnumerable<ReadOnlyMemory<byte>> Bodies(IReadOnlyList<ImportedResource> resources, int bytesMax)
    {
        if (resources is [var only])
        {
            yield return only.Json; // which may be of hundreds of megabytes
            yield break;
        }

        using var body = new MemoryStream();
        var count = 0;
        foreach (var resource in resources)
        {
            if (count > 0 && (count == StoredAtOnce || body.Length + resource.Json.Length >= bytesMax))
            {
                yield return body.ToArray();
                body.SetLength(0);
                count = 0;
            }

            if (count++ > 0)
            {
                body.WriteByte((byte)'\n');
            }

            body.Write(resource.Json.Span);
        }

        yield return body.ToArray();
    }

    static async Task<string> StoreAsync(HubStore store, string tenant, IReadOnlyList<ImportedResource> resources)
    {
        var catalogs = new SearchCatalogs(ParameterCatalog.R4, SearchZone.China);
        await new IndexUpkeep(store, catalogs).LoadAsync(default); // indexed by the tenant's own parameters, too
        var writer = new Writer(store.Storage.Resources, store.Storage.Search, catalogs, TimeProvider.System);
        return await UpkeepRoutes.TellStoredAsync(
            [.. resources.Select(one => one.Json)], writer, Caller.Open with { Tenant = tenant }, default);
    }

    internal static async Task<int> RestoreAsync(HubOptions options, string file)
    {
        Console.WriteLine($"Restoring {file} into {options.Data}");
        return Told(await GuardedAsync(() => WithProgressAsync(async () =>
        {
            await SqliteStorage.RestoreAsync(file, options.Data, default);
            return UpkeepRoutes.Fine + options.Data;
        }, () => Directory.Exists(options.Data)
            ? Directory.EnumerateFiles(options.Data, "*.unfinished").Select(Size).FirstOrDefault() : null)));
    }

    static async Task<int> RunAsync(
        HubOptions options, string what, string route, string body, Func<HubStore, Task<string>> work,
        Func<string?>? progress = null)
    {
        Console.WriteLine(what);
        return Told(await GuardedAsync(() => WithProgressAsync(
            async () => await AskServerAsync(options.Data, route, Encoding.UTF8.GetBytes(body))
                ?? await OpenAsync(options, work),
            progress)));
    }

    /// <summary>
    /// The answer of the server that has the store open, also where it is that it cannot; null when none has.
    /// </summary>
    static async Task<string?> AskServerAsync(string folder, string route, ReadOnlyMemory<byte> body)
    {
        if (UpkeepKey.Find(folder) is not { } key)
        {
            return null;
        }

        using var handler = new SocketsHttpHandler { Expect100ContinueTimeout = LeaveMax };
        using var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.Authorization = new("Bearer", key.Secret);
        // A server that refuses a body closes while it is still being sent to, and then its answer may not be heard.
        client.DefaultRequestHeaders.ExpectContinue = true;
        try
        {
            using var content = new ReadOnlyMemoryContent(body);
            using var answer = await client.PostAsync(new Uri(key.Url + route), content);
            var text = await answer.Content.ReadAsStringAsync();
            return answer.IsSuccessStatusCode ? text
                // Another server may have the address by now, and knows nothing of this; then the store is free.
                : answer.StatusCode == HttpStatusCode.NotFound ? null
                : UpkeepRoutes.Refused
                    + $"The server at {key.Url}, which has the store open, answered {(int)answer.StatusCode}: {text}";
        }
        catch (HttpRequestException refused) when (refused.HttpRequestError == HttpRequestError.ConnectionError)
        {
            return null; // left behind by a server that was killed
        }
        catch (HttpRequestException broken)
        {
            return UpkeepRoutes.Refused + $"The server at {key.Url} broke off: {broken.Message}";
        }
    }

    static async Task<string> OpenAsync(HubOptions options, Func<HubStore, Task<string>> work)
    {
        if (!Directory.Exists(options.Data) || !Directory.EnumerateFileSystemEntries(options.Data).Any())
        {
            throw new StorageException($"There is no store in {options.Data}; name its folder with --data.");
        }

        await using var store = new HubStore();
        store.Open(options);
        return await work(store);
    }

    static async Task<string> GuardedAsync(Func<Task<string>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception refused) when (refused is StorageException or IOException or UnauthorizedAccessException)
        {
            return UpkeepRoutes.Refused + refused.Message;
        }
    }

    static async Task<string> WithProgressAsync(Func<Task<string>> work, Func<string?>? progress)
    {
        var watch = Stopwatch.StartNew();
        var answer = Task.Run(work);
        while (await Task.WhenAny(answer, Task.Delay(ProgressEvery)) != answer)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  {watch.Elapsed.TotalSeconds:0} s {progress?.Invoke()}"));
        }

        return await answer;
    }

    static string? Size(string file) => File.Exists(file)
        ? string.Create(CultureInfo.InvariantCulture, $"{new FileInfo(file).Length / 1e6:0.0} MB") : null;

    static int Told(string answer)
    {
        if (answer.StartsWith(UpkeepRoutes.Refused, StringComparison.Ordinal))
        {
            Console.Error.WriteLine(answer[UpkeepRoutes.Refused.Length..].TrimEnd());
            return ExitCode.Storage;
        }

        var isFine = answer.StartsWith(UpkeepRoutes.Fine, StringComparison.Ordinal);
        Console.WriteLine(
            $"Done: {answer[(isFine ? UpkeepRoutes.Fine : UpkeepRoutes.Found).Length..].TrimEnd()}");
        return isFine ? ExitCode.Done : ExitCode.ProblemsFound;
    }
}
