using System.Globalization;
using System.Text;

namespace FhirHub.Core.Storage;

/// <summary>
/// A resource's bytes but for the version and the time, which only the commit knows. The store completes them inside
/// its transaction, so that versions and times are in the order of commits without a second try.
/// </summary>
public sealed class PendingJson
{
    readonly ReadOnlyMemory<byte> _json;
    readonly (int Offset, int Length) _version;
    readonly (int Offset, int Length) _time;

    /// <param name="json">The resource with id and meta in place; the version and the time hold anything.</param>
    /// <param name="version">Where the version stands in it.</param>
    /// <param name="time">Where the time stands in it.</param>
    public PendingJson(ReadOnlyMemory<byte> json, (int Offset, int Length) version, (int Offset, int Length) time) =>
        (_json, _version, _time) = (json, version, time);

    /// <summary>The bytes as they are stored and served.</summary>
    public byte[] Complete(long version, DateTimeOffset time)
    {
        var versionText = Encoding.ASCII.GetBytes(version.ToString(CultureInfo.InvariantCulture));
        var timeText = Encoding.ASCII.GetBytes(FhirTime.Format(time));
        var (first, firstText, second, secondText) = _version.Offset < _time.Offset
            ? (_version, versionText, _time, timeText)
            : (_time, timeText, _version, versionText);
        var json = _json.Span;

        // Into an array of the right length: gathered in a list, a resource would be copied byte by byte, and twice.
        var complete = new byte[json.Length - first.Length - second.Length + firstText.Length + secondText.Length];
        var rest = complete.AsSpan();
        Put(json[..first.Offset], ref rest);
        Put(firstText, ref rest);
        Put(json[(first.Offset + first.Length)..second.Offset], ref rest);
        Put(secondText, ref rest);
        Put(json[(second.Offset + second.Length)..], ref rest);
        return complete;

        static void Put(ReadOnlySpan<byte> bytes, ref Span<byte> rest)
        {
            bytes.CopyTo(rest);
            rest = rest[bytes.Length..];
        }
    }
}
