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

    readonly List<(int Package, ArchiveItem Item)> _items = [];

    /// <summary>Adds a resource of the package with that number in <c>packages.tsv</c>.</summary>
    internal void Add(PackageFile file, int package)
    {
        var id = file.Resource.Text("id") ?? "";
        if (!Kept.Contains(file.ResourceType) || IsExample(id))
        {
            return;
        }

        var resource = file.Resource;
        _items.Add((package, new ArchiveItem(
            file.ResourceType, id, resource.Text("url"), resource.Text("version"), WithoutNarrative(resource))));
    }

    /// <summary>True of <c>example2</c> and <c>example-filter</c>, not of <c>examplescenario-…</c>.</summary>
    static bool IsExample(string id) => id.StartsWith("example", StringComparison.Ordinal)
        && (id.Length == "example".Length || !char.IsAsciiLetter(id["example".Length]));

    internal void Write(Stream stream) => ArchiveFile.Write(
        // Neighbours of one type compress best together; a later package comes later, as its definitions prevail.
        _items.OrderBy(i => i.Item.Type, StringComparer.Ordinal)
            .ThenBy(i => i.Package)
            .ThenBy(i => i.Item.Id, StringComparer.Ordinal)
            .Select(i => i.Item),
        stream);

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
