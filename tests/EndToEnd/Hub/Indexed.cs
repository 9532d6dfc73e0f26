using System.Text.Json.Nodes;
using static System.Net.HttpStatusCode;

namespace FhirHub.EndToEnd.Hub;

/// <summary>Search parameters of a hub's own, which serve searches a while after they were stored.</summary>
static class Indexed
{
    /// <summary>Waits until every walk has ended and searches go by what it made; the state at that moment.</summary>
    internal static async Task<Answer> CompleteAsync(FhirClient fhir)
    {
        var last = "";
        return await Patience.UntilAsync(
            async () =>
            {
                var state = (await fhir.GetAsync("$reindex")).Expect(OK);
                last = state.Text;
                var parameters = Parameters(state, "searchParameter");
                if (Parameters(state, "walk").Exists(walk => Value(walk, "state") != "finished")
                    || parameters.Exists(parameter => Value(parameter, "state") != "complete"))
                {
                    return null;
                }

                // What the store says is complete is put in force behind that, and stated from then on.
                var stated = (await fhir.GetAsync("metadata")).Expect(OK).Text;
                return parameters.TrueForAll(p => stated.Contains($"\"{Value(p, "url")}\"", StringComparison.Ordinal))
                    ? state
                    : null;
            },
            () => last);
    }

    internal static List<JsonNode> Parameters(Answer answer, string name) =>
        [.. (answer.Json["parameter"] as JsonArray ?? []).OfType<JsonNode>().Where(p => p["name"]?.ToString() == name)];

    /// <summary>The value of a part, whatever its type.</summary>
    internal static string? Value(JsonNode parameter, string name) =>
        (parameter["part"] as JsonArray ?? []).FirstOrDefault(part => part?["name"]?.ToString() == name)?.AsObject()
            .FirstOrDefault(pair => pair.Key.StartsWith("value", StringComparison.Ordinal)).Value?.ToString();
}
