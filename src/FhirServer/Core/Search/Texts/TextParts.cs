using System.Runtime.InteropServices;
using System.Text;

namespace FhirHub.Core.Search;

/// <summary>
/// Strings as parts of a few characters, by which those that contain a text are found
/// (https://hl7.org/fhir/R4/search.html#string, <c>:contains</c>): two where one of them is Chinese, three of all
/// others, because Chinese has many characters and each says more, so that one alone is a part as well. What
/// contains a text has all its parts; whether they stand one behind the other, and in one string, the strings
/// themselves tell.
/// </summary>
/// <remarks>Made for a table of FTS5 with <c>tokenize = 'ascii'</c>, as <see cref="Words"/> are.</remarks>
public sealed class TextParts
{
    /// <summary>So many characters leave few strings, whatever follows.</summary>
    const int QueryLengthMax = 32;

    // In ASCII only letters and digits are part of a word to FTS5, so the others are shifted out of it.
    const int PrivateUse = 0xE000;
    const int BitsPerRune = 21;
    const ulong RuneMask = (1 << BitsPerRune) - 1;
    const int BytesMax = (3 * 4) + 1;

    readonly HashSet<ulong> _parts = [];
    readonly List<ulong> _order = [];

    public bool IsEmpty => _order.Count == 0;

    /// <summary>
    /// The MATCH expression for what may contain a folded text; null when it is too short to have a part.
    /// </summary>
    public static string? Query(string folded)
    {
        ArgumentNullException.ThrowIfNull(folded);
        var parts = new TextParts();
        var (first, second, count) = (0, 0, 0);
        foreach (var rune in folded.EnumerateRunes())
        {
            if (count++ < QueryLengthMax)
            {
                parts.Add(ref first, ref second, rune);
            }
        }

        parts.LeaveOutSingles();
        return parts.IsEmpty
            ? null
            : $"\"{Encoding.UTF8.GetString(parts.Take()).Replace(" ", "\" AND \"", StringComparison.Ordinal)}\"";
    }

    /// <summary>Adds the parts of a folded text.</summary>
    public void Add(ReadOnlySpan<byte> folded)
    {
        var (first, second) = (0, 0);
        while (!folded.IsEmpty)
        {
            _ = Rune.DecodeFromUtf8(folded, out var rune, out var length);
            folded = folded[length..];
            Add(ref first, ref second, rune);
        }
    }

    /// <summary>Each part once, with a space between; what was added is forgotten.</summary>
    public byte[] Take()
    {
        CollectionsMarshal.AsSpan(_order).Sort();
        var bytes = new byte[_order.Count * BytesMax];
        var length = 0;
        foreach (var part in _order)
        {
            for (var shift = 2 * BitsPerRune; shift >= 0; shift -= BitsPerRune)
            {
                if ((int)((part >> shift) & RuneMask) is var rune and > 0)
                {
                    length += new Rune(rune).EncodeToUtf8(bytes.AsSpan(length));
                }
            }

            bytes[length++] = (byte)' ';
        }

        _parts.Clear();
        _order.Clear();
        return bytes[..Math.Max(length - 1, 0)];
    }

    /// <param name="first">The character before the last, 0 when there is none.</param>
    /// <param name="second">The last character, 0 when there is none.</param>
    /// <param name="rune">The character that follows.</param>
    void Add(ref int first, ref int second, Rune rune)
    {
        var third = rune.IsAscii && !Rune.IsLetterOrDigit(rune) ? PrivateUse + rune.Value : rune.Value;
        if (second > 0 && (Han.Is(second) || Han.Is(third)))
        {
            Add(((ulong)second << BitsPerRune) | (uint)third);
        }
        else if (first > 0 && !Han.Is(first))
        {
            Add(((ulong)first << (2 * BitsPerRune)) | ((ulong)second << BitsPerRune) | (uint)third);
        }

        if (Han.Is(third))
        {
            Add((uint)third);
        }

        (first, second) = (second, third);
    }

    /// <summary>Who has a pair has its characters; they need not be asked for.</summary>
    void LeaveOutSingles()
    {
        if (_order.Exists(part => part > RuneMask))
        {
            _order.RemoveAll(part => part <= RuneMask);
        }
    }

    void Add(ulong part)
    {
        if (_parts.Add(part))
        {
            _order.Add(part);
        }
    }
}
