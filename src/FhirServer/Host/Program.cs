using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Writes;
using FhirHub.Fhir.Definitions;
using FhirHub.Host;
using FhirHub.Host.Http;
using FhirHub.Host.Operations;
using FhirHub.Storage.Sql;
using FhirHub.Storage.Sql.Sqlite;
using Microsoft.AspNetCore.ResponseCompression;

// 1. Configuration, converted once and checked before anything is opened.
var builder = WebApplication.CreateSlimBuilder(HubOptions.Arguments(args));
var options = builder.Configuration.GetSection(HubOptions.Section).Get<HubOptions>() ?? new HubOptions();
if (options.Problems().ToList() is { Count: > 0 } problems)
{
    problems.ForEach(Console.Error.WriteLine);
    return 2;
}

// 2. Storage.
SqliteStorage storage;
try
{
    storage = SqliteStorage.Open(new SqliteStorageOptions { Folder = options.Data, Progress = Console.WriteLine });
}
catch (StorageException refused)
{
    Console.Error.WriteLine(refused.Message);
    return 3;
}

// 3. Services.
builder.WebHost.UseUrls(options.Url);
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = false;
    kestrel.Limits.MaxRequestBodySize = options.BodyBytesMax;
});
// The framework logs every request with its query, where a search for a patient would show.
builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
builder.Services.AddExceptionHandler<OutcomeHandler>();
builder.Services.AddResponseCompression(compression =>
{
    compression.MimeTypes = [FhirFormat.Json, FhirFormat.Xml];
    compression.Providers.Add<BrotliCompressionProvider>();
    compression.Providers.Add<GzipCompressionProvider>();
});
builder.Services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
    .WithOrigins(options.CorsOrigins)
    .AllowAnyHeader()
    .AllowAnyMethod()
    .WithExposedHeaders("ETag", "Location", "Last-Modified", "Content-Location", RequestIds.Header)));
builder.Services.AddSingleton(options);
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton(storage.Resources);
builder.Services.AddSingleton(storage.Search);
builder.Services.AddSingleton(ParameterCatalog.R4);
builder.Services.AddSingleton(SearchZone.China);
builder.Services.AddSingleton<SearchValueExtractor>();
builder.Services.AddSingleton<SearchParser>();
builder.Services.AddSingleton<Writer>();
builder.Services.AddSingleton<EverythingSource>();
builder.Services.AddSingleton<CapabilityCache>();
builder.Services.AddSingleton(services => new RouteTable(services.GetRequiredService<EndpointDataSource>().Endpoints));
builder.Services.AddSingleton(Caller.Open);

// 4. The pipeline, in the order of a request.
var app = builder.Build();
_ = FhirSchema.R4; // loaded before the first request has to wait for it
app.Use(RequestIds.InvokeAsync);
app.UseResponseCompression();
app.UseExceptionHandler(static _ => { });
app.UseCors();
FhirRoutes.Map(app);

// 5. A new store shows something at the first GET.
await using (storage)
{
    var isNew = await storage.Resources.ChangesAsync(CommitPosition.Start, default).GetAsyncEnumerator().MoveNextAsync() is false;
    if (isNew && !options.Empty && SampleRegion.Folder() is { } samples)
    {
        var loaded = await SampleRegion.LoadAsync(samples, app.Services.GetRequiredService<Writer>(), default);
        Log.SamplesLoaded(app.Logger, loaded);
    }

    Log.Listening(app.Logger, options.Url);
    await app.RunAsync();
}

return 0;
