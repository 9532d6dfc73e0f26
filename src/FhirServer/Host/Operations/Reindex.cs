using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Fhir.Documents;
using FhirHub.Host.Http;
using FhirHub.Host.Indexing;
using FhirHub.Storage.Sql.Sqlite;

namespace FhirHub.Host.Operations;

/// <summary>
/// Makes the index of all resources or of one type anew while the server works, and says how far that is. An operation
/// of this server's own; FHIR has none for it (https://hl7.org/fhir/R4/operations.html).
/// </summary>
static class Reindex
{
    const string Walk = "walk";

    internal static void Map(IEndpointRouteBuilder fhir)
    {
        fhir.MapPost("/$reindex", BeginAllAsync);
        fhir.MapPost("/{type}/$reindex", BeginTypeAsync);
        fhir.MapGet("/$reindex", TellAsync);
    }

    static Task BeginAllAsync(HttpContext http, HubStore store, IndexUpkeep upkeep, Caller caller) =>
        BeginAsync(http, store, upkeep, caller, []);

    static Task BeginTypeAsync(string type, HttpContext http, HubStore store, IndexUpkeep upkeep, Caller caller) =>
        BeginAsync(http, store, upkeep, caller, [FhirRoutes.TypeOf(type).Name]);

    static async Task BeginAsync(
        HttpContext http, HubStore store, IndexUpkeep upkeep, Caller caller, IReadOnlyList<string> types)
    {
        Callers.RequireAll(caller);
        await OperationParameters.ReadAsync(http);
        var walk = await store.Storage.IndexWork.AddAsync(
            caller.Tenant, types, IndexWalkReason.Asked, IndexRules.Version, http.RequestAborted);
        upkeep.Wake();
        http.Response.StatusCode = StatusCodes.Status202Accepted;
        http.Response.Headers.ContentLocation = $"{FhirResult.BaseUrl(http)}/$reindex?{Walk}={walk.Id}";
        var answer = FhirBuilder.Create("Parameters");
        Add(answer, walk);
        await FhirResult.WriteAsync(http, answer.Build());
    }

    /// <summary>All walks that wait, run or ended lately, and the tenant's own parameters; or one walk.</summary>
    static async Task TellAsync(HttpContext http, HubStore store, IndexUpkeep upkeep, Caller caller)
    {
        Callers.RequireAll(caller);
        var asked = (await OperationParameters.ReadAsync(http, Walk)).Number(Walk);
        var walks = (await store.Storage.IndexWork.WalksAsync(http.RequestAborted))
            .Where(w => w.Tenant == caller.Tenant && (asked is null || w.Id == asked)).ToList();
        if (asked is not null && walks.Count == 0)
        {
            throw new FhirException(
                ProblemKind.NotFound, "not-found", $"There is no walk {asked}; it may have ended long ago.");
        }

        var answer = FhirBuilder.Create("Parameters");
        walks.ForEach(walk => Add(answer, walk));
        if (asked is null)
        {
            var (known, unusable) = await upkeep.StateAsync(caller.Tenant, http.RequestAborted);
            AddParameters(answer, known, unusable);
        }

        await FhirResult.WriteAsync(http, answer.Build());
    }

    static void Add(FhirBuilder answer, IndexWalk walk) => answer.Add("parameter", parameter =>
    {
        parameter.Set("name", Walk);
        Part(parameter, "id", p => p.Set("valueString", $"{walk.Id}"));
        Part(parameter, "state", p => p.Set(
            "valueCode", walk.Finished is not null ? "finished" : walk.Started is not null ? "running" : "waiting"));
        Part(parameter, "reason", p => p.Set(
            "valueCode", walk.Reason == IndexWalkReason.Parameters ? "search-parameters" : "asked"));
        foreach (var type in walk.Types)
        {
            Part(parameter, "type", p => p.Set("valueCode", type));
        }

        Part(parameter, "done", p => p.Set("valueInteger", (int)Math.Min(walk.Done, int.MaxValue)));
        Part(parameter, "total", p => p.Set("valueInteger", (int)Math.Min(walk.Total, int.MaxValue)));
        foreach (var (name, moment) in new[]
        {
            ("created", walk.Created), ("started", walk.Started), ("finished", walk.Finished),
        })
        {
            if (moment is { } at)
            {
                Part(parameter, name, p => p.Set("valueInstant", at));
            }
        }

        Part(parameter, "problems", p => p.Set("valueInteger", (int)Math.Min(walk.ProblemCount, int.MaxValue)));
        foreach (var problem in walk.Problems)
        {
            Part(parameter, "problem", p => p.Set("valueString", problem));
        }
    });

    static void AddParameters(
        FhirBuilder answer, IReadOnlyList<CustomParameter> known, IReadOnlyList<(string Id, Problem Problem)> unusable)
    {
        foreach (var one in known)
        {
            answer.Add("parameter", parameter =>
            {
                parameter.Set("name", "searchParameter");
                Part(parameter, "url", p => p.Set("valueUri", one.Url));
                Part(parameter, "resource", p => p.Set("valueString", $"{TenantDefinitions.Type}/{one.Resource}"));
                Part(parameter, "state", p => p.Set("valueCode", one.State switch
                {
                    CustomParameterState.Building => "building",
                    CustomParameterState.Complete => "complete",
                    _ => "removing",
                }));
                if (one.Walk is { } walk)
                {
                    Part(parameter, Walk, p => p.Set("valueString", $"{walk}"));
                }
            });
        }

        foreach (var (id, problem) in unusable)
        {
            answer.Add("parameter", parameter =>
            {
                parameter.Set("name", "searchParameter");
                Part(parameter, "resource", p => p.Set("valueString", $"{TenantDefinitions.Type}/{id}"));
                Part(parameter, "state", p => p.Set("valueCode", "unusable"));
                Part(parameter, "problem", p => p.Set("valueString", problem.Text));
            });
        }
    }

    static void Part(FhirBuilder parameter, string name, Action<FhirBuilder> value) =>
        parameter.Add("part", part => value(part.Set("name", name)));
}
