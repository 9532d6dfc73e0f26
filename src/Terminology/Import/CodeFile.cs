using FhirHub.Core.Model;
using FhirHub.Terminology.Operations;

namespace FhirHub.Terminology.Import;

/// <summary>
/// From a table of codes, CSV, XLSX or NDJSON, to a CodeSystem. Rows are read and written one by one; what is held is
/// the resource that is being made, which has a bound, and the codes seen.
/// </summary>
sealed class CodeFile
{
    readonly ImportRequest _request;
    readonly ImportReport _report;
    readonly Dictionary<string, long> _lines = new(StringComparer.Ordinal);
    readonly List<(long Line, string Parent)> _parents = [];

    CodeFile(ImportRequest request, ImportReport report) => (_request, _report) = (request, report);

    /// <summary>Reads the rows of a file; what makes it useless as a whole comes as an exception.</summary>
    internal static ImportResult Read(IEnumerable<Row> rows, ImportRequest request, ImportReport report)
    {
        var json = new CodeFile(request, report).Write(rows);
        report.Bytes = json.Length;
        return new ImportResult(report, report.ProblemCount == 0 || request.SkipsBadRows
            ? [new ImportedResource("CodeSystem", CodeImport.IdOf(request), json)]
            : []);
    }

    ReadOnlyMemory<byte> Write(IEnumerable<Row> rows)
    {
        ColumnMap? columns = null;
        CodeSystemWriter? writer = null;
        try
        {
            foreach (var row in rows)
            {
                if (columns is null || writer is null)
                {
                    columns = ColumnMap.Of(row.Values, _request.Columns);
                    _report.Columns = [.. row.Values.Zip(columns.Meanings)];
                    writer = new CodeSystemWriter(_request, columns.Properties.Select(name => (name, "string")));
                    continue;
                }

                _report.Rows++;
                if (IsRight(row, columns))
                {
                    writer.Write(Concept(row, columns), $"line {row.Line}");
                    _report.Codes++;
                }
            }

            if (writer is null || _report.Codes == 0)
            {
                throw new FhirException(
                    ProblemKind.Invalid, "required",
                    columns is null
                        ? "The file is empty; its first row is the headers."
                        : $"No row of the file has a code that can be used.\n{_report}");
            }

            foreach (var (line, parent) in _parents.Where(one => !_lines.ContainsKey(one.Parent)))
            {
                _report.Add("the parent is no code of the file", line, parent);
            }

            return writer.End();
        }
        finally
        {
            writer?.Dispose();
        }
    }

    bool IsRight(Row row, ColumnMap columns)
    {
        if (row.Values.Count != columns.Meanings.Count)
        {
            _report.Add($"the row has not {columns.Meanings.Count} values as the headers", row.Line);
            return false;
        }

        if (columns.Value(row, "code") is not { } code)
        {
            _report.Add("the code is missing", row.Line);
            return false;
        }

        if (code.AsSpan().ContainsAny('\t', '\n', '\r') || code.Contains("  ", StringComparison.Ordinal))
        {
            _report.Add("the code has blanks that a code cannot have", row.Line, code.ReplaceLineEndings(" "));
            return false;
        }

        if (!_lines.TryAdd(code, row.Line))
        {
            _report.Add("the code was there before", row.Line, $"{code}, first at line {_lines[code]}");
            return false;
        }

        return true;
    }

    ImportedConcept Concept(Row row, ColumnMap columns)
    {
        var parent = columns.Value(row, "parent");
        if (parent is not null)
        {
            _parents.Add((row.Line, parent));
        }

        return new ImportedConcept(columns.Value(row, "code") ?? "", columns.Value(row, "display"))
        {
            Definition = columns.Value(row, "definition"),
            Designations =
            [
                .. columns.Values(row, ColumnMap.Designation).Select(one => new Designation(one.Name, null, one.Value)),
            ],
            Properties =
            [
                .. columns.Values(row, ColumnMap.Property)
                    .Select(one => new PropertyValue(one.Name, "string", one.Value)),
            ],
            Parents = parent is null ? [] : [parent],
            IsInactive = columns.Value(row, "inactive") is { } inactive && IsYes(inactive),
        };
    }

    /// <summary>How tables say that a code is no longer for use.</summary>
    static bool IsYes(string text) =>
        text.ToUpperInvariant() is "1" or "TRUE" or "Y" or "YES" or "是" or "停用" or "DEPRECATED" or "INACTIVE";
}
