namespace FhirHub.Host;

/// <summary>What the listener accepts: limits on everything a client could hold or send without end.</summary>
static class Listener
{
    internal static void Configure(WebApplicationBuilder builder, HubOptions options)
    {
        builder.WebHost.UseUrls([.. options.Addresses]);
        if (options.Addresses.Any(a => a.StartsWith("https:", StringComparison.OrdinalIgnoreCase)))
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            var limits = kestrel.Limits;
            limits.MaxRequestBodySize = options.BodyBytesMax;
            // Each connection holds a few KB and a file handle; beyond this the machine would suffer, not the client.
            limits.MaxConcurrentConnections = options.ConnectionsMax;
            // A search may be long in its address, but a filter that long belongs in a POST to _search.
            limits.MaxRequestLineSize = 16 * 1024;
            limits.MaxRequestHeadersTotalSize = 32 * 1024;
            limits.MaxRequestHeaderCount = 64;
            // Headers are one packet or two; whoever takes longer is holding a connection, not sending a request.
            limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            // Between requests: longer than the minute after which clients and proxies usually drop a connection.
            limits.KeepAliveTimeout = TimeSpan.FromSeconds(130);
            // 1 KB/s after 5 s is slower than any modem; a body that trickles is cut with 408.
            limits.MinRequestBodyDataRate = new(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(5));
            limits.MinResponseDataRate = new(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(10));
        });
        builder.Services.Configure<HostOptions>(
            host => host.ShutdownTimeout = TimeSpan.FromSeconds(options.StopSeconds));
        // The framework logs every request with its query, where a search for a patient would show.
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        // A failed start is told in one line on standard error, not in thirty here.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        // Even its scope and its activity cost as much as a small read; RequestTelemetry has its own of both.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
    }
}
