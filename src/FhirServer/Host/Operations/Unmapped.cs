using FhirHub.Core.Model;
using FhirHub.Core.Terminology;
using FhirHub.Host.Http;
using FhirHub.Host.Upkeep;
using FhirHub.Terminology.Dictionaries;

namespace FhirHub.Host.Operations;

/// <summary>
/// Codes that were met and that no concept map translates, the most frequent first; an operation of this server,
/// described in docs/terminology.md.
/// </summary>
static class Unmapped
{
    const int CountMax = 1_000;

    static readonly string[] Known = ["system", "offset", "count"];

    internal static void Map(IEndpointRouteBuilder fhir) =>
        fhir.MapMethods("/ConceptMap/$unmapped", TerminologyParameters.Methods, HandleAsync);

    static async Task HandleAsync(
        HttpContext http, UnmappedTables tables, UnmappedKeeper keeper, UnmappedCodes waiting, Caller caller)
    {
        Callers.RequireAll(caller);
        var cancel = http.RequestAborted;
        var parameters = await TerminologyParameters.ReadAsync(http, Known);
        // So that what was met a moment ago is told, too; not to be broken off, for what is half stored counts twice.
        await keeper.StoreAsync(CancellationToken.None);
        var codes = await tables.AllAsync(caller.Tenant, parameters.Text("system"), cancel);
        using var answer = new ParametersWriter();
        answer.Add("total", codes.Count);
        if (waiting.LeftOut > 0)
        {
            answer.Add("leftOut", (int)Math.Min(waiting.LeftOut, int.MaxValue));
        }

        foreach (var code in codes.Skip(parameters.Number("offset") ?? 0)
            .Take(Math.Min(parameters.Number("count") ?? 100, CountMax)))
        {
            answer.Begin("code");
            answer.Add("coding", code.Coding, display: code.Display);
            answer.Add("met", (int)Math.Min(code.Count, int.MaxValue));
            answer.Add("last", "valueInstant", code.Last.ToString(
                "yyyy-MM-dd'T'HH:mm:ss.fffzzz", System.Globalization.CultureInfo.InvariantCulture));
            answer.EndParts();
        }

        await FhirResult.WriteJsonAsync(http, answer.End());
    }
}
