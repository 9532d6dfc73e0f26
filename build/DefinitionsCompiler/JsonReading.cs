using System.Text.Json;

namespace FhirHub.DefinitionsCompiler;

/// <summary>Short ways to read members that may be absent.</summary>
static class JsonReading
{
    internal static string? Text(this JsonElement element, string name) =>
        element.TryGetMember(name, out var value) ? value.GetString() : null;

    internal static IReadOnlyList<string> Texts(this JsonElement element, string name) =>
        [.. element.Items(name).Select(item => item.GetString() ?? "")];

    internal static bool Flag(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.GetBoolean();

    internal static int? Number(this JsonElement element, string name) =>
        element.TryGetMember(name, out var value) ? value.GetInt32() : null;

    internal static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.TryGetMember(name, out var value) ? value.EnumerateArray() : [];

    static bool TryGetMember(this JsonElement element, string name, out JsonElement value)
    {
        value = default;
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out value);
    }
}
