using FhirHub.Core.Model;
using FhirHub.Fhir.Definitions;
using FhirHub.Host.Interactions;
using FhirHub.Host.Operations;

namespace FhirHub.Host.Http;

/// <summary>Every route of the server.</summary>
static class FhirRoutes
{
    internal const string Base = "/fhir";

    internal static void Map(IEndpointRouteBuilder app)
    {
        var fhir = app.MapGroup(Base);
        Capabilities.Map(fhir);
        Create.Map(fhir);
        Read.Map(fhir);
        Update.Map(fhir);
        Patch.Map(fhir);
        Delete.Map(fhir);
        History.Map(fhir);
        Search.Map(fhir);
        Validate.Map(fhir);
        Operations.Convert.Map(fhir);

        // Words of the protocol where a type or an id could stand: with a method they do not have, they are neither.
        foreach (var word in new[] { "/metadata", "/_history", "/{type}/_history", "/{type}/_search" })
        {
            fhir.Map(word, Unmatched);
        }

        app.MapFallback(Unmatched);
    }

    /// <summary>The resource type a path names; one that FHIR does not have is not found.</summary>
    internal static TypeSchema TypeOf(string type) =>
        FhirSchema.R4.TryGetType(type, out var schema) && schema.IsResource && !schema.IsAbstract
            ? schema
            : throw new FhirException(ProblemKind.NotFound, "not-supported", $"'{type}' is not a resource type of FHIR R4.");

    static void Unmatched(HttpContext http)
    {
        var path = http.Request.Path;
        var steps = path.Value?.Split('/', StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (steps is ["fhir", var type, ..] && type[0] is not ('$' or '_') && type != "metadata")
        {
            TypeOf(type);
        }

        var allowed = steps switch
        {
            ["fhir"] => (string?)"POST",
            ["fhir", "metadata"] or ["fhir", "_history"] or ["fhir", _, "_history"] => "GET, HEAD",
            ["fhir", _, "_search"] => "POST",
            ["fhir", var name] when name[0] != '$' => "GET, HEAD, POST, PUT, PATCH, DELETE",
            ["fhir", _, var id] when ResourceId.IsValid(id) => "GET, HEAD, PUT, PATCH, DELETE",
            ["fhir", _, _, "_history"] or ["fhir", _, _, "_history", _] => "GET, HEAD",
            _ => null,
        };
        if (allowed is null || allowed.Contains(http.Request.Method, StringComparison.Ordinal))
        {
            throw new FhirException(
                ProblemKind.NotFound, "not-found", $"Nothing is served at '{path}'. GET {Base}/metadata lists what is.");
        }

        // The exception clears the headers set so far; this one has to be there when the answer starts.
        http.Response.OnStarting(() =>
        {
            http.Response.Headers.Allow = allowed;
            return Task.CompletedTask;
        });
        throw new FhirException(
            ProblemKind.MethodNotAllowed, "not-supported", $"{http.Request.Method} is not possible here; {allowed} are.");
    }
}
