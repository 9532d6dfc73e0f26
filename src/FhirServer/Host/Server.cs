using System.Net.Sockets;
using FhirHub.Core.Search;
using FhirHub.Core.Terminology;
using FhirHub.Core.Validation;
using FhirHub.Core.Writes;
using FhirHub.Host.Http;
using FhirHub.Host.Indexing;
using FhirHub.Host.Jobs;
using FhirHub.Host.Monitoring;
using FhirHub.Host.Operations;
using FhirHub.Host.Upkeep;
using FhirHub.Profiles;
using FhirHub.Profiles.Library;
using FhirHub.Profiles.Packages;
using FhirHub.Profiles.Plans;
using FhirHub.Storage.Sql;
using FhirHub.Terminology;
using FhirHub.Terminology.Dictionaries;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FhirHub.Host;

/// <summary>The server from start to stop.</summary>
static class Server
{
    internal static async Task<int> RunAsync(WebApplicationBuilder builder, HubOptions options)
    {
        await using var store = new HubStore();
        Listener.Configure(builder, options);
        AddServices(builder, options, store);
        var app = builder.Build();
        Map(app, store);

        // 1. Listen: from here on, health can be asked about.
        try
        {
            await app.StartAsync();
        }
        catch (Exception refused) when (refused is IOException or SocketException)
        {
            Console.Error.WriteLine($"Hub:Url: {refused.Message}");
            return ExitCode.Network;
        }

        // 2. Open the store; 3. serve until told to stop; 4. let what is under way finish. The store closes last.
        try
        {
            store.Open(options);
            var indexing = app.Services.GetRequiredService<IndexWorker>();
            await indexing.CatchUpAsync(app.Lifetime.ApplicationStopping);
            await SampleRegion.LoadIntoNewAsync(app.Services, store, options, app.Lifetime.ApplicationStopping);
            await Validation.InstallFolderAsync(app.Services, app.Lifetime.ApplicationStopping);
            using var key = UpkeepKey.Publish(options.Data, app.Urls.First());
            app.Services.GetRequiredService<UpkeepRoutes>().Key = key;
            await app.Services.GetRequiredService<JobRunner>().StartAsync(
                app.Services.GetRequiredService<JobRecovery>(), app.Lifetime.ApplicationStopping);
            app.Services.GetRequiredService<UnmappedKeeper>().Begin();
            store.BeReady();
            indexing.Begin();
            app.Services.GetRequiredService<ValidationWarmUp>().Begin();
            Log.Listening(app.Logger, string.Join(", ", app.Urls), app.Urls.First());
            await app.WaitForShutdownAsync();
            Log.Stopped(app.Logger);
        }
        catch (Exception refused) when (refused is StorageException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(refused.Message);
            return ExitCode.Storage;
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            Log.Stopped(app.Logger); // told to stop while it was starting
        }
        finally
        {
            await app.DisposeAsync();
        }

        return ExitCode.Done;
    }

