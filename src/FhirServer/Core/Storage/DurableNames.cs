using System.Runtime.InteropServices;
using System.Text;

namespace FhirHub.Core.Storage;

/// <summary>Names of files and folders that are there after a power failure: on the disk when the folder is.</summary>
public static class DurableNames
{
    /// <summary>Makes a folder, and those it is in if need be, and waits until the disk has them.</summary>
    public static void CreateFolder(string path)
    {
        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var missing = new Stack<string>();
        for (var at = folder; !Directory.Exists(at) && Path.GetDirectoryName(at) is { } parent; at = parent)
        {
            missing.Push(at);
        }

        Directory.CreateDirectory(folder);
        while (missing.TryPop(out var made))
        {
            Flush(made);
        }
    }

    /// <summary>Waits until the disk has what happened to the name of a file or folder: made, moved, removed.</summary>
    public static void Flush(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return; // NTFS journals names by itself
        }

        var folder = Path.GetDirectoryName(path) is { Length: > 0 } parent ? parent : ".";
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
