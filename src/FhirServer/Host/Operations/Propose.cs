using System.Globalization;
using FhirHub.Core.Model;
using FhirHub.Core.Storage;
using FhirHub.Host.Http;
using FhirHub.Host.Interactions;
using FhirHub.Terminology;
using FhirHub.Terminology.Dictionaries;

namespace FhirHub.Host.Operations;

/// <summary>
/// What the codes that a concept map does not map yet may mean in the standard, by the likeness of names; an operation
/// of this server, described in docs/terminology.md.
/// </summary>
static class Propose
{
    const int CountMax = 500;
    const int CandidatesMax = 20;

    static readonly string[] Known =
        ["source", "target", "code", "offset", "count", "candidates", "least"];

    internal static void Map(IEndpointRouteBuilder fhir) =>
        fhir.MapMethods("/ConceptMap/{id}/$propose", TerminologyParameters.Methods, HandleAsync);

    static async Task HandleAsync(
        string id, HttpContext http, HubTerminology terminology, UnmappedTables unmapped, IResourceStore store,
        Caller caller)
    {
        Callers.RequireAll(caller); // what was met, and how often, is in everybody's data

        // 1. What is asked.
        var cancel = http.RequestAborted;
        var parameters = await TerminologyParameters.ReadAsync(http, Known);
        var request = Request(parameters);
        var map = await Read.DocumentAsync("ConceptMap", id, store, caller, cancel);

        // 2. The codes, those first that are met most often, with what they may mean.
        var met = await unmapped.AllAsync(
            caller.Tenant, request.Source ?? map.Root.At("group.source").Text, cancel);
        var answer = await terminology.ProposeAsync(map, request, met, caller, cancel);
        await FhirResult.WriteJsonAsync(http, Write(answer.OrThrow()));
    }

    static ProposalRequest Request(TerminologyParameters parameters) => new()
    {
        Source = parameters.Text("source"),
        Target = parameters.Text("target"),
        Code = parameters.Text("code"),
        Offset = parameters.Number("offset") ?? 0,
        Count = Math.Min(parameters.Number("count") ?? 50, CountMax),
        CandidatesMax = Math.Min(parameters.Number("candidates") ?? 5, CandidatesMax),
        Least = parameters.Text("least") is not { } least ? 0.3
            : double.TryParse(least, CultureInfo.InvariantCulture, out var score) && score is >= 0 and <= 1 ? score
            : throw OperationParameters.Refused("'least' takes a number from 0 to 1."),
    };

    static ReadOnlyMemory<byte> Write(ProposalPage page)
    {
        using var answer = new ParametersWriter();
        answer.Add("total", page.Total);
        foreach (var proposal in page.Proposals)
        {
            answer.Begin("proposal");
            answer.Add("code", "valueCode", proposal.Code);
            if (proposal.Display is { } display)
            {
                answer.Add("display", "valueString", display);
            }

            answer.Add("met", (int)Math.Min(proposal.Count, int.MaxValue));
            foreach (var candidate in proposal.Candidates)
            {
                Write(answer, candidate);
            }

            answer.EndParts();
        }

        return answer.End();
    }

    static void Write(ParametersWriter answer, MappingCandidate candidate)
    {
        answer.Begin("candidate");
        answer.Add("code", "valueCode", candidate.Code);
        if (candidate.Display is { } display)
        {
            answer.Add("display", "valueString", display);
        }

        answer.Add("score", (decimal)candidate.Score);
        answer.Add("reason", "valueCode", candidate.Reason switch
        {
            MappingReason.SameName => "same-name",
            MappingReason.Characters => "characters",
            MappingReason.Sound => "pinyin",
            _ => "initials",
        });
        if (candidate.Difference is { } difference)
        {
            answer.Add("difference", "valueString", difference);
        }

        if (candidate.IsInactive)
        {
            answer.Add("inactive", true);
        }

        answer.EndParts();
    }
}
