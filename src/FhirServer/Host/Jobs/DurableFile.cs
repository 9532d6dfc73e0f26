using System.Runtime.InteropServices;
using System.Text;

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
        FlushNames(path);
    }

    /// <summary>Removes the file for good: it does not come back with a power failure.</summary>
    internal static void Remove(string path)
    {
        File.Delete(path);
        FlushNames(path);
    }

    /// <summary>A file's name is on the disk when its folder is.</summary>
    internal static void FlushNames(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return; // NTFS journals names by itself
        }

        var folder = Path.GetDirectoryName(path) ?? ".";
        var descriptor = Open(Encoding.UTF8.GetBytes(folder + "\0"), 0);
        if (descriptor < 0 || Fsync(descriptor) < 0)
        {
            throw new IOException($"The folder {folder} cannot be flushed: error {Marshal.GetLastPInvokeError()}.");
        }

        _ = Close(descriptor);
    }

    // .NET opens no folders, and without their fsync a renamed file may have its old name after a power failure.
    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Fsync(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Close(int descriptor);
}
