using System.Reflection;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;
using FhirHub.Terminology.ValueSets;

namespace FhirHub.Terminology.Content;

/// <summary>
/// The definitions that ship with the hub: those of R4 and HL7 terminology, and before them the resources embedded in
/// assemblies under names that begin with <c>terminology/</c> and end in <c>.json</c>.
/// </summary>
sealed class ShippedContent
{
    const string Folder = "terminology/";

    readonly Lazy<ILookup<(string Type, string Url), EmbeddedResource>> _embedded;

    internal ShippedContent(params Assembly[] assemblies) =>
        // Read at the first question, not at the start: the index of names is all that is kept.
        _embedded = new Lazy<ILookup<(string, string), EmbeddedResource>>(() => assemblies
            .SelectMany(assembly => Resources(assembly))
            .ToLookup(resource => (resource.Header.Type ?? "", resource.Header.Url ?? "")));

    internal FhirDocument? Find(string type, Canonical canonical)
    {
        var own = _embedded.Value[(type, canonical.Url)]
            .Where(resource => canonical.Version is null || resource.Header.Version == canonical.Version)
            .OrderBy(resource => resource.Header, Comparer<ResourceHeader>.Create(ResourceHeader.Compare))
            .LastOrDefault();
        if (own is not null)
        {
            return FhirDocument.ParseJson(own.Read(), ParseOptions.Lenient).OrThrow();
        }

        return DefinitionArchive.R4.TryGet(canonical.ToString(), out var document) && document.Type.Name == type
            ? document
            : null;
    }

    static IEnumerable<EmbeddedResource> Resources(Assembly assembly) =>
        from name in assembly.GetManifestResourceNames()
        where name.StartsWith(Folder, StringComparison.Ordinal) && name.EndsWith(".json", StringComparison.Ordinal)
        let place = new EmbeddedResource(assembly, name, new ResourceHeader(null, null, null, null))
        select place with { Header = ResourceHeader.Read(place.Read()) };

    sealed record EmbeddedResource(Assembly Assembly, string Name, ResourceHeader Header)
    {
        internal byte[] Read()
        {
            using var stream = Assembly.GetManifestResourceStream(Name)
                ?? throw new InvalidOperationException($"{Assembly.GetName().Name} holds no {Name}.");
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
    }
}
