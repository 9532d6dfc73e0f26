using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.EndToEnd.Hub;
using FhirHub.Host;
using FhirHub.Host.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
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

    readonly string _folder;
    readonly string _address;
    readonly Task<int> _running;
    readonly IHostApplicationLifetime _lifetime;

    RuledHub(string folder, string address, Task<int> running, IHostApplicationLifetime lifetime) =>
        (_folder, _address, _running, _lifetime) = (folder, address, running, lifetime);

    internal static async Task<RuledHub> StartAsync(Func<string, AccessRule> rule, params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("fhirhub-e2e-").FullName;
        var line = CommandLine.Parse(["--urls", "http://127.0.0.1:0", "--data", folder, "--empty", .. arguments]);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            Args = line.Settings,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Logging.ClearProviders();
        var listening = new TaskCompletionSource<(string Address, IHostApplicationLifetime Lifetime)>();
        builder.Services.AddHostedService(services => new Started(
            services.GetRequiredService<IServer>(),
            services.GetRequiredService<IHostApplicationLifetime>(),
            listening));
        builder.Services.AddSingleton(new Callers
        {
            Identify = http => Caller.Open with { Name = http.Request.Headers[Header].ToString() },
            Access = caller => caller.Name == Operator ? AccessRule.Everything : rule(caller.Name),
        });
        var (options, problems) = HubOptions.Read(builder.Configuration);
        Assert.HasCount(0, problems);
        var running = Server.RunAsync(builder, options);
        if (await Task.WhenAny(running, listening.Task) == running)
        {
            Assert.Fail($"The server ended with {await running}.");
        }

        var (address, lifetime) = await listening.Task;
        var hub = new RuledHub(folder, address, running, lifetime);
        await hub.BeReadyAsync();
        return hub;
    }

    /// <summary>A client that calls under a name.</summary>
    internal FhirClient As(string caller) => new(new Uri($"{_address}/fhir/"), (Header, caller));

    public async ValueTask DisposeAsync()
    {
        _lifetime.StopApplication();
        await _running;
        Directory.Delete(_folder, recursive: true);
    }

    async Task BeReadyAsync()
    {
        // It listens before its store is open, and turns requests away until then.
        using var fhir = As(Operator);
        _ = await Patience.UntilAsync(
            async () =>
            {
                Assert.IsFalse(_running.IsCompleted, "The server has ended.");
                var answer = await fhir.GetAsync("metadata?_summary=true");
                return answer.Status == System.Net.HttpStatusCode.OK ? answer : null;
            },
            () => "a server that is ready");
    }

    /// <summary>Tells where the server listens, on the port that the system gave it, and how it is stopped.</summary>
    sealed class Started(
        IServer server,
        IHostApplicationLifetime own,
        TaskCompletionSource<(string Address, IHostApplicationLifetime Lifetime)> told)
        : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            own.ApplicationStarted.Register(() => told.TrySetResult(
                (server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single(), own)));
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
