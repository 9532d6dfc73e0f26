using System.Text.Json.Nodes;
using FhirHub.EndToEnd.Hub;
using static System.Net.HttpStatusCode;

namespace FhirHub.EndToEnd.Terminology;

/// <summary>Definitions of one test, under URLs of its own, and the questions asked about them.</summary>
sealed class Terms
{
    readonly string _tag = Sample.Tag();

    static FhirClient Fhir => SharedHub.Fhir;

    internal string System => $"urn:fhirhub:e2e:terms:{_tag}";

    /// <summary>The address of the code system, such as <c>CodeSystem/1</c>.</summary>
    internal string SystemAddress { get; private set; } = "";

    /// <summary>A body with parts, of which one only groups, one is inactive and one has names in two languages.</summary>
    internal static async Task<Terms> OfBodyAsync()
    {
        var terms = new Terms();
        terms.SystemAddress = await PutAsync("CodeSystem", $$"""
            {"resourceType":"CodeSystem","url":"{{terms.System}}","version":"3","name":"Body","status":"active",
             "caseSensitive":true,"content":"complete","hierarchyMeaning":"is-a",
             "property":[{"code":"count","type":"integer"},{"code":"inactive","type":"boolean"},
              {"code":"side","type":"Coding"},{"code":"notSelectable","type":"boolean"}],
             "concept":[{"code":"part","display":"Body part","property":[{"code":"notSelectable","valueBoolean":true}],
              "concept":[
               {"code":"heart","display":"Heart","definition":"The pump.","designation":[
                 {"language":"zh-CN","value":"心脏"},
                 {"language":"de","use":{"system":"http://example.org/use","code":"short"},"value":"Herz"}],
                "property":[{"code":"count","valueInteger":1},
                 {"code":"side","valueCoding":{"system":"http://example.org/side","code":"left"} }],
                "concept":[{"code":"valve","display":"Heart valve","property":[{"code":"count","valueInteger":4}]}]},
               {"code":"tail","display":"Tail","property":[{"code":"inactive","valueBoolean":true}]},
               {"code":"eye","display":"Eye","property":[{"code":"count","valueInteger":2}]}]}]}
            """);
        return terms;
    }

    /// <summary>Stores a value set of that composition and gives its URL.</summary>
    internal async Task<(string Url, string Address)> ComposeAsync(string compose, string name = "vs")
    {
        var url = $"{System}:{name}";
        return (url, await PutAsync("ValueSet", $$"""
            {"resourceType":"ValueSet","url":"{{url}}","version":"1","name":"Some","status":"draft","compose":{{compose}} }
            """));
    }

    internal static async Task<string> PutAsync(string type, string json) =>
        $"{type}/{(await Fhir.PostAsync(type, json)).Expect(Created).Id}";

    /// <summary>The answer of a GET as name and value of each parameter.</summary>
    internal static async Task<ILookup<string, JsonNode>> AskedAsync(string question) =>
        Parameters((await Fhir.GetAsync(question)).Expect(OK));

    internal static async Task<ILookup<string, JsonNode>> PostedAsync(string operation, params string[] parameters) =>
        Parameters((await Fhir.PostAsync(operation, Parameters(parameters))).Expect(OK));

    internal static string Parameters(params string[] parameters) =>
        $$"""{"resourceType":"Parameters","parameter":[{{string.Join(',', parameters)}}]}""";

    internal static string Parameter(string name, string type, string json) =>
        $$"""{"name":"{{name}}","{{type}}":{{json}}}""";

    internal static string Codes(Answer expansion) => string.Join(' ', Contains(expansion).Select(c => c["code"]));

    internal static IReadOnlyList<JsonNode> Contains(Answer expansion) =>
        [.. (expansion.Expect(OK).Json["expansion"]?["contains"] as JsonArray ?? []).OfType<JsonNode>()];

    internal static string? Text(JsonNode? parameter) => parameter?.AsObject()
        .FirstOrDefault(pair => pair.Key.StartsWith("value", StringComparison.Ordinal)).Value?.ToString();

    /// <summary>The value of a part of a parameter that has parts.</summary>
    internal static string? Part(JsonNode parameter, string name) => Text((parameter["part"] as JsonArray ?? [])
        .FirstOrDefault(part => part?["name"]?.ToString() == name));

    static ILookup<string, JsonNode> Parameters(Answer answer) => (answer.Json["parameter"] as JsonArray ?? [])
        .OfType<JsonNode>()
        .ToLookup(parameter => parameter["name"]?.ToString() ?? "");
}
