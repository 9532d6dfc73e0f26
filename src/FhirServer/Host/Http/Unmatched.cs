using FhirHub.Core.Model;
using Microsoft.Net.Http.Headers;

namespace FhirHub.Host.Http;

/// <summary>
/// Answers what no route does: <c>OPTIONS</c>, and everything that is not served, with what is instead
/// (https://hl7.org/fhir/R4/http.html#Status-Codes).
/// </summary>
static class Unmatched
{
    internal static Task HandleAsync(HttpContext http, RouteTable routes)
    {
        var path = http.Request.Path;
        var steps = path.Value?.Split('/', StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (steps is not ["fhir", .. var below])
        {
            throw NothingAt(path);
        }

        var methods = routes.Methods(below);
        if (methods.Count == 0)
        {
            if (below is [var type, ..] && type[0] is not ('$' or '_') && type != "metadata")
            {
                FhirRoutes.TypeOf(type);
            }

            throw below is [.., ['$', ..] operation]
                ? NoOperation(operation, routes.Operations(below))
                : NothingAt(path);
        }

        var allowed = string.Join(", ", methods.Append("OPTIONS"));
        // An error starts the answer's headers anew, so this one is set when it begins.
        http.Response.OnStarting(() =>
        {
            http.Response.Headers[HeaderNames.Allow] = allowed;
            return Task.CompletedTask;
        });
        if (HttpMethods.IsOptions(http.Request.Method))
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }

        throw new FhirException(
            ProblemKind.MethodNotAllowed,
            "not-supported",
            $"{http.Request.Method} is not possible here; {allowed} are.");
    }

    static FhirException NoOperation(string name, IReadOnlyList<string> operations) => new(
        ProblemKind.NotFound,
        "not-supported",
        operations.Count == 0
            ? $"There is no operation '{name}', nor any other, here."
            : $"There is no operation '{name}' here; there are: {string.Join(", ", operations)}.");

    internal static FhirException NothingAt(PathString path) => new(
        ProblemKind.NotFound,
        "not-found",
        $"Nothing is served at '{path}'. GET {FhirRoutes.Base}/metadata lists what is.");
}
