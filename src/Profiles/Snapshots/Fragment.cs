using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FhirHub.Fhir.Documents;

namespace FhirHub.Profiles.Snapshots;

/// <summary>Values of an element definition that stand in no document yet, made as nodes of a small one.</summary>
static class Fragment
{
    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The discriminator every element called <c>extension</c> is sliced by.</summary>
    internal static IReadOnlyList<FhirNode> SlicedByUrl { get; } = Parse(
        """
        "slicing":{"discriminator":[{"type":"value","path":"url"}],"ordered":false,"rules":"open"}
        """);

    /// <summary>The slicing of a choice whose types are named one by one and are all there may be.</summary>
    internal static IReadOnlyList<FhirNode> SlicedByType { get; } = Parse(
        """
        "slicing":{"discriminator":[{"type":"type","path":"$this"}],"ordered":false,"rules":"closed"}
        """);

    /// <summary>The same where other types remain.</summary>
    internal static IReadOnlyList<FhirNode> SlicedByTypeOpen { get; } = Parse(
        """
        "slicing":{"discriminator":[{"type":"type","path":"$this"}],"ordered":false,"rules":"open"}
        """);

    /// <summary>A text element, such as <c>definition</c>.</summary>
    internal static IReadOnlyList<FhirNode> Text(string element, string text) =>
        Parse($"\"{element}\":{JsonSerializer.Serialize(text, Plain)}");

    static List<FhirNode> Parse(string member)
    {
        var json = "{\"resourceType\":\"StructureDefinition\",\"snapshot\":{\"element\":[{\"path\":\"x\","
            + member.Trim() + "}]}}";
        var made = FhirDocument.ParseJson(Encoding.UTF8.GetBytes(json), ParseOptions.Lenient).OrThrow();
        return [.. made.Root.At("snapshot.element").Children.Skip(1)];
    }
}
