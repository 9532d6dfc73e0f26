using System.Diagnostics.CodeAnalysis;
using FhirHub.Fhir.Documents;

namespace FhirHub.Fhir.Definitions;

/// <summary>
/// The definitional resources of R4 and of HL7 terminology (StructureDefinitions, ValueSets, CodeSystems …), without
/// their narrative. The index is read at first use; a resource is unpacked when it is asked for and not kept.
/// </summary>
public sealed class DefinitionArchive
{
    const string ResourceName = "r4.definitions";
    static readonly Lazy<DefinitionArchive> Shared = new(() => new DefinitionArchive());

    readonly List<ArchiveEntry> _entries;
    readonly long[] _blocks;
    readonly Dictionary<string, ArchiveEntry> _byCanonical = new(StringComparer.Ordinal);

    DefinitionArchive()
    {
        using var stream = Open();
        (_entries, _blocks) = ArchiveFile.ReadIndex(stream);
        foreach (var entry in _entries)
        {
            if (entry.Url is not null)
            {
                // Where both packages define a URL, the later one maintains it: HL7 terminology after R4.
                _byCanonical[entry.Url] = entry;
                _byCanonical[$"{entry.Url}|{entry.Version}"] = entry;
            }
        }
    }

    /// <summary>The definitions that ship with the engine.</summary>
    public static DefinitionArchive R4 => Shared.Value;

    /// <summary>The canonical URLs of all resources of a type, with their versions.</summary>
    public IEnumerable<(string? Url, string? Version)> List(string resourceType) =>
        from entry in _entries where entry.Type == resourceType select (entry.Url, entry.Version);

    /// <summary>The resource of a canonical URL, with or without <c>|version</c>.</summary>
    public bool TryGet(string canonical, [NotNullWhen(true)] out FhirDocument? document)
    {
        document = _byCanonical.TryGetValue(canonical, out var entry) ? Read(entry) : null;
        return document is not null;
    }

    /// <summary>All resources of a type, each block unpacked once.</summary>
    public IEnumerable<FhirDocument> ReadAll(string resourceType)
    {
        byte[] block = [];
        var blockNumber = -1;
        foreach (var entry in _entries.Where(e => e.Type == resourceType))
        {
            if (entry.Block != blockNumber)
            {
                (block, blockNumber) = (Block(entry.Block), entry.Block);
            }

            yield return Parse(block.AsMemory(entry.Offset, entry.Length));
        }
    }

    FhirDocument Read(ArchiveEntry entry) => Parse(Block(entry.Block).AsSpan(entry.Offset, entry.Length).ToArray());

    byte[] Block(int number)
    {
        using var stream = Open();
        return ArchiveFile.Decompress(stream, _blocks[number]);
    }

    // A few published definitions lack an element R4 requires; they are what they are, so nothing is refused here.
    static FhirDocument Parse(ReadOnlyMemory<byte> json) =>
        FhirDocument.ParseJson(json, ParseOptions.Lenient).OrThrow();

    static Stream Open() => typeof(DefinitionArchive).Assembly.GetManifestResourceStream(ResourceName)
        ?? throw new InvalidOperationException($"The assembly holds no {ResourceName}; rebuild the project.");
}
