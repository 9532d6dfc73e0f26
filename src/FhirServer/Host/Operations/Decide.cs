using FhirHub.Core.Model;
using FhirHub.Core.Storage;
using FhirHub.Core.Writes;
using FhirHub.Fhir.Documents;
using FhirHub.Host.Http;
using FhirHub.Host.Interactions;
using FhirHub.Terminology;
using FhirHub.Terminology.Dictionaries;

namespace FhirHub.Host.Operations;

/// <summary>
/// Confirms and refuses what local codes may mean, in the draft of a concept map; an operation of this server,
/// described in docs/terminology.md.
/// </summary>
static class Decide
{
    const int DecisionsMax = 1_000;

    /// <summary>Each attempt fails only because another request has changed the same map.</summary>
    const int AttemptsMax = 10;

    static readonly string[] Known = ["source", "target", "decision"];

    static readonly string[] Equivalences =
        ["relatedto", "equivalent", "equal", "wider", "subsumes", "narrower", "specializes", "inexact"];

    internal static void Map(IEndpointRouteBuilder fhir) =>
        fhir.MapPost("/ConceptMap/{id}/$decide", HandleAsync);

    static Task HandleAsync(
        string id, HttpContext http, HubTerminology terminology, Publishing publishing, IResourceStore store,
        Writer writer, Caller caller) => DecideAsync(id, http, (terminology, publishing, store, writer, caller));

    static async Task DecideAsync(
        string id, HttpContext http,
        (HubTerminology Terminology, Publishing Publishing, IResourceStore Store, Writer Writer, Caller Caller)
            services)
    {
        var (terminology, publishing, store, writer, caller) = services;
        var cancel = http.RequestAborted;
        var parameters = await TerminologyParameters.ReadAsync(http, Known);
        var decisions = parameters.Groups("decision").Select(Decision).ToList();
        if (decisions.Count is 0 or > DecisionsMax)
        {
            throw new FhirException(
                ProblemKind.Invalid, "required", $"Send 1 to {DecisionsMax:N0} parameters 'decision'.");
        }

        var systems = (parameters.Text("source"), parameters.Text("target"));
        var wanted = Precondition.Parse(http.Request.Headers.IfMatch, null);
        for (var attempt = 1; ; attempt++)
        {
            var stored = await Read.FindAsync("ConceptMap", id, null, store, caller, cancel);
            var map = FhirDocument.ParseJson(stored.Json, ParseOptions.Lenient).OrThrow();
            Publishing.RequireEditable(stored.Key, map);
            var changed = (await terminology.DecideAsync(map, systems, decisions, caller, cancel)).OrThrow();
            try
            {
                var precondition = new Precondition(wanted.IfMatch ?? stored.Version, false);
                await FhirResult.WriteAsync(http, await writer.WriteAsync(
                    new Write.Update(publishing.Begun(changed), stored.Key.Id, precondition), caller, cancel));
                return;
            }
            catch (FhirException lost) when (lost.Problem.Kind == ProblemKind.PreconditionFailed
                && wanted.IfMatch is null && attempt < AttemptsMax)
            {
                // Somebody else decided about other codes meanwhile: look again.
            }
        }
    }

    static MappingDecision Decision(FhirNode parameter)
    {
        var parts = parameter["part"].ToLookup(
            part => part.First("name").Text ?? "", part => part.First("value").Text);
        string? Text(string name) => parts[name].FirstOrDefault();
        if (parts.Select(part => part.Key).Except(["code", "action", "target", "equivalence", "comment"])
            .FirstOrDefault() is { } unknown)
        {
            throw OperationParameters.Refused(
                $"A decision has no part '{unknown}'; it has: code, action, target, equivalence, comment.");
        }

        var code = Text("code") ?? throw OperationParameters.Refused("A decision needs the local 'code' it is about.");
        var action = Text("action") switch
        {
            "confirm" => MappingAction.Confirm,
            "add" => MappingAction.Add,
            "refuse" => MappingAction.Refuse,
            "none" => MappingAction.None,
            "clear" => MappingAction.Clear,
            _ => throw OperationParameters.Refused("'action' takes confirm, add, refuse, none or clear."),
        };
        var needsTarget = action is MappingAction.Confirm or MappingAction.Add or MappingAction.Refuse;
        if (needsTarget != Text("target") is not null)
        {
            throw OperationParameters.Refused(
                $"To {Text("action")} '{code}' {(needsTarget ? "needs a" : "takes no")} 'target'.");
        }

        var equivalence = Text("equivalence") ?? "equivalent";
        return Equivalences.Contains(equivalence)
            ? new MappingDecision(code, action, Text("target"))
            {
                Equivalence = equivalence,
                Comment = Text("comment"),
            }
            : throw OperationParameters.Refused($"'equivalence' takes one of {string.Join(", ", Equivalences)}.");
    }
}
