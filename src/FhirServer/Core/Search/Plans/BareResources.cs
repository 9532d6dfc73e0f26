using System.Collections.Concurrent;
using System.Text;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;

namespace FhirHub.Core.Search;

/// <summary>
/// What <c>resolve()</c> gives during extraction: a resource of the type the reference tells, with nothing in it.
/// Search parameters only ask for the type, and a resource is indexed without reading the ones it points to.
/// </summary>
static class BareResources
{
    static readonly ConcurrentDictionary<string, FhirDocument> Known = new();

    internal static FhirNode Find(FhirNode node)
    {
        var tape = new Tape(node.Document);
        var name = ReferenceValues.TargetType(tape, node.Index, new ContainedTypes(tape));
        return !name.IsEmpty && FhirSchema.R4.TryGetResourceType(name, out var type) && !type.IsAbstract
            ? Known.GetOrAdd(type.Name, Make).Root
            : default;
    }

    static FhirDocument Make(string type) =>
        FhirDocument.ParseJson(
            Encoding.UTF8.GetBytes($$"""{"resourceType":"{{type}}"}"""), ParseOptions.Lenient).OrThrow();
}
