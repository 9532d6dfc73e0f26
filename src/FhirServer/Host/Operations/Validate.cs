using FhirHub.Core.Model;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;
using FhirHub.Host.Http;

namespace FhirHub.Host.Operations;

/// <summary>
/// Validate, structure and formats for now: https://hl7.org/fhir/R4/resource-operation-validate.html
/// </summary>
static class Validate
{
    internal static void Map(IEndpointRouteBuilder fhir) => fhir.MapPost("/{type}/$validate", HandleAsync);

    static async Task HandleAsync(string type, HttpContext http)
    {
        if (!FhirSchema.R4.TryGetType(type, out var schema) || !schema.IsResource || schema.IsAbstract)
        {
            throw new FhirException(
                ProblemKind.NotFound, "not-supported", $"'{type}' is not a resource type of FHIR R4.");
        }

        if (http.Request.Query.ContainsKey("profile"))
        {
            throw new FhirException(
                ProblemKind.NotSupported,
                "not-supported",
                "Profiles are not checked yet; leave out 'profile' for structure and formats.");
        }

        var result = await FhirBody.ReadAsync(http);
        List<FhirIssue> issues = [.. result.Issues];
        // The operation's own wrapper may stand around the resource.
        var resource = result.Document?.Root;
        if (resource?.Type.Name == "Parameters" && type != "Parameters")
        {
            resource = resource.Value["parameter"]
                .FirstOrDefault(p => p.At("name").ValueEquals("resource"u8))
                .First("resource");
        }

        if (resource is { } found && (!found.Exists || found.Type.Name != type))
        {
            var expected = $"Expected a {type} to validate at /{type}/$validate.";
            issues.Add(new FhirIssue(IssueSeverity.Error, IssueType.Invalid, expected, null, 1, 1));
        }

        await FhirResult.WriteAsync(http, OutcomeHandler.Outcome(issues));
    }
}
