using System.Buffers;
using System.Text.Json;
using FhirHub.Fhir.Definitions;

namespace FhirHub.DefinitionsCompiler;

/// <summary>Gathers the definitional resources of the packages, without their narrative, into the archive.</summary>
sealed class ArchiveCompiler
{
    static readonly HashSet<string> Kept = new(StringComparer.Ordinal)
    {
        "StructureDefinition", "SearchParameter", "OperationDefinition", "CompartmentDefinition",
        "ValueSet", "CodeSystem", "ConceptMap", "NamingSystem",
    };

    readonly List<ArchiveItem> _items = [];

    internal void Add(PackageFile file)
    {
        var id = file.Resource.Text("id") ?? "";
        if (!Kept.Contains(file.ResourceType) || id.StartsWith("example", StringComparison.Ordinal))
        {
            return;
        }

        _items.Add(new ArchiveItem(
            file.ResourceType,
            id,
            file.Resource.Text("url"),
            file.Resource.Text("version"),
            WithoutNarrative(file.Resource)));
    }

    internal void Write(Stream stream) => ArchiveFile.Write(
        // Neighbours of one type compress best together.
        _items.OrderBy(i => i.Type, StringComparer.Ordinal).ThenBy(i => i.Id, StringComparer.Ordinal), stream);

    static byte[] WithoutNarrative(JsonElement resource)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions
        {
            // The engine reads this, not a browser: leave every character as it is.
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }))
        {
            writer.WriteStartObject();
            foreach (var member in resource.EnumerateObject().Where(m => m.Name != "text"))
            {
                member.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
