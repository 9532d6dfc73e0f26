using System.Security.Cryptography;

namespace FhirHub.Host.Upkeep;

/// <summary>
/// How a command finds the server of a data folder and shows that it may ask for more than any client: a file in the
/// folder with the server's address and a secret, readable by its owner only. Who can read it can read the store too.
/// </summary>
sealed class UpkeepKey : IDisposable
{
    const string FileName = "fhirhub.upkeep";
    const int SecretBytes = 32;

    readonly string? _file;

    UpkeepKey(string url, string secret, string? file) => (Url, Secret, _file) = (url, secret, file);

    internal string Url { get; }

    internal string Secret { get; }

    /// <summary>Leaves the file in the folder until the server stops.</summary>
    internal static UpkeepKey Publish(string folder, string url)
    {
        var file = Path.Combine(folder, FileName);
        var secret = System.Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));
        File.Delete(file); // one left behind may have another owner or other rights
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(file, options);
        writer.Write($"{Reachable(url)}\n{secret}\n");
        return new UpkeepKey(url, secret, file);
    }

    /// <summary>What the server of the folder left there; null when none did.</summary>
    internal static UpkeepKey? Find(string folder)
    {
        var file = Path.Combine(folder, FileName);
        return File.Exists(file) && File.ReadAllLines(file) is [var url, var secret, ..]
            ? new UpkeepKey(url, secret, null)
            : null;
    }

    public void Dispose()
    {
        if (_file is not null)
        {
            File.Delete(_file);
        }
    }

    /// <summary>"All addresses" is where to listen; on this machine the way there is loopback.</summary>
    static string Reachable(string url) => url
        .Replace("//0.0.0.0", "//127.0.0.1", StringComparison.Ordinal)
        .Replace("//[::]", "//[::1]", StringComparison.Ordinal)
        .Replace("//+", "//127.0.0.1", StringComparison.Ordinal)
        .Replace("//*", "//127.0.0.1", StringComparison.Ordinal);
}
