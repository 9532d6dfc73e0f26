using System.Text;
using FhirHub.Core.Model;

namespace FhirHub.Terminology.Import;

/// <summary>
/// Opens a text whose encoding nobody says: by its mark, as UTF-8 if all of it is, and otherwise as GB18030, which
/// Chinese spreadsheets write. A file that is neither is refused, with the line where both end.
/// </summary>
static class TextFile
{
    const int BufferSize = 64 * 1024;

    internal static (StreamReader Reader, string Encoding) Open(string path)
    {
        var (encoding, name) = EncodingOf(path);
        return (new StreamReader(path, encoding, detectEncodingFromByteOrderMarks: true, BufferSize), name);
    }

    static (Encoding Encoding, string Name) EncodingOf(string path)
    {
        using (var file = File.OpenRead(path))
        {
            if (file.ReadByte() is var first && file.ReadByte() is var second
                && (first, second) is (0xFF, 0xFE) or (0xFE, 0xFF))
            {
                return (Encoding.Unicode, "UTF-16"); // which half comes first the mark tells the reader
            }
        }

        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        if (WrongLine(path, utf8) is not { } notUtf8)
        {
            return (utf8, "UTF-8");
        }

        var gb18030 = CodePagesEncodingProvider.Instance.GetEncoding(
            "gb18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
            ?? throw new InvalidOperationException("The runtime has no GB18030.");
        return WrongLine(path, gb18030) is not { } notGb18030
            ? (gb18030, "GB18030")
            : throw new FhirException(
                ProblemKind.Invalid, "structure",
                $"The file is neither UTF-8, by line {notUtf8}, nor GB18030, by line {notGb18030}.");
    }

    /// <summary>
    /// The first line that is not of an encoding; null when all are. Neither has the end of a line within a character.
    /// </summary>
    static long? WrongLine(string path, Encoding encoding)
    {
        using var file = File.OpenRead(path);
        var decoder = encoding.GetDecoder();
        var bytes = new byte[BufferSize];
        var chars = new char[encoding.GetMaxCharCount(BufferSize)];
        var line = 1L;
        try
        {
            for (int count; (count = file.Read(bytes)) > 0;)
            {
                for (var rest = bytes.AsSpan(0, count); !rest.IsEmpty;)
                {
                    var length = rest.IndexOf((byte)'\n') is >= 0 and var end ? end + 1 : rest.Length;
                    decoder.GetChars(rest[..length], chars, flush: false);
                    line += rest[length - 1] == '\n' ? 1 : 0;
                    rest = rest[length..];
                }
            }

            decoder.GetChars([], chars, flush: true);
            return null;
        }
        catch (DecoderFallbackException)
        {
            return line;
        }
    }
}
