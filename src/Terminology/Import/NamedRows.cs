using System.Text;
using FhirHub.Core.Model;

namespace FhirHub.Terminology.Import;

/// <summary>The rows of a file of a release, whose columns are known by name; such files are UTF-8.</summary>
sealed class NamedRows
{
    const int LineCharactersMax = 1024 * 1024;

    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    readonly Dictionary<string, int> _columns;
    readonly string _file;

    NamedRows(string file, IReadOnlyList<string> headers)
    {
        _file = file;
        _columns = headers.Index().DistinctBy(one => one.Item).ToDictionary(
            one => one.Item.TrimStart('\uFEFF'), one => one.Index, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Reads a file of commas and quotes; nothing for a file that is not there.</summary>
    internal static IEnumerable<NamedRow> Csv(ReleaseFiles files, string? name)
    {
        if (name is null)
        {
            yield break;
        }

        using var reader = new StreamReader(files.Read(name), Strict);
        NamedRows? columns = null;
        foreach (var row in new DelimitedRows(reader).Read())
        {
            if (columns is null)
            {
                columns = new NamedRows(name, row.Values);
            }
            else
            {
                yield return new NamedRow(columns, row);
            }
        }
    }

    /// <summary>Reads a file of tabs in which quotes are nothing special.</summary>
    internal static IEnumerable<NamedRow> Tabs(ReleaseFiles files, string name)
    {
        using var reader = new StreamReader(files.Read(name), Strict);
        NamedRows? columns = null;
        for (var line = 1L; LineOf(reader, name, line) is { } text; line++)
        {
            var row = new Row(line, text.Split('\t'));
            if (columns is null)
            {
                columns = new NamedRows(name, row.Values);
            }
            else if (text.Length > 0)
            {
                yield return new NamedRow(columns, row);
            }
        }
    }

    /// <summary>A line that is not longer than any release has: what is packed may be longer than memory.</summary>
    static string? LineOf(StreamReader reader, string file, long line)
    {
        var text = new StringBuilder();
        for (var next = reader.Read(); next >= 0 && next != '\n'; next = reader.Read())
        {
            text.Append((char)next);
            if (text.Length > LineCharactersMax)
            {
                throw new FhirException(
                    ProblemKind.Invalid, "too-long", $"{file}, line {line}: the line does not end.");
            }
        }

        return text.Length == 0 && reader.EndOfStream ? null : text.ToString().TrimEnd('\r');
    }

    /// <summary>The value of a column that every edition of the file has.</summary>
    internal string Value(Row row, string column)
    {
        if (!_columns.TryGetValue(column, out var at))
        {
            throw new FhirException(
                ProblemKind.Invalid, "structure",
                $"{_file} has no column '{column}'; its columns are {string.Join(", ", _columns.Keys)}.");
        }

        return at < row.Values.Count
            ? row.Values[at]
            : throw new FhirException(
                ProblemKind.Invalid, "structure", $"{_file}, line {row.Line}: the row ends before '{column}'.");
    }

    /// <summary>The value of a column that may be missing; null also where it is empty.</summary>
    internal string? Optional(Row row, string column) =>
        _columns.TryGetValue(column, out var at) && at < row.Values.Count && row.Values[at].Length > 0
            ? row.Values[at]
            : null;
}

/// <summary>A row whose values have names.</summary>
readonly struct NamedRow(NamedRows columns, Row row)
{
    internal long Line => row.Line;

    internal string this[string column] => columns.Value(row, column);

    internal string? Optional(string column) => columns.Optional(row, column);
}
