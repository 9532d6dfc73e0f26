using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;
using FhirHub.Core.Writes;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;
using FhirHub.Host.Http;
using FhirHub.Host.Interactions;
using FhirHub.Host.Jobs;

namespace FhirHub.Host.Operations;

/// <summary>
/// The profiles, tags and security labels of a resource, a type or everything, and changes to a resource's:
/// https://hl7.org/fhir/R4/resource-operation-meta.html
/// </summary>
static class Meta
{
    static readonly string[] Parameters = ["_profile", "_security", "_tag"];

    /// <summary>Each attempt fails only because another write succeeded.</summary>
    const int AttemptsMax = 10;

    static readonly string[] Methods = ["GET", "HEAD", "POST"];

    internal static void Map(IEndpointRouteBuilder fhir)
    {
        fhir.MapMethods("/$meta", Methods, HandleSystemAsync);
        fhir.MapMethods("/{type}/$meta", Methods, HandleTypeAsync);
        fhir.MapMethods("/{type}/{id}/$meta", Methods, HandleInstanceAsync);
        fhir.MapPost("/{type}/{id}/$meta-add", HandleAddAsync);
        fhir.MapPost("/{type}/{id}/$meta-delete", HandleDeleteAsync);
    }

    static Task HandleAddAsync(
        string type, string id, HttpContext http, IResourceStore store, Writer writer, Caller caller) =>
        ChangeAsync(new ResourceKey(caller.Tenant, type, id), MetaChange.Add, http, store, writer, caller);

    static Task HandleDeleteAsync(
        string type, string id, HttpContext http, IResourceStore store, Writer writer, Caller caller) =>
        ChangeAsync(new ResourceKey(caller.Tenant, type, id), MetaChange.Delete, http, store, writer, caller);

    static async Task HandleInstanceAsync(string type, string id, HttpContext http, IResourceStore store, Caller caller)
    {
        await OperationParameters.ReadAsync(http);
        await AnswerAsync(http, await Read.FindAsync(type, id, null, store, caller, http.RequestAborted));
    }

    static async Task HandleTypeAsync(string type, HttpContext http, ISearchIndex index, Caller caller)
    {
        await OperationParameters.ReadAsync(http);
        var found = new MetaUnion();
        await CollectAsync(FhirRoutes.TypeOf(type), found, index, http, caller);
        await FhirResult.WriteAsync(http, found.ToParameters());
    }

    static async Task HandleSystemAsync(HttpContext http, ISearchIndex index, Caller caller)
    {
        await OperationParameters.ReadAsync(http);
        var found = new MetaUnion();
        foreach (var type in FhirSchema.R4.ResourceTypes)
        {
            await CollectAsync(type, found, index, http, caller);
        }

        await FhirResult.WriteAsync(http, found.ToParameters());
    }

    /// <summary>Adds those of a type: a resource of each that the index knows tells how it is written.</summary>
    static async Task CollectAsync(
        TypeSchema type, MetaUnion found, ISearchIndex index, HttpContext http, Caller caller)
    {
        var cancel = http.RequestAborted;
        var query = new SearchQuery
        {
            Tenant = caller.Tenant,
            Type = type.Name,
            Expression = new SearchExpression.And([]),
            Count = 0,
            Access = caller.Access,
            IsUnhurried = JobRun.Has(http),
        };
        foreach (var code in Parameters)
        {
            if (ParameterCatalog.R4.TryGet(type.Name, code, out var parameter))
            {
                var areTokens = parameter.Type == SearchParameterType.Token;
                foreach (var example in await index.ExamplesAsync(query, parameter.Url, areTokens, cancel))
                {
                    found.Add(example.Json.Span);
                }
            }
        }
    }

    static async Task ChangeAsync(
        ResourceKey key, MetaChange change, HttpContext http, IResourceStore store, Writer writer, Caller caller)
    {
        var cancel = http.RequestAborted;
        var parameters = await OperationParameters.ReadAsync(http, "meta");
        var meta = parameters.Value("meta");
        if (!meta.Exists || meta.Type.Name != "Meta")
        {
            throw new FhirException(
                ProblemKind.Invalid, "required", "Send Parameters with a 'meta' whose valueMeta says what to change.");
        }

        for (var attempt = 1; ; attempt++)
        {
            var current = await Read.FindAsync(key.Type, key.Id, null, store, caller, cancel);
            var changed = change.Apply(FhirDocument.ParseJson(current.Json), meta);
            if (changed is null)
            {
                await AnswerAsync(http, current);
                return;
            }

            try
            {
                var write = new Write.Update(changed, key.Id, new Precondition(current.Version, false));
                var result = await writer.WriteAsync(write, caller, cancel);
                WriteWarnings.Tell(http, result.Warnings);
                await AnswerAsync(http, result.Resource ?? current);
                return;
            }
            catch (FhirException lost)
                when (lost.Problem.Kind == ProblemKind.PreconditionFailed && attempt < AttemptsMax)
            {
                // Another write came first; look again at what is there now.
            }
        }
    }

    static Task AnswerAsync(HttpContext http, StoredResource resource)
    {
        FhirResult.SetVersion(http.Response, resource);
        var meta = FhirDocument.ParseJson(resource.Json).Root.First("meta");
        return FhirResult.WriteAsync(http, OperationParameters.Answer("return", p => p.Set("valueMeta", meta)));
    }
}
