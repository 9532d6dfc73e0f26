using FhirHub.Core.Model;
using FhirHub.Core.Storage;
using FhirHub.Fhir.Documents;
using FhirHub.Host.Http;
using FhirHub.Host.Interactions;
using FhirHub.Profiles.Library;
using FhirHub.Profiles.Plans;

namespace FhirHub.Host.Operations;

/// <summary>Apply a plan: https://hl7.org/fhir/R4/plandefinition-operation-apply.html</summary>
static class Apply
{
    static readonly string[] Methods = ["GET", "HEAD", "POST"];

    /// <summary>Beside those of R4: what the caller knows, and at the type's address which plan is meant.</summary>
    static readonly string[] OfInstance =
    [
        "subject", "encounter", "practitioner", "organization", "userType", "userLanguage", "userTaskContext",
        "setting", "settingContext", "parameters",
    ];

    static readonly string[] OfType = ["planDefinition", "url", .. OfInstance];

    /// <summary>What R4 has and no plan here depends on.</summary>
    static readonly string[] Unused = ["userType", "userLanguage", "userTaskContext", "setting", "settingContext"];

    internal static void Map(IEndpointRouteBuilder fhir)
    {
        fhir.MapMethods("/PlanDefinition/$apply", Methods, HandleTypeAsync);
        fhir.MapMethods("/PlanDefinition/{id}/$apply", Methods, HandleInstanceAsync);
    }

    static async Task HandleInstanceAsync(
        string id, HttpContext http, PlanApplier plans, IResourceStore store, Caller caller)
    {
        var parameters = await ReadAsync(http, OfInstance);
        parameters.RefuseBare();
        var plan = await Read.DocumentAsync("PlanDefinition", id, store, caller, http.RequestAborted);
        await WriteAsync(http, plan.Root, parameters, plans, caller);
    }

    static async Task HandleTypeAsync(HttpContext http, PlanApplier plans, ProfileSources definitions, Caller caller)
    {
        var parameters = await ReadAsync(http, OfType);
        var plan = await PlanAsync(parameters, definitions, caller, http.RequestAborted);
        await WriteAsync(http, plan, parameters, plans, caller);
    }

    /// <summary>The plan that was sent, or the one of a canonical URL, which may be in a package.</summary>
    static async Task<FhirNode> PlanAsync(
        OperationParameters parameters, ProfileSources definitions, Caller caller, CancellationToken cancel)
    {
        var sent = parameters.Resource("planDefinition") is { Exists: true } wrapped ? wrapped
            : parameters.Bare?.Root ?? default;
        if (sent.Exists && sent.Type.Name != "PlanDefinition")
        {
            throw OperationParameters.Refused($"'planDefinition' is a PlanDefinition, not a {sent.Type.Name}.");
        }

        var url = parameters.Once("url");
        if (sent.Exists == url is not null)
        {
            throw OperationParameters.Refused(
                "Say once which plan is meant: 'planDefinition', a resource in Parameters by POST, or 'url', its "
                    + "canonical URL.");
        }

        return sent.Exists ? sent
            : await definitions.FindAsync("PlanDefinition", url ?? "", caller, cancel) is { } found ? found.Root
            : throw new FhirException(
                ProblemKind.NotFound, "not-found", "'url': there is no PlanDefinition of that URL and version here.");
    }

    static async Task<OperationParameters> ReadAsync(HttpContext http, string[] known)
    {
        var parameters = await OperationParameters.ReadAsync(http, known);
        if (Array.Find(Unused, name => parameters.All(name).Any()) is { } unused && !QueryRule.IsLenient(http))
        {
            throw new FhirException(
                ProblemKind.NotSupported, "not-supported",
                $"'{unused}' changes no plan on this server; leave it out, or send Prefer: handling=lenient.");
        }

        return parameters;
    }

    static async Task WriteAsync(
        HttpContext http, FhirNode plan, OperationParameters parameters, PlanApplier plans, Caller caller)
    {
        if (parameters.All("subject").Count() > 1)
        {
            throw new FhirException(
                ProblemKind.NotSupported, "not-supported", "'subject': a plan is applied to one patient at a time.");
        }

        var care = await plans.ApplyAsync(
            new PlanRequest(plan, parameters.Needed("subject"), caller)
            {
                Encounter = parameters.Once("encounter"),
                Practitioner = parameters.Once("practitioner"),
                Organization = parameters.Once("organization"),
                Told = Told(parameters),
            },
            http.RequestAborted);
        await FhirResult.WriteJsonAsync(http, care.ToJson());
    }

    /// <summary>The Parameters resource with what the caller knows.</summary>
    internal static FhirNode Told(OperationParameters parameters)
    {
        if (!parameters.All("parameters").Any())
        {
            return default;
        }

        return parameters.Resource("parameters") is { Exists: true, Type.Name: "Parameters" } told
            ? told
            : throw OperationParameters.Refused(
                "'parameters' is a Parameters resource with what is known by name; send it as 'resource' in Parameters "
                    + "by POST.");
    }
}
