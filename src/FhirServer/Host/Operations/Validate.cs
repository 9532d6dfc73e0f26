using FhirHub.Core.Model;
using FhirHub.Core.Storage;
using FhirHub.Fhir.Documents;
using FhirHub.Host.Http;
using FhirHub.Host.Interactions;

namespace FhirHub.Host.Operations;

/// <summary>
/// Validate, structure and formats for now: https://hl7.org/fhir/R4/resource-operation-validate.html
/// </summary>
static class Validate
{
    static readonly string[] Known = ["resource", "mode", "profile"];

    internal static void Map(IEndpointRouteBuilder fhir)
    {
        fhir.MapPost("/{type}/$validate", (string type, HttpContext http, IResourceStore store, Caller caller) =>
            HandleAsync(type, null, http, store, caller));
        fhir.MapPost("/{type}/{id}/$validate", HandleAsync);
    }

    static async Task HandleAsync(string type, string? id, HttpContext http, IResourceStore store, Caller caller)
    {
        // 1. What is asked.
        FhirRoutes.TypeOf(type);
        var parameters = await OperationParameters.ReadLenientAsync(http, Known);
        if (parameters["profile"] is not null)
        {
            throw new FhirException(
                ProblemKind.NotSupported,
                "not-supported",
                "Profiles are not checked yet; leave out 'profile' for structure and formats.");
        }

        var mode = Mode(parameters["mode"], id);

        // 2. What is there: an instance has to be, unless it is about to be created.
        var stored = id is null || mode == "create"
            ? null
            : await Read.FindAsync(type, id, null, store, caller, http.RequestAborted);

        // 3. What is sent, or without that what is stored.
        List<FhirIssue> issues = [.. parameters.Body?.Issues ?? []];
        var resource = Sent(type, parameters);
        if (resource is { Exists: true } sent)
        {
            issues.AddRange(Mismatches(sent, type, mode is "update" or null ? id : null));
        }
        else if (mode != "delete" && issues.Count == 0)
        {
            issues.AddRange(stored is not null
                ? FhirDocument.ParseJson(stored.Json, ParseOptions.Strict).Issues
                : [Issue(IssueType.Required, $"Send the {type} to validate, bare or as 'resource' of Parameters.")]);
        }

        await FhirResult.WriteAsync(http, OutcomeHandler.Outcome(issues));
    }

    static string? Mode(string? mode, string? id) => mode switch
    {
        null or "create" or "update" => mode,
        "delete" when id is not null => mode,
        "delete" => throw OperationParameters.Refused("Mode 'delete' is about one resource: use /Type/id/$validate."),
        "profile" => throw new FhirException(
            ProblemKind.NotSupported, "not-supported", "Mode 'profile' has to wait: profiles are not checked yet."),
        _ => throw OperationParameters.Refused("'mode' takes create, update or delete."),
    };

    /// <summary>The resource in the operation's wrapper; at Parameters itself the body may be what is meant.</summary>
    static FhirNode Sent(string type, OperationParameters parameters) =>
        parameters.Resource("resource") is { Exists: true } wrapped ? wrapped
            : parameters.Bare is { } bare ? bare.Root
            : type == "Parameters" && parameters.Body?.Document is { } own ? own.Root
            : default;

    static IEnumerable<FhirIssue> Mismatches(FhirNode resource, string type, string? id)
    {
        if (resource.Type.Name != type)
        {
            yield return Issue(IssueType.Invalid, $"Expected a {type} at this address, found a {resource.Type.Name}.");
        }
        else if (id is not null && resource.First("id").Text != id)
        {
            yield return Issue(IssueType.Value, "The id of the resource and the id of its address differ.");
        }
    }

    static FhirIssue Issue(IssueType code, string text) => new(IssueSeverity.Error, code, text, null, 1, 1);
}
