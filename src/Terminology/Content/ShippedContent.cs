using System.Reflection;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;
using FhirHub.Terminology.ValueSets;

namespace FhirHub.Terminology.Content;

/// <summary>
/// The definitions that ship with the hub: those of R4 and HL7 terminology, and before them the resources embedded in
/// assemblies under names that begin with <c>terminology/</c>: one in a file, or one in each line of <c>.ndjson</c>.
/// </summary>
sealed class ShippedContent
{
    const string Folder = "terminology/";
    const string Lines = ".ndjson";

    readonly Lazy<ILookup<(string Type, string Url), EmbeddedResource>> _embedded;
    readonly Lazy<(ILookup<string, string> BySource, ILookup<string, string> ByTarget)> _maps;
    readonly Lazy<IReadOnlyList<CodeSystemSummary>> _systems;
    readonly Lazy<ILookup<string, FhirDocument>> _names;

    internal ShippedContent(params Assembly[] assemblies)
    {
        // Read at the first question, not at the start: the index of names is all that is kept.
        _embedded = new Lazy<ILookup<(string, string), EmbeddedResource>>(() => assemblies
            .SelectMany(assembly => Resources(assembly))
            .ToLookup(resource => (resource.Header.Type ?? "", resource.Header.Url ?? "")));
        _maps = new Lazy<(ILookup<string, string>, ILookup<string, string>)>(Maps);
        _names = new Lazy<ILookup<string, FhirDocument>>(() => All("NamingSystem")
            .SelectMany(name => name.Root["uniqueId"], (name, id) => (name, Value: id.First("value").Text ?? ""))
            .ToLookup(pair => pair.Value, pair => pair.name));
        _systems = new Lazy<IReadOnlyList<CodeSystemSummary>>(
            () => [.. All("CodeSystem").Select(one => CodeSystemSummary.Of(one.Root))]);
    }

    /// <summary>What installed packages have, by type and canonical URL; it comes before what ships.</summary>
    internal Func<string, string, FhirDocument?> Packaged { get; init; } = static (_, _) => null;

    internal FhirDocument? Find(string type, Canonical canonical)
    {
        if (Packaged(type, canonical.ToString()) is { } packaged)
        {
            return packaged;
        }

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

    /// <summary>The concept maps that translate from a system, or into it backwards.</summary>
    internal IEnumerable<string> Maps(string system, bool isReverse) =>
        (isReverse ? _maps.Value.ByTarget : _maps.Value.BySource)[system];

    /// <summary>The naming systems, by each of their identifiers.</summary>
    internal IEnumerable<FhirDocument> NamingSystems(string identifier) => _names.Value[identifier];

    /// <summary>What there is of code systems: URL, version and how much of the content.</summary>
    internal IReadOnlyList<CodeSystemSummary> CodeSystems => _systems.Value;

    IEnumerable<FhirDocument> All(string type) => _embedded.Value
        .Where(group => group.Key.Type == type)
        .SelectMany(group => group.Select(one => FhirDocument.ParseJson(one.Read(), ParseOptions.Lenient).OrThrow()))
        .Concat(DefinitionArchive.R4.ReadAll(type));

    (ILookup<string, string> BySource, ILookup<string, string> ByTarget) Maps()
    {
        var ends = new List<(string Url, string? Source, string? Target)>();
        foreach (var map in All("ConceptMap"))
        {
            foreach (var group in map.Root["group"])
            {
                ends.Add((map.Root.First("url").Text ?? "", group.First("source").Text, group.First("target").Text));
            }
        }

        return (
            ends.Where(end => end.Source is not null).Distinct().ToLookup(end => end.Source ?? "", end => end.Url),
            ends.Where(end => end.Target is not null).Distinct().ToLookup(end => end.Target ?? "", end => end.Url));
    }

    static IEnumerable<EmbeddedResource> Resources(Assembly assembly) =>
        from name in assembly.GetManifestResourceNames()
        where name.StartsWith(Folder, StringComparison.Ordinal)
        let whole = new EmbeddedResource(assembly, name, null)
        from resource in name.EndsWith(Lines, StringComparison.Ordinal) ? whole.Lines() : [whole]
        select resource with { Header = ResourceHeader.Read(resource.Read().Span) };

    /// <summary>A file, or one line of it where each is a resource.</summary>
    sealed record EmbeddedResource(Assembly Assembly, string Name, Range? Line)
    {
        internal ResourceHeader Header { get; init; } = new(null, null, null, null);

        internal ReadOnlyMemory<byte> Read() => Line is { } line ? Bytes().AsMemory(line) : Bytes();

        internal IEnumerable<EmbeddedResource> Lines()
        {
            var bytes = Bytes();
            for (var start = 0; start < bytes.Length;)
            {
                var length = bytes.AsSpan(start).IndexOf((byte)'\n') is >= 0 and var found
                    ? found
                    : bytes.Length - start;
                if (length > 0)
                {
                    yield return this with { Line = start..(start + length) };
                }

                start += length + 1;
            }
        }

        byte[] Bytes()
        {
            using var stream = Assembly.GetManifestResourceStream(Name)
                ?? throw new InvalidOperationException($"{Assembly.GetName().Name} holds no {Name}.");
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
    }
}
