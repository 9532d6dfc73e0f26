using FhirHub.Fhir.Definitions;
using FhirHub.Host;
using FhirHub.Host.Http;

var builder = WebApplication.CreateSlimBuilder(args);
var options = builder.Configuration.GetSection(HubOptions.Section).Get<HubOptions>() ?? new HubOptions();
if (options.Problems().ToList() is { Count: > 0 } problems)
{
    problems.ForEach(Console.Error.WriteLine);
    return 2;
}

builder.WebHost.UseUrls(options.Url);
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = false;
    kestrel.Limits.MaxRequestBodySize = options.BodyBytesMax;
});
// The framework logs every request with its query, where a search for a patient would show.
builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
builder.Services.AddExceptionHandler<OutcomeHandler>();
builder.Services.AddSingleton(options);
builder.Services.AddSingleton(TimeProvider.System);

var app = builder.Build();
_ = FhirSchema.R4; // loaded before the first request has to wait for it
app.UseExceptionHandler(static _ => { });
FhirRoutes.Map(app);
Log.Listening(app.Logger, options.Url);
await app.RunAsync();
return 0;
