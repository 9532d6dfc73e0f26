using FhirHub.Core.Storage;

namespace FhirHub.Host.Jobs;

/// <summary>Files that are there whole after a power failure, or not at all.</summary>
static class DurableFile
{
    const string Unfinished = ".unfinished";

    /// <summary>Puts the content in the file's place; afterwards it is on the disk under its name.</summary>
    internal static void Replace(string path, ReadOnlySpan<byte> content)
    {
        using (var file = new FileStream(path + Unfinished, FileMode.Create, FileAccess.Write))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(path + Unfinished, path, overwrite: true);
        DurableNames.Flush(path);
    }

    /// <summary>Removes the file for good: it does not come back with a power failure.</summary>
    internal static void Remove(string path)
    {
        File.Delete(path);
        DurableNames.Flush(path);
    }
}
