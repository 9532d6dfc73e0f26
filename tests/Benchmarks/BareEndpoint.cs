using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FhirHub.Benchmarks;

/// <summary>Kestrel, one route and bytes that are there already: as fast as ASP.NET answers on this machine.</summary>
static class BareEndpoint
{
    internal static async Task RunAsync(string url)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(url);
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        var body = Encoding.UTF8.GetBytes(ServerSamples.Observation(0));
        app.MapGet("/health/ready", static () => "ok");
        app.MapGet("/fhir/{type}/{id}", (RequestDelegate)(async http =>
        {
            http.Response.ContentType = "application/fhir+json; charset=utf-8";
            http.Response.ContentLength = body.Length;
            await http.Response.Body.WriteAsync(body, http.RequestAborted);
        }));
        await app.RunAsync();
    }
}
