using System.Text;

namespace FhirHub.EndToEnd.Robustness;

/// <summary>A request as bytes, and what its sender did to it.</summary>
/// <param name="Bytes">Everything that is sent.</param>
/// <param name="IsUnfinished">Whether the server rightly waits for more than comes.</param>
/// <param name="IsRaw">Whether bytes of it were changed anywhere, so that even its framing may be damaged.</param>
/// <param name="Method">Its method, for a HEAD has no body in its answer.</param>
sealed record HostileRequest(byte[] Bytes, bool IsUnfinished, bool IsRaw, string Method)
{
    const int ShownMax = 1500;

    /// <summary>As much as one needs to send it again by hand.</summary>
    public override string ToString()
    {
        var shown = Encoding.Latin1.GetString(Bytes, 0, Math.Min(Bytes.Length, ShownMax));
        return $"{shown.Replace("\0", "\\0", StringComparison.Ordinal)}\n[{Bytes.Length} bytes]";
    }
}
