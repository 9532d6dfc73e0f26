using FhirHub.Core.Model;
using FhirHub.Core.Storage;
using FhirHub.Core.Writes;
using FhirHub.Fhir.Documents;
using FhirHub.Host.Http;
using FhirHub.Host.Interactions;
using FhirHub.Host.Upkeep;
using FhirHub.Terminology;
using FhirHub.Terminology.Dictionaries;

namespace FhirHub.Host.Operations;

/// <summary>
/// The way of a code system, value set or concept map into force (草稿, 送审, 审核, 发布) and back; operations of this
/// server, described in docs/terminology.md.
/// </summary>
static class Publish
{
    static readonly string[] Known = ["by", "comment"];
    static readonly string[] OfDraft = ["version", .. Known];
    static readonly string[] OfReview = ["approved", .. Known];

    internal static void Map(IEndpointRouteBuilder fhir)
    {
        foreach (var type in Publishing.Types)
        {
            MapStep(fhir, type, "$draft", OfDraft, static (step, publishing, parameters) =>
                publishing.DraftAsync(step.Resource, parameters.Text("version"), step.Taken, step.Caller, step.Cancel));
            MapStep(fhir, type, "$review", OfReview, static (step, publishing, parameters) =>
                publishing.ReviewAsync(step.Resource, IsApproved(parameters), step.Taken, step.Caller, step.Cancel));
            MapStep(fhir, type, "$roll-back", Known, static (step, publishing, _) =>
                publishing.RollBackAsync(step.Resource, step.Taken, step.Caller, step.Cancel));
            fhir.MapPost($"/{type}/{{id}}/$submit", (
                string id, HttpContext http, IResourceStore store, Publishing publishing, HubTerminology terminology,
                Caller caller) => SubmitAsync(type, id, http, (store, publishing, terminology, caller)));
            fhir.MapPost($"/{type}/{{id}}/$publish", (
                string id, HttpContext http, IResourceStore store, Publishing publishing, UnmappedTables unmapped,
                UnmappedKeeper keeper, Caller caller) =>
                PublishAsync(type, id, http, (store, publishing, unmapped, keeper, caller)));
        }
    }

    static void MapStep(
        IEndpointRouteBuilder fhir, string type, string name, string[] known,
        Func<Step, Publishing, TerminologyParameters, ValueTask<WriteResult>> take) =>
        fhir.MapPost($"/{type}/{{id}}/{name}", async (
            string id, HttpContext http, IResourceStore store, Publishing publishing, Caller caller) =>
        {
            var parameters = await TerminologyParameters.ReadAsync(http, known);
            var step = await StepAsync(type, id, http, parameters, store, caller);
            await FhirResult.WriteAsync(http, await take(step, publishing, parameters));
        });

    /// <summary>A map is checked before anybody has to look at it.</summary>
    static async Task SubmitAsync(
        string type, string id, HttpContext http,
        (IResourceStore Store, Publishing Publishing, HubTerminology Terminology, Caller Caller) services)
    {
        var parameters = await TerminologyParameters.ReadAsync(http, Known);
        var step = await StepAsync(type, id, http, parameters, services.Store, services.Caller);
        if (type == "ConceptMap")
        {
            await services.Terminology.CheckMapAsync(Document(step.Resource), services.Caller, step.Cancel);
        }

        await FhirResult.WriteAsync(
            http, await services.Publishing.SubmitAsync(step.Resource, step.Taken, step.Caller, step.Cancel));
    }

    /// <summary>Codes that a published map knows do not wait to be mapped any more.</summary>
    static async Task PublishAsync(
        string type, string id, HttpContext http,
        (IResourceStore Store, Publishing Publishing, UnmappedTables Unmapped, UnmappedKeeper Keeper, Caller Caller)
            services)
    {
        var parameters = await TerminologyParameters.ReadAsync(http, Known);
        var step = await StepAsync(type, id, http, parameters, services.Store, services.Caller);
        var result = await services.Publishing.PublishAsync(step.Resource, step.Taken, step.Caller, step.Cancel);
        if (type == "ConceptMap")
        {
            // What was met a moment ago waits no longer, either.
            await services.Keeper.StoreAsync(CancellationToken.None);
            foreach (var group in Document(step.Resource).Root["group"])
            {
                var mapped = group["element"].Where(element => element["target"].Any())
                    .Select(element => element.First("code").Text).OfType<string>().ToHashSet(StringComparer.Ordinal);
                await services.Unmapped.ForgetAsync(
                    step.Caller.Tenant, group.First("source").Text ?? "", mapped, step.Cancel);
            }
        }

        await FhirResult.WriteAsync(http, result);
    }

    static async Task<Step> StepAsync(
        string type, string id, HttpContext http, TerminologyParameters parameters, IResourceStore store, Caller caller)
    {
        var cancel = http.RequestAborted;
        var resource = await Read.FindAsync(type, id, null, store, caller, cancel);
        var taken = new ReviewStep(parameters.Text("by"), parameters.Text("comment"));
        return new Step(resource, taken, caller, cancel);
    }

    static bool IsApproved(TerminologyParameters parameters) => parameters.Text("approved") is not null
        ? parameters.Flag("approved")
        : throw new FhirException(
            ProblemKind.Invalid, "required", "Say by 'approved' whether the version is right: true or false.");

    static FhirDocument Document(StoredResource resource) =>
        FhirDocument.ParseJson(resource.Json, ParseOptions.Lenient).OrThrow();

    /// <summary>A step that somebody takes with a resource.</summary>
    sealed record Step(StoredResource Resource, ReviewStep Taken, Caller Caller, CancellationToken Cancel);
}
