using System.Text.Json;
using FhirHub.Fhir.Documents;

namespace FhirHub.Host.Operations;

/// <summary>All profiles, tags and labels seen, each once; versions and times have no sum and are left out.</summary>
sealed class MetaUnion
{
    readonly SortedSet<string> _profiles = new(StringComparer.Ordinal);
    readonly SortedDictionary<string, JsonElement> _security = new(StringComparer.Ordinal);
    readonly SortedDictionary<string, JsonElement> _tags = new(StringComparer.Ordinal);

    /// <summary>Adds those of a stored resource, reading it no further than its meta.</summary>
    internal void Add(ReadOnlySpan<byte> resource)
    {
        var reader = new Utf8JsonReader(resource);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMeta = reader.ValueTextEquals("meta"u8);
            reader.Read();
            if (isMeta)
            {
                Add(JsonElement.ParseValue(ref reader));
                return;
            }

            reader.Skip();
        }
    }

    internal FhirDocument ToParameters()
    {
        if (_profiles.Count + _security.Count + _tags.Count == 0)
        {
            // FHIR has no way to write a meta that says nothing.
            return FhirBuilder.Create("Parameters").Build();
        }

        return OperationParameters.Answer("return", answer => answer.Set("valueMeta", meta =>
        {
            foreach (var profile in _profiles)
            {
                meta.Add("profile", profile);
            }

            AddAll(meta, "security", _security.Values);
            AddAll(meta, "tag", _tags.Values);
        }));
    }

    void Add(JsonElement meta)
    {
        if (meta.TryGetProperty("profile"u8, out var profiles))
        {
            _profiles.UnionWith(profiles.EnumerateArray().Select(p => p.GetString() ?? "").Where(p => p.Length > 0));
        }

        Add(meta, "security", _security);
        Add(meta, "tag", _tags);
    }

    static void Add(JsonElement meta, string name, SortedDictionary<string, JsonElement> seen)
    {
        if (meta.TryGetProperty(name, out var labels))
        {
            foreach (var label in labels.EnumerateArray())
            {
                seen.TryAdd($"{Text(label, "system")}|{Text(label, "code")}", label);
            }
        }
    }

    static void AddAll(FhirBuilder meta, string list, IEnumerable<JsonElement> labels)
    {
        foreach (var label in labels)
        {
            meta.Add(list, coding =>
            {
                foreach (var name in (string[])["system", "version", "code", "display"])
                {
                    if (Text(label, name) is { } text)
                    {
                        coding.Set(name, text);
                    }
                }
            });
        }
    }

    static string? Text(JsonElement label, string name) =>
        label.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
