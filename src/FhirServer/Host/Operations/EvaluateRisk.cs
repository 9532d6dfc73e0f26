using System.Globalization;
using FhirHub.Core.Model;
using FhirHub.Core.Storage;
using FhirHub.Core.Writes;
using FhirHub.Fhir.Documents;
using FhirHub.Host.Http;
using FhirHub.Host.Interactions;
using FhirHub.Profiles.Plans;

namespace FhirHub.Host.Operations;

/// <summary>
/// The risk of a pregnancy by a scoring standard: an operation of this server, defined in the guide and described in
/// docs/plans.md. It stores nothing unless it is told to.
/// </summary>
static class EvaluateRisk
{
    static readonly string[] Methods = ["GET", "HEAD", "POST"];
    static readonly string[] Known = ["standard", "region", "date", "assert", "parameters", "store"];

    internal static void Map(IEndpointRouteBuilder fhir) =>
        fhir.MapMethods("/EpisodeOfCare/{id}/$evaluate-risk", Methods, HandleAsync);

    static async Task HandleAsync(
        string id, HttpContext http, RiskEvaluator risks, IResourceStore store, Writer writer, Caller caller)
    {
        // 1. What is asked.
        var parameters = await OperationParameters.ReadAsync(http, Known);
        parameters.RefuseBare();
        var stores = parameters.Once("store") is not null && parameters.Flag("store");
        if (stores && !HttpMethods.IsPost(http.Request.Method))
        {
            throw OperationParameters.Refused("'store' writes, so the request is a POST.");
        }

        if (parameters.Once("region") is { } division)
        {
            Check(division, parameters.Once("standard"));
        }

        var episode = await Read.DocumentAsync("EpisodeOfCare", id, store, caller, http.RequestAborted);
        var request = new RiskRequest(episode, caller)
        {
            Standard = parameters.Once("standard"),
            Region = parameters.Once("region"),
            Day = Day(parameters.Once("date")),
            Asserted = [.. parameters.All("assert").Select(one => OperationParameters.Simple("assert", one.Text))],
            Told = Apply.Told(parameters),
        };

        // 2. What the standard says, stored where that is wanted.
        var result = await risks.EvaluateAsync(request, http.RequestAborted);
        var assessment = result.Assessment;
        if (stores)
        {
            var written = await writer.WriteAsync(new Write.Create(assessment), caller, http.RequestAborted);
            assessment = written.Resource is { } stored
                ? FhirDocument.ParseJson(stored.Json, ParseOptions.Lenient).OrThrow()
                : assessment;
        }

        await FhirResult.WriteJsonAsync(http, Answer(result, assessment).ToJson());
    }

    static void Check(string division, string? standard)
    {
        if (standard is not null)
        {
            throw OperationParameters.Refused("'region' chooses a standard and 'standard' names one; send one.");
        }

        if (division.Length is < 2 or > 12 || !division.All(char.IsAsciiDigit))
        {
            throw OperationParameters.Refused("'region' takes a division code of GB/T 2260, such as 330000 or 330106.");
        }
    }

    static DateOnly? Day(string? text) => text is null ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw OperationParameters.Refused("'date' takes a day such as 2026-03-04.");

    static FhirDocument Answer(RiskResult result, FhirDocument assessment)
    {
        var answer = FhirBuilder.Create("Parameters");
        foreach (var colour in result.Colours)
        {
            answer.Add("parameter", p =>
            {
                p.Set("name", "colour").Set("valueCoding.system", "urn:fhirhub:CodeSystem:pregnancy-risk-colour")
                    .Set("valueCoding.code", colour.Code);
                if (colour.Display is { } display)
                {
                    p.Set("valueCoding.display", display);
                }
            });
        }

        answer.Add("parameter", p => AddStandard(p.Set("name", "standard"), result));
        foreach (var item in result.Met)
        {
            answer.Add("parameter", p => AddItem(p.Set("name", "item"), item));
        }

        foreach (var item in result.Undecided)
        {
            answer.Add("parameter", p =>
            {
                p.Set("name", "undecided").Add("part", part => part.Set("name", "code").Set("valueCoding", item.Code));
                foreach (var missing in item.Missing)
                {
                    p.Add("part", part => part.Set("name", "missing").Set("valueCode", missing));
                }
            });
        }

        foreach (var item in result.ToAssert)
        {
            answer.Add("parameter", p => p.Set("name", "to-assert").Set("valueCoding", item.Code));
        }

        return answer.Add("parameter", p => p.Set("name", "assessment").Set("resource", assessment)).Build();
    }

    static void AddStandard(FhirBuilder parameter, RiskResult result)
    {
        parameter.Add("part", part => part.Set("name", "canonical").Set("valueCanonical", result.Canonical));
        if (result.Standard.Root.First("title").Text is { } title)
        {
            parameter.Add("part", part => part.Set("name", "title").Set("valueString", title));
        }

        if (result.Standard.Root.First("jurisdiction") is { Exists: true } jurisdiction)
        {
            parameter.Add(
                "part", part => part.Set("name", "jurisdiction").Set("valueCodeableConcept", jurisdiction));
        }
    }

    static void AddItem(FhirBuilder parameter, RiskItem item)
    {
        parameter.Add("part", part => part.Set("name", "code").Set("valueCoding", item.Code));
        if (item.Colour.Exists)
        {
            parameter.Add("part", part => part.Set("name", "colour").Set("valueCoding", item.Colour));
        }

        parameter.Add("part", part => part.Set("name", "origin").Set(
            "valueCode", item.IsAsserted ? "asserted" : "computed"));
        foreach (var source in item.Evidence)
        {
            parameter.Add("part", part => part.Set("name", "evidence").Set("valueReference.reference", source));
        }
    }
}
