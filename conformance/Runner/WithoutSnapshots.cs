using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace FhirHub.Conformance;

/// <summary>A package with the snapshots of its profiles left out.</summary>
static class WithoutSnapshots
{
    internal static Stream Of(byte[] tarball)
    {
        var made = new MemoryStream();
        using (var source = new GZipStream(new MemoryStream(tarball), CompressionMode.Decompress))
        using (var reader = new TarReader(source))
        using (var target = new GZipStream(made, CompressionLevel.Fastest, leaveOpen: true))
        using (var writer = new TarWriter(target, TarEntryFormat.Pax))
        {
            while (reader.GetNextEntry() is { } entry)
            {
                if (entry.DataStream is not { } data)
                {
                    continue;
                }

                var content = new byte[data.Length];
                data.ReadExactly(content);
                var name = Path.GetFileName(entry.Name);
                writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, entry.Name)
                {
                    DataStream = new MemoryStream(
                        name.StartsWith("StructureDefinition-", StringComparison.Ordinal)
                            && name.EndsWith(".json", StringComparison.Ordinal) ? Cut(content) : content),
                });
            }
        }

        made.Position = 0;
        return made;
    }

    static byte[] Cut(byte[] json)
    {
        if (JsonNode.Parse(json) is not JsonObject profile)
        {
            return json;
        }

        profile.Remove("snapshot");
        return Encoding.UTF8.GetBytes(profile.ToJsonString());
    }
}
