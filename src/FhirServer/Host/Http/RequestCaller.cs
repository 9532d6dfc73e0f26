using FhirHub.Core.Model;

namespace FhirHub.Host.Http;

/// <summary>
/// Who is calling and what they may see, found once per request before any handler runs; <see cref="Callers"/> says it.
/// </summary>
sealed class RequestCaller
{
    Caller? _caller;

    /// <summary>A handler that runs for nobody would be a way around authorisation, so it fails.</summary>
    internal Caller Caller => _caller ?? throw new InvalidOperationException("The request has no caller yet.");

    /// <summary>
    /// Makes requests of this scope come from that caller, who was found out before; what he may see is found anew.
    /// </summary>
    internal static void Be(IServiceProvider scope, Caller caller)
    {
        var access = scope.GetRequiredService<Callers>().Access(caller);
        scope.GetRequiredService<RequestCaller>()._caller =
            access == caller.Access ? caller : caller with { Access = access };
    }

    /// <summary>Turns requests away until the store is ready, and gives the others their caller.</summary>
    internal static Task IdentifyAsync(HttpContext http, HubStore store, RequestDelegate next)
    {
        // Routes are found whatever the case, addresses of FHIR are not: https://hl7.org/fhir/R4/http.html#general
        if (http.Request.Path.StartsWithSegments(FhirRoutes.Base, StringComparison.OrdinalIgnoreCase))
        {
            if (!http.Request.Path.StartsWithSegments(FhirRoutes.Base, StringComparison.Ordinal))
            {
                throw Unmatched.NothingAt(http.Request.Path);
            }

            if (!store.IsReady)
            {
                throw new FhirException(
                    ProblemKind.Unavailable,
                    "transient",
                    "The server is starting; /health/ready says when it is ready.");
            }

            var caller = http.RequestServices.GetRequiredService<Callers>().Identify(http);
            Be(http.RequestServices, caller with { BaseUrl = FhirResult.BaseUrl(http) });
        }

        return next(http);
    }
}
