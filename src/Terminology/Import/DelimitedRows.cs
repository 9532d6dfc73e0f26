using System.Text;
using FhirHub.Core.Model;

namespace FhirHub.Terminology.Import;

/// <summary>
/// The rows of a CSV file (https://www.rfc-editor.org/rfc/rfc4180) one after the other; the separator is the one the
/// first row has most of.
/// </summary>
sealed class DelimitedRows(TextReader text)
{
    const int RowCharactersMax = 1024 * 1024;
    static readonly char[] Separators = [',', '\t', ';', '|'];

    long _line = 1;

    internal IEnumerable<Row> Read()
    {
        char? separator = null;
        while (text.Peek() >= 0)
        {
            var start = _line;
            var record = Record();
            separator ??= Separators.MaxBy(one => record.Count(c => c == one));
            if (record.AsSpan().ContainsAnyExcept(' ', '\r', '\n'))
            {
                yield return new Row(start, Values(record, separator.Value));
            }
        }
    }

    /// <summary>Up to the end of a line that is not inside quotes.</summary>
    string Record()
    {
        var record = new StringBuilder();
        var start = _line;
        var isQuoted = false;
        while (text.Read() is >= 0 and var next)
        {
            var c = (char)next;
            isQuoted ^= c == '"';
            _line += c == '\n' ? 1 : 0;
            if (c == '\n' && !isQuoted)
            {
                return record.ToString();
            }

            record.Append(c);
            if (record.Length > RowCharactersMax)
            {
                throw new FhirException(
                    ProblemKind.Invalid, "too-long",
                    $"The row at line {start} does not end within a million characters; look for an open quote.");
            }
        }

        return !isQuoted ? record.ToString() : throw new FhirException(
            ProblemKind.Invalid, "structure", $"A quote in the row at line {start} is never closed.");
    }

    static List<string> Values(string record, char separator)
    {
        var values = new List<string>();
        var value = new StringBuilder();
        var isQuoted = false;
        for (var i = 0; i < record.Length; i++)
        {
            var c = record[i];
            if (c == '"' && isQuoted && i + 1 < record.Length && record[i + 1] == '"')
            {
                value.Append('"');
                i++;
            }
            else if (c == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (c == separator && !isQuoted)
            {
                values.Add(value.ToString().Trim());
                value.Clear();
            }
            else
            {
                value.Append(c);
            }
        }

        values.Add(value.ToString().Trim());
        return values;
    }
}
