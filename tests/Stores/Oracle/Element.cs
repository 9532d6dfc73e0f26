using System.Text.Json;
using FhirHub.Fhir.FhirPath;

namespace FhirHub.Stores.Oracle;

/// <summary>One value a search parameter's expression gives: its type, its JSON and the node it came from.</summary>
sealed record Element(string Type, JsonElement Json, FhirPathValue Value, string? BoundTo = null)
{
    /// <summary>A primitive's value as it was written; null for anything else.</summary>
    internal string? Text => Json.ValueKind switch
    {
        JsonValueKind.String => Json.GetString(),
        JsonValueKind.Number => Json.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    /// <summary>Whether a resource stands here, as in the first entry of a document.</summary>
    internal bool IsResource => Get("resourceType") is not null;

    /// <summary>A string of the object below; null when there is none.</summary>
    internal string? Get(string name) => Get(Json, name);

    internal static string? Get(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var found)
            ? found.ValueKind switch
            {
                JsonValueKind.String => found.GetString(),
                JsonValueKind.Number => found.GetRawText(),
                _ => null,
            }
            : null;

    internal static JsonElement? Child(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var found) ? found : null;

    /// <summary>The items of an array below, or the one object that stands there.</summary>
    internal static IEnumerable<JsonElement> Items(JsonElement json, string name) =>
        Child(json, name) is not { } found ? []
        : found.ValueKind == JsonValueKind.Array ? found.EnumerateArray() : [found];
}
