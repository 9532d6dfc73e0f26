using System.IO.Compression;
using System.Text;

namespace FhirHub.Fhir.Definitions;

/// <summary>
/// The archive of definitional resources: an index, then blocks of about 256 KB of them, each compressed by itself so
/// that reading one resource costs one block.
/// </summary>
static class ArchiveFile
{
    const int Magic = 0x41524846; // "FHRA"
    const int FormatVersion = 1;
    const int BlockBytes = 256 * 1024;
    const int BrotliQuality = 6; // beyond 6 the build gets much slower for a few percent
    const int BrotliWindow = 22;

    internal static void Write(IEnumerable<ArchiveItem> items, Stream stream)
    {
        var entries = new List<ArchiveEntry>();
        var blocks = new List<byte[]>();
        var block = new MemoryStream();
        foreach (var item in items)
        {
            entries.Add(new ArchiveEntry(
                item.Type, item.Id, item.Url, item.Version, blocks.Count, (int)block.Length, item.Json.Length));
            block.Write(item.Json);
            if (block.Length >= BlockBytes)
            {
                blocks.Add(Compress(block));
                block = new MemoryStream();
            }
        }

        blocks.Add(Compress(block));
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(FormatVersion);
        writer.Write(entries.Count);
        foreach (var entry in entries)
        {
            writer.Write(entry.Type);
            writer.Write(entry.Id);
            writer.Write(entry.Url ?? "");
            writer.Write(entry.Version ?? "");
            writer.Write7BitEncodedInt(entry.Block);
            writer.Write7BitEncodedInt(entry.Offset);
            writer.Write7BitEncodedInt(entry.Length);
        }

        writer.Write(blocks.Count);
        foreach (var compressed in blocks)
        {
            writer.Write(compressed.Length);
        }

        foreach (var compressed in blocks)
        {
            writer.Write(compressed);
        }
    }

    /// <summary>Reads the index; the blocks start at the returned offsets, the last one being the end.</summary>
    internal static (List<ArchiveEntry> Entries, long[] Blocks) ReadIndex(Stream stream)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        if (reader.ReadInt32() != Magic || reader.ReadInt32() != FormatVersion)
        {
            throw new InvalidDataException(
                "The archive of FHIR definitions is not of this version; rebuild the project.");
        }

        var count = reader.ReadInt32();
        var entries = new List<ArchiveEntry>(count);
        var types = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            var type = reader.ReadString();
            types.TryAdd(type, type);
            entries.Add(new ArchiveEntry(
                types[type],
                reader.ReadString(),
                reader.ReadString() is { Length: > 0 } url ? url : null,
                reader.ReadString() is { Length: > 0 } version ? version : null,
                reader.Read7BitEncodedInt(),
                reader.Read7BitEncodedInt(),
                reader.Read7BitEncodedInt()));
        }

        var blocks = new long[reader.ReadInt32() + 1];
        for (var i = 1; i < blocks.Length; i++)
        {
            blocks[i] = blocks[i - 1] + reader.ReadInt32();
        }

        var start = stream.Position;
        return (entries, Array.ConvertAll(blocks, offset => offset + start));
    }

    internal static byte[] Decompress(Stream stream, long start)
    {
        stream.Position = start;
        var block = new MemoryStream();
        using var brotli = new BrotliStream(stream, CompressionMode.Decompress, leaveOpen: true);
        brotli.CopyTo(block);
        return block.ToArray();
    }

    static byte[] Compress(MemoryStream block)
    {
        var compressed = new byte[BrotliEncoder.GetMaxCompressedLength((int)block.Length)];
        return BrotliEncoder.TryCompress(
            block.GetBuffer().AsSpan(0, (int)block.Length), compressed, out var length, BrotliQuality, BrotliWindow)
            ? compressed[..length]
            : throw new InvalidOperationException("Brotli wrote more than it said it could.");
    }
}

/// <summary>A definitional resource as it goes into the archive.</summary>
sealed record ArchiveItem(string Type, string Id, string? Url, string? Version, byte[] Json);

/// <summary>Where a resource of the archive stands.</summary>
sealed record ArchiveEntry(string Type, string Id, string? Url, string? Version, int Block, int Offset, int Length);
