using FhirHub.Core.Model;
using FhirHub.Fhir.Definitions;
using FhirHub.Host.Interactions;
using FhirHub.Host.Jobs;
using FhirHub.Host.Operations;

namespace FhirHub.Host.Http;

/// <summary>Every route of the server.</summary>
static class FhirRoutes
{
    internal const string Base = "/fhir";

    /// <summary>What would otherwise be taken for a type or an id.</summary>
    static readonly string[] NeverTypes =
    [
        "/${operation}", "/{type}/${operation}", "/{type}/{id}/${operation}", "/metadata", "/metadata/{*below}",
        "/_history", "/{type}/_history", "/_search", "/{type}/_search",
        "/_async/{job}", "/_async/{job}/{part}",
    ];

    internal static void Map(IEndpointRouteBuilder app)
    {
        var fhir = app.MapGroup(Base);
        Capabilities.Map(fhir);
        Bundle.Map(fhir);
        Create.Map(fhir);
        Read.Map(fhir);
        Update.Map(fhir);
        Patch.Map(fhir);
        Delete.Map(fhir);
        History.Map(fhir);
        DeleteHistory.Map(fhir);
        Search.Map(fhir);
        Validate.Map(fhir);
        Operations.Convert.Map(fhir);
        Meta.Map(fhir);
        Everything.Map(fhir);
        Document.Map(fhir);
        Expunge.Map(fhir);
        Reindex.Map(fhir);
        Packages.Map(fhir);
        ProcessMessage.Map(fhir);
        Lookup.Map(fhir);
        ValidateCode.Map(fhir);
        Subsumes.Map(fhir);
        FindMatches.Map(fhir);
        Expand.Map(fhir);
        Translate.Map(fhir);
        Closure.Map(fhir);
        PreferredId.Map(fhir);
        Propose.Map(fhir);
        Decide.Map(fhir);
        Publish.Map(fhir);
        Compare.Map(fhir);
        Unmapped.Map(fhir);
        ImportCodes.Map(fhir);
        Apply.Map(fhir);
        EvaluateRisk.Map(fhir);
        EvaluateMeasure.Map(fhir);
        JobRoutes.Map(fhir);
        foreach (var pattern in NeverTypes)
        {
            fhir.Map(pattern, Unmatched.HandleAsync);
        }

        app.MapFallback("{*path}", Unmatched.HandleAsync);
    }

    /// <summary>The resource type a path names; one that FHIR does not have is not found.</summary>
    internal static TypeSchema TypeOf(string type) =>
        FhirSchema.R4.TryGetType(type, out var schema) && schema.IsResource && !schema.IsAbstract
            ? schema
            : throw new FhirException(
                ProblemKind.NotFound, "not-supported", $"'{type}' is not a resource type of FHIR R4.");
}
