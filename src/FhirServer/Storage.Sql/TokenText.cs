using System.Text;

namespace FhirHub.Storage.Sql;

/// <summary>
/// Codes as the index compares them. Case does not count (https://hl7.org/fhir/R4/search.html#token): of undesired and
/// missing matches the specification prefers the undesired.
/// </summary>
static class TokenText
{
    /// <summary>In the place of a system's number where the element states none, but its type has one.</summary>
    internal const int ImpliedSystem = -1;

    internal static byte[] Lower(ReadOnlySpan<byte> utf8)
    {
        if (!Ascii.IsValid(utf8))
        {
            return Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(utf8).ToLowerInvariant());
        }

        var lower = new byte[utf8.Length];
        Ascii.ToLower(utf8, lower, out _);
        return lower;
    }

    internal static string Lower(string text) => text.ToLowerInvariant();
}
