using System.Buffers;
using System.Text;

namespace FhirHub.Fhir.Xml;

/// <summary>
/// Which characters make a name: https://www.w3.org/TR/xml/#NT-Name without the colon, which parts a prefix off.
/// </summary>
static class XmlNames
{
    static readonly bool[] AsciiChars = Table("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789-."u8);
    static readonly bool[] AsciiStarts = Table("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_"u8);

    static readonly (int First, int Last)[] StartRanges =
    [
        (0xC0, 0xD6), (0xD8, 0xF6), (0xF8, 0x2FF), (0x370, 0x37D), (0x37F, 0x1FFF), (0x200C, 0x200D), (0x2070, 0x218F),
        (0x2C00, 0x2FEF), (0x3001, 0xD7FF), (0xF900, 0xFDCF), (0xFDF0, 0xFFFD), (0x10000, 0xEFFFF),
    ];

    static readonly (int First, int Last)[] OtherRanges = [(0xB7, 0xB7), (0x300, 0x36F), (0x203F, 0x2040)];

    /// <summary>The length of the name the text begins with; zero when it begins with none.</summary>
    internal static int Length(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (at < text.Length)
        {
            var length = text[at] < 0x80
                ? (at == 0 ? AsciiStarts : AsciiChars)[text[at]] ? 1 : 0
                : RuneLength(text[at..], isStart: at == 0);
            if (length == 0)
            {
                break;
            }

            at += length;
        }

        return at;
    }

    static int RuneLength(ReadOnlySpan<byte> text, bool isStart) =>
        Rune.DecodeFromUtf8(text, out var rune, out var length) == OperationStatus.Done
        && (In(StartRanges, rune.Value) || (!isStart && In(OtherRanges, rune.Value)))
            ? length
            : 0;

    static bool In((int First, int Last)[] ranges, int value)
    {
        foreach (var (first, last) in ranges)
        {
            if (value >= first && value <= last)
            {
                return true;
            }
        }

        return false;
    }

    static bool[] Table(ReadOnlySpan<byte> members)
    {
        var table = new bool[256];
        foreach (var member in members)
        {
            table[member] = true;
        }

        return table;
    }
}
