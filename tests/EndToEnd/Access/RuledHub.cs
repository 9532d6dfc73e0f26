using System.Diagnostics;
using System.Net;
using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.EndToEnd.Hub;
using FhirHub.Host;
using FhirHub.Host.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FhirHub.EndToEnd.Access;

/// <summary>
/// The server in this process, where a header says who calls and the test what they may see. This is the place in which
/// authorisation comes in later.
/// </summary>
sealed class RuledHub : IAsyncDisposable
{
    internal const string Operator = "operator";

    const string Header = "X-Test-Caller";
    const int ReadySecondsMax = 60;

    readonly string _folder;
    readonly string _address;
    readonly Task<int> _running;
    readonly TaskCompletionSource<IHostApplicationLifetime> _lifetime;

    RuledHub(
        string folder, string address, Task<int> running, TaskCompletionSource<IHostApplicationLifetime> lifetime) =>
        (_folder, _address, _running, _lifetime) = (folder, address, running, lifetime);

    internal static async Task<RuledHub> StartAsync(Func<string, AccessRule> rule, params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("fhirhub-e2e-").FullName;
        var address = $"http://127.0.0.1:{HubProcess.FreePort()}";
        var line = CommandLine.Parse(["--urls", address, "--data", folder, "--empty", .. arguments]);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            Args = line.Settings,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Logging.ClearProviders();
        var lifetime = new TaskCompletionSource<IHostApplicationLifetime>();
        builder.Services.AddHostedService(services =>
            new Started(services.GetRequiredService<IHostApplicationLifetime>(), lifetime));
        builder.Services.AddSingleton(new Callers
        {
            Identify = http => Caller.Open with { Name = http.Request.Headers[Header].ToString() },
            Access = caller => caller.Name == Operator ? AccessRule.Everything : rule(caller.Name),
        });
        var (options, problems) = HubOptions.Read(builder.Configuration);
        Assert.HasCount(0, problems);
        var hub = new RuledHub(folder, address, Server.RunAsync(builder, options), lifetime);
        await hub.BeReadyAsync();
        return hub;
    }

    /// <summary>A client that calls under a name.</summary>
    internal FhirClient As(string caller) => new(new Uri($"{_address}/fhir/"), (Header, caller));

    public async ValueTask DisposeAsync()
    {
        (await _lifetime.Task).StopApplication();
        await _running;
        Directory.Delete(_folder, recursive: true);
    }

    async Task BeReadyAsync()
    {
        using var fhir = As(Operator);
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed.TotalSeconds < ReadySecondsMax && !_running.IsCompleted)
        {
            try
            {
                if ((await fhir.GetAsync("metadata?_summary=true")).Status == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(20);
        }

        Assert.Fail("The server did not become ready.");
    }

    /// <summary>Tells how the server is stopped.</summary>
    sealed class Started(IHostApplicationLifetime own, TaskCompletionSource<IHostApplicationLifetime> told)
        : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            told.TrySetResult(own);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
