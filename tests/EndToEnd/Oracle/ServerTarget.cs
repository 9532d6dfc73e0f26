using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using FhirHub.EndToEnd.Hub;
using FhirHub.Stores.Oracle;

namespace FhirHub.EndToEnd.Oracle;

/// <summary>A whole server asked by HTTP, its pages followed by their links.</summary>
sealed class ServerTarget(FhirClient fhir) : OracleTarget
{
    /// <summary>More pages than any search of the data has: a link that leads in a circle ends there.</summary>
    const int PagesMax = 1000;

    int _asked;

    internal override DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    internal override string? Base => fhir.BaseUrl;

    internal override async Task<byte[]> PutAsync(string type, string id, string json)
    {
        var answer = await fhir.PutAsync($"{type}/{id}", json, ("Prefer", "return=representation"));
        Assert.IsTrue(answer.Status is HttpStatusCode.OK or HttpStatusCode.Created, $"{json}\n{answer.Text}");
        return answer.Bytes;
    }

    internal override async Task DeleteAsync(string type, string id) => await fhir.DeleteAsync($"{type}/{id}");

    /// <summary>By GET and by POST in turns, which must come to the same.</summary>
    internal override async Task<OracleAnswer> AskAsync(OracleQuery query)
    {
        var parameters = string.Join('&', query.Pairs.Append(KeyValuePair.Create("_total", "accurate"))
            .Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));
        var answer = _asked++ % 4 == 0 && query.Within is null
            ? await fhir.SendAsync(
                HttpMethod.Post,
                query.Type.Length == 0 ? "_search" : $"{query.Path}/_search",
                Encoding.UTF8.GetBytes(parameters),
                ("Content-Type", "application/x-www-form-urlencoded"))
            : await fhir.GetAsync($"{query.Path}?{parameters}", ("Prefer", "handling=strict"));
        var pages = new List<OraclePage>();
        long? total = null;
        while (true)
        {
            if ((int)answer.Status is >= 400 and < 500)
            {
                throw new OracleRefusal((answer.Json["issue"]?[0]?["diagnostics"] ?? answer.Text).ToString());
            }

            answer.Expect(HttpStatusCode.OK);
            total ??= answer.Json["total"] is { } number
                ? long.Parse(number.ToString(), CultureInfo.InvariantCulture)
                : null;
            pages.Add(new OraclePage([.. Keys(answer, "match")], Keys(answer, "include").ToHashSet()));
            if (answer.Link("next") is not { } next || pages.Count == PagesMax)
            {
                return new OracleAnswer(pages, total);
            }

            answer = await fhir.GetAsync(next);
        }
    }

    static IEnumerable<string> Keys(Answer answer, string mode) =>
        from entry in answer.Json["entry"] as JsonArray ?? []
        where entry?["search"]?["mode"]?.ToString() == mode
        select $"{entry["resource"]?["resourceType"]}/{entry["resource"]?["id"]}";
}
