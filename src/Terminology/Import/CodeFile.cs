using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FhirHub.Core.Model;

namespace FhirHub.Terminology.Import;

/// <summary>
/// From a file of codes, CSV or NDJSON, to a CodeSystem. Rows are read and written one by one; what is held is the
/// resource that is being made, which has a bound, and the codes seen.
/// </summary>
public sealed class CodeFile
{
    const int CodesMax = 1_000_000;
    const int IdHashLength = 32;

    readonly ImportRequest _request;
    readonly ImportReport _report = new();
    readonly ArrayBufferWriter<byte> _buffer = new(64 * 1024);
    readonly Dictionary<string, long> _lines = new(StringComparer.Ordinal);
    readonly List<(long Line, string Parent)> _parents = [];

    CodeFile(ImportRequest request) => _request = request;

    /// <summary>The same for the same URL and version, so that importing again replaces.</summary>
    public static string IdOf(ImportRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{request.Url}|{request.Version}"));
        return "codes-" + Convert.ToHexStringLower(hash)[..IdHashLength];
    }

    /// <summary>Reads a file; what makes it useless as a whole comes as an exception.</summary>
    /// <returns>The report, and the resource; null when rows are wrong and were not to be left out.</returns>
    public static (ImportReport Report, ReadOnlyMemory<byte>? Json) Read(string path, ImportRequest request)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(request);
        var file = new CodeFile(request);
        var (reader, encoding) = TextFile.Open(path);
        using (reader)
        {
            file._report.Encoding = encoding;
            var rows = Path.GetExtension(path) is ".ndjson" or ".jsonl"
                ? new JsonRows(reader).Read()
                : new DelimitedRows(reader).Read();
            file.Write(rows);
        }

        file._report.Bytes = file._buffer.WrittenCount;
        var isUsable = file._report.ProblemCount == 0 || request.SkipsBadRows;
        // Typed, because null would otherwise become an empty memory.
        return (file._report, isUsable ? file._buffer.WrittenMemory : (ReadOnlyMemory<byte>?)null);
    }

    void Write(IEnumerable<Row> rows)
    {
        using var json = new Utf8JsonWriter(_buffer, new JsonWriterOptions
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // Chinese as it is
        });
        ColumnMap? columns = null;
        foreach (var row in rows)
        {
            if (columns is null)
            {
                columns = ColumnMap.Of(row.Values, _request.Columns);
                _report.Columns = [.. row.Values.Zip(columns.Meanings)];
                WriteHead(json, columns);
                continue;
            }

            _report.Rows++;
            if (IsRight(row, columns))
            {
                WriteConcept(json, row, columns);
                CheckSize(json, row);
            }
        }

        if (columns is null || _report.Codes == 0)
        {
            throw new FhirException(
                ProblemKind.Invalid, "required",
                columns is null
                    ? "The file is empty; its first row is the headers."
                    : $"No row of the file has a code that can be used.\n{_report}");
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        foreach (var (line, parent) in _parents.Where(one => !_lines.ContainsKey(one.Parent)))
        {
            _report.Add("the parent is no code of the file", line, parent);
        }
    }

    void CheckSize(Utf8JsonWriter json, Row row)
    {
        if (_report.Codes > CodesMax || _buffer.WrittenCount + json.BytesPending > _request.BytesMax)
        {
            throw new FhirException(
                ProblemKind.TooLarge, "too-long",
                $"At line {row.Line} the code system exceeds {CodesMax:N0} codes or {_request.BytesMax / 1e6:N0} MB "
                    + "(Hub:BodyBytesMax); import it in parts, each a fragment with a URL of its own.");
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

    void WriteHead(Utf8JsonWriter json, ColumnMap columns)
    {
        json.WriteStartObject();
        json.WriteString("resourceType"u8, "CodeSystem"u8);
        json.WriteString("id"u8, IdOf(_request));
        json.WriteString("url"u8, _request.Url);
        Text(json, "version", _request.Version);
        Text(json, "name", _request.Name);
        Text(json, "title", _request.Title);
        json.WriteString("status"u8, "active"u8);
        json.WriteBoolean("caseSensitive"u8, true);
        json.WriteString("content"u8, _request.IsComplete ? "complete"u8 : "fragment"u8);
        json.WriteStartArray("property"u8);
        Property(json, "parent", "code");
        Property(json, "inactive", "boolean");
        foreach (var name in columns.Properties)
        {
            Property(json, name, "string");
        }

        json.WriteEndArray();
        json.WriteStartArray("concept"u8);
    }

    static void Property(Utf8JsonWriter json, string name, string type)
    {
        json.WriteStartObject();
        json.WriteString("code"u8, name);
        if (name is "parent" or "inactive")
        {
            json.WriteString("uri"u8, $"http://hl7.org/fhir/concept-properties#{name}");
        }

        json.WriteString("type"u8, type);
        json.WriteEndObject();
    }

    void WriteConcept(Utf8JsonWriter json, Row row, ColumnMap columns)
    {
        _report.Codes++;
        json.WriteStartObject();
        Text(json, "code", columns.Value(row, "code"));
        Text(json, "display", columns.Value(row, "display"));
        Text(json, "definition", columns.Value(row, "definition"));
        var designations = columns.Values(row, ColumnMap.Designation).ToList();
        if (designations.Count > 0)
        {
            json.WriteStartArray("designation"u8);
            foreach (var (language, value) in designations)
            {
                json.WriteStartObject();
                json.WriteString("language"u8, language);
                json.WriteString("value"u8, value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        WriteProperties(json, row, columns);
        json.WriteEndObject();
    }

    void WriteProperties(Utf8JsonWriter json, Row row, ColumnMap columns)
    {
        List<(string Name, string Value)> properties = [.. columns.Values(row, ColumnMap.Property)];
        var parent = columns.Value(row, "parent");
        var isInactive = columns.Value(row, "inactive") is { } inactive && IsYes(inactive);
        if (properties.Count == 0 && parent is null && !isInactive)
        {
            return;
        }

        json.WriteStartArray("property"u8);
        foreach (var (name, value) in properties)
        {
            json.WriteStartObject();
            json.WriteString("code"u8, name);
            json.WriteString("valueString"u8, value);
            json.WriteEndObject();
        }

        if (parent is not null)
        {
            _parents.Add((row.Line, parent));
            json.WriteStartObject();
            json.WriteString("code"u8, "parent"u8);
            json.WriteString("valueCode"u8, parent);
            json.WriteEndObject();
        }

        if (isInactive)
        {
            json.WriteStartObject();
            json.WriteString("code"u8, "inactive"u8);
            json.WriteBoolean("valueBoolean"u8, true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>How tables say that a code is no longer for use.</summary>
    static bool IsYes(string text) =>
        text.ToUpperInvariant() is "1" or "TRUE" or "Y" or "YES" or "是" or "停用" or "DEPRECATED" or "INACTIVE";

    static void Text(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
