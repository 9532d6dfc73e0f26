using FhirHub.Core.Model;
using FhirHub.Core.Storage;
using FhirHub.Core.Validation;
using FhirHub.Fhir.Documents;
using FhirHub.Host.Http;
using FhirHub.Host.Interactions;

namespace FhirHub.Host.Operations;

/// <summary>Validate: https://hl7.org/fhir/R4/resource-operation-validate.html</summary>
static class Validate
{
    static readonly string[] Known = ["resource", "mode", "profile"];

    internal static void Map(IEndpointRouteBuilder fhir)
    {
        fhir.MapPost(
            "/{type}/$validate",
            (string type, HttpContext http, IResourceStore store, IResourceValidator validator, Caller caller) =>
                HandleAsync(type, null, http, store, validator, caller));
        fhir.MapPost("/{type}/{id}/$validate", HandleAsync);
    }

    static async Task HandleAsync(
        string type, string? id, HttpContext http, IResourceStore store, IResourceValidator validator, Caller caller)
    {
        // 1. What is asked.
        FhirRoutes.TypeOf(type);
        var parameters = await OperationParameters.ReadLenientAsync(http, Known);
        var profiles = parameters.All("profile").Select(p => p.Text).OfType<string>().ToList();
        var mode = Mode(parameters["mode"], id);

        // 2. What is there: an instance has to be, unless it is about to be created.
        var stored = id is null || mode == "create"
            ? null
            : await Read.FindAsync(type, id, null, store, caller, http.RequestAborted);

        // 3. What is sent, or without that what is stored; where it cannot be read, that is all there is to say.
        List<FhirIssue> issues = [.. parameters.Body?.Issues ?? []];
        var resource = Sent(type, parameters);
        if (resource.Exists)
        {
            issues.AddRange(Mismatches(resource, type, mode is "update" or null ? id : null));
        }
        else if (mode != "delete" && issues.Count == 0)
        {
            if (stored is not null)
            {
                var parsed = FhirDocument.ParseJson(stored.Json, ParseOptions.Strict);
                issues.AddRange(parsed.Issues);
                resource = parsed.Document is { } document ? document.Root : default;
            }
            else
            {
                issues.Add(Issue(
                    IssueType.Required, $"Send the {type} to validate, bare or as 'resource' of Parameters."));
            }
        }

        if (issues.Count > 0 || !resource.Exists)
        {
            await FhirResult.WriteAsync(http, OutcomeHandler.Outcome(issues));
            return;
        }

        // 4. What R4 and the profiles say.
        var report = await validator.ValidateAsync(
            new ValidationRequest(resource, caller)
            {
                Profiles = profiles,
                HasSource = stored is null && FhirFormat.OfBody(http.Request) == WireFormat.Json,
                ChecksReferences = true,
            },
            http.RequestAborted);
        await FhirResult.WriteAsync(http, OutcomeHandler.Outcome(report));
    }

    static string? Mode(string? mode, string? id) => mode switch
    {
        null or "create" or "update" or "profile" => mode,
        "delete" when id is not null => mode,
        "delete" => throw OperationParameters.Refused("Mode 'delete' is about one resource: use /Type/id/$validate."),
        _ => throw OperationParameters.Refused("'mode' takes create, update, delete or profile."),
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