    static void AddServices(WebApplicationBuilder builder, HubOptions options, HubStore store)
    {
        var services = builder.Services;
        services.AddExceptionHandler<OutcomeHandler>();
        services.AddResponseCompression(compression =>
        {
            compression.MimeTypes = [FhirFormat.Json, FhirFormat.Xml];
            compression.Providers.Add<BrotliCompressionProvider>();
            compression.Providers.Add<GzipCompressionProvider>();
        });
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(store);
        services.AddSingleton(_ => store.Storage.Resources);
        services.AddSingleton(_ => store.Storage.Search);
        services.AddSingleton(new SearchCatalogs(ParameterCatalog.R4With(options.FullText), SearchZone.China));
        services.AddSingleton(SearchZone.China);
        services.AddSingleton<SearchParser>();
        services.AddSingleton<IndexUpkeep>();
        services.AddSingleton<IndexWorker>();
        services.AddHostedService(static provider => provider.GetRequiredService<IndexWorker>());
        services.AddSingleton(new PageLinks(options.Data));
        services.AddSingleton<TerminologyChanges>();
        services.AddSingleton(static provider => Validation.PackagesOf(provider.GetRequiredService<HubOptions>()));
        services.AddSingleton(static provider => Validation.Installer(
            provider.GetRequiredService<HubOptions>(), provider.GetRequiredService<PackageFolder>()));
        services.AddSingleton<DefinitionChanges>();
        services.AddSingleton(static provider =>
            new TerminologyOptions { Packaged = provider.GetRequiredService<PackageFolder>().Find });
        services.AddSingleton<UnmappedCodes>();
        services.AddSingleton<HubTerminology>();
        services.AddSingleton<ITerminology>(static provider => provider.GetRequiredService<HubTerminology>());
        services.AddSingleton<SearchTerminology>();
        services.AddSingleton<Conditions>();
        services.AddSingleton(new ProfileOptions());
        services.AddSingleton<ProfileChanges>();
        services.AddSingleton<StoredDefinitions>();
        services.AddSingleton(static provider => Validation.Sources(
            provider.GetRequiredService<StoredDefinitions>(), provider.GetRequiredService<PackageFolder>()));
        services.AddSingleton<ProfileValidator>();
        services.AddSingleton<IResourceValidator>(static provider => provider.GetRequiredService<ProfileValidator>());
        services.AddSingleton(static provider => new ValidationWarmUp(
            provider.GetRequiredService<HubOptions>(), provider.GetRequiredService<ProfileValidator>));
        services.AddHostedService(static provider => provider.GetRequiredService<ValidationWarmUp>());
        services.AddSingleton(static provider => Validation.Rules(
            provider.GetRequiredService<HubOptions>(),
            provider.GetRequiredService<IResourceValidator>(),
            provider.GetRequiredService<ProfileChanges>()));
        services.AddSingleton<RecordSearch>();
        services.AddSingleton<PlanApplier>();
        services.AddSingleton<RiskStandards>();
        services.AddSingleton<RiskEvaluator>();
        services.AddSingleton<MeasureMembers>();
        services.AddSingleton<MeasureEvaluator>();
        services.AddSingleton<Writer>();
        services.AddSingleton<Publishing>();
        services.AddSingleton<UnmappedTables>();
        services.AddSingleton<UnmappedKeeper>();
        services.AddSingleton<Transaction>();
        services.AddSingleton<Recall>();
        // Whose data a patient's is does not depend on a tenant's own parameters.
        services.AddSingleton(new SearchValueExtractor(
            ParameterCatalog.R4With(FullTextExtent.Off), SearchZone.China));
        services.AddSingleton<EverythingSource>();
        services.AddSingleton<CapabilityCache>();
        services.AddSingleton(static provider =>
            new RouteTable(provider.GetRequiredService<EndpointDataSource>().Endpoints));
        services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .WithOrigins(options.CorsOrigins)
            .AllowAnyHeader()
            .AllowAnyMethod()
            .WithExposedHeaders(
                "ETag", "Location", "Last-Modified", "Content-Location", "Retry-After", "X-Progress", "Expires",
                "Preference-Applied", "Warning", RequestIds.Header)));
        services.AddSingleton<JobFolder>();
        services.AddSingleton<JobQueue>();
        services.AddSingleton<JobRecovery>();
        services.AddSingleton<JobRunner>();
        services.AddSingleton<KickOff>();
        services.AddSingleton<MetricsPage>();
        services.AddSingleton<SlowSearches>();
        services.AddSingleton<UpkeepRoutes>();
        services.TryAddSingleton<Callers>(); // who identifies callers says so before
        // One per request: handlers ask for a Caller and get the one that the request was found to come from.
        services.AddScoped<RequestCaller>();
        services.AddScoped(static request => request.GetRequiredService<RequestCaller>().Caller);
    }

    /// <summary>The pipeline, in the order of a request.</summary>
    static void Map(WebApplication app, HubStore store)
    {
        app.Use(RequestIds.InvokeAsync);
        app.UseMiddleware<RequestTelemetry>();
        app.UseResponseCompression();
        app.UseExceptionHandler(static _ => { });
        app.UseCors();
        app.Use(next => http => RequestCaller.IdentifyAsync(http, store, next));
        app.Use(KickOff.InvokeAsync);
        FhirRoutes.Map(app);
        app.Services.GetRequiredService<JobRunner>().Map(app);
        Health.Map(app);
        app.Services.GetRequiredService<MetricsPage>().Map(app);
        app.Services.GetRequiredService<UpkeepRoutes>().Map(app);
    }
}
