using System.Text.Json;
using FhirHub.Fhir.Documents;

namespace FhirHub.Stores.Oracle;

/// <summary>A current resource as the store gave it back, parsed both ways.</summary>
sealed class OracleResource
{
    internal OracleResource(byte[] json)
    {
        Document = FhirDocument.ParseJson(json, ParseOptions.Lenient).OrThrow();
        using var parsed = JsonDocument.Parse(json);
        Json = parsed.RootElement.Clone();
        Type = Document.Type.Name;
        Id = Element.Get(Json, "id") ?? "";
    }

    internal string Type { get; }

    internal string Id { get; }

    internal string Key => $"{Type}/{Id}";

    internal JsonElement Json { get; }

    internal FhirDocument Document { get; }

    /// <summary>What parameters give for it; the expressions are slow and the data does not change.</summary>
    internal Dictionary<string, IReadOnlyList<Element>> Elements { get; } = new(StringComparer.Ordinal);

    /// <summary>The words of its narrative, text by text, once they were read.</summary>
    internal List<List<OracleWord>>? NarrativeWords { get; set; }

    /// <summary>Those of all its texts.</summary>
    internal List<List<OracleWord>>? ContentWords { get; set; }

    /// <summary>Whether it stands inside another.</summary>
    internal bool IsContained { get; init; }

    /// <summary>The resources inside it, by their id.</summary>
    internal Dictionary<string, OracleResource> Contained { get; } = new(StringComparer.Ordinal);

    public override string ToString() => Key;
}
