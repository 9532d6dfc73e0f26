using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using FhirHub.Core.Model;
using FhirHub.Core.Storage;

namespace FhirHub.Host.Http;

/// <summary>
/// Places in a search, a history or another walk as text for links. They are encrypted, because a place holds values of
/// its resource and tells how much is stored besides, and bound to the search and the caller they belong to: one that
/// was changed, or put into another search, is refused.
/// </summary>
sealed class PageLinks
{
    internal const string Parameter = "_page";

    const string KeyFile = "page.key";
    const int KeyBytes = 32;
    const int NonceBytes = 12;
    const int TagBytes = 16;

    readonly Lazy<byte[]> _key;

    /// <param name="folder">The data folder, where the key is kept so that links outlive a restart.</param>
    internal PageLinks(string folder) => _key = new Lazy<byte[]>(() => ReadKey(Path.Combine(folder, KeyFile)));

    /// <param name="place">The place.</param>
    /// <param name="search">The search it belongs to, in any form that is the same for all its pages.</param>
    internal string Write(SearchCursor place, string search) => Seal(Encode(place), search);

    internal SearchCursor Read(string text, string search) => Opened(text, search, Decode);

    /// <summary>The same for a place that is a text.</summary>
    internal string WriteText(string place, string search) => Seal(Encoding.UTF8.GetBytes(place), search);

    internal string ReadText(string text, string search) => Opened(text, search, Encoding.UTF8.GetString);

    string Seal(byte[] plain, string search)
    {
        var sealedPlace = new byte[NonceBytes + plain.Length + TagBytes];
        // Made of what it protects, so that the same page always has the same link.
        var nonce = sealedPlace.AsSpan(0, NonceBytes);
        byte[] whole = [.. plain, .. Encoding.UTF8.GetBytes(search)];
        HMACSHA256.HashData(_key.Value, whole).AsSpan(0, NonceBytes).CopyTo(nonce);
        using var cipher = new AesGcm(_key.Value, TagBytes);
        cipher.Encrypt(
            nonce,
            plain,
            sealedPlace.AsSpan(NonceBytes, plain.Length),
            sealedPlace.AsSpan(NonceBytes + plain.Length),
            Encoding.UTF8.GetBytes(search));
        return Base64Url.EncodeToString(sealedPlace);
    }

    T Opened<T>(string text, string search, Func<byte[], T> decode)
    {
        try
        {
            var sealedPlace = Base64Url.DecodeFromChars(text);
            var plain = new byte[sealedPlace.Length - NonceBytes - TagBytes];
            using var cipher = new AesGcm(_key.Value, TagBytes);
            cipher.Decrypt(
                sealedPlace.AsSpan(0, NonceBytes),
                sealedPlace.AsSpan(NonceBytes, plain.Length),
                sealedPlace.AsSpan(NonceBytes + plain.Length),
                plain,
                Encoding.UTF8.GetBytes(search));
            return decode(plain);
        }
        catch (Exception broken) when (broken is FormatException or CryptographicException or OverflowException)
        {
            throw new FhirException(
                ProblemKind.Invalid,
                "invalid",
                $"'{Parameter}' comes from a link of this server and belongs to its search; use the link as it is.");
        }
    }

    static byte[] Encode(SearchCursor place)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(place.AsOf.Value);
        writer.Write(place.After);
        writer.Write(place.IsBackward);
        writer.Write(place.Total ?? -1);
        writer.Write((byte)place.Keys.Count);
        foreach (var key in place.Keys)
        {
            writer.Write((byte)(key.Text is not null ? 1 : key.Integer is not null ? 2 : key.Real is not null ? 3 : 0));
            if (key.Text is not null)
            {
                writer.Write(key.Text);
            }
            else if (key.Integer is { } integer)
            {
                writer.Write(integer);
            }
            else if (key.Real is { } real)
            {
                writer.Write(real);
            }
        }

        writer.Flush();
        return bytes.ToArray();
    }

    static SearchCursor Decode(byte[] plain)
    {
        using var reader = new BinaryReader(new MemoryStream(plain));
        var (asOf, after, isBackward, total) =
            (reader.ReadInt64(), reader.ReadInt64(), reader.ReadBoolean(), reader.ReadInt64());
        var keys = new SortValue[reader.ReadByte()];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = reader.ReadByte() switch
            {
                1 => new SortValue(null, null, reader.ReadString()),
                2 => new SortValue(reader.ReadInt64(), null, null),
                3 => new SortValue(null, reader.ReadDouble(), null),
                _ => default,
            };
        }

        return new SearchCursor(new CommitPosition(asOf), after)
        {
            Keys = keys,
            IsBackward = isBackward,
            Total = total < 0 ? null : total,
        };
    }

    static byte[] ReadKey(string path)
    {
        if (File.Exists(path) && File.ReadAllBytes(path) is { Length: KeyBytes } kept)
        {
            return kept;
        }

        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
        file.Write(key);
        return key;
    }
}
