using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FhirHub.Terminology.Import;

/// <summary>The answers of LOINC: codes of their own, and for each list of them a value set.</summary>
sealed class LoincAnswers
{
    const string File = "AnswerList.csv";
    const string Ordinal = "http://hl7.org/fhir/StructureDefinition/ordinalValue";
    const string IdStart = "loinc-";

    readonly ImportRequest _request;
    readonly Dictionary<string, AnswerList> _lists = new(StringComparer.Ordinal);
    readonly Dictionary<string, (ImportedConcept, string)> _answers = new(StringComparer.Ordinal);
    readonly List<(long Line, string Id)> _elsewhere = [];

    internal LoincAnswers(ReleaseFiles files, ImportRequest request)
    {
        _request = request;
        foreach (var row in NamedRows.Csv(files, files.Find(File)))
        {
            var id = row["AnswerListId"];
            if (!_lists.TryGetValue(id, out var list))
            {
                _lists.Add(id, list = new AnswerList(row["AnswerListName"], row.Optional("AnswerListOID")));
            }

            if (row.Optional("AnswerStringId") is not { } answer)
            {
                _elsewhere.Add((row.Line, id)); // its answers are codes of another system
                continue;
            }

            var display = row.Optional("DisplayText");
            _answers.TryAdd(answer, (new ImportedConcept(answer, display), $"line {row.Line} of {File}"));
            _ = int.TryParse(row.Optional("SequenceNumber"), CultureInfo.InvariantCulture, out var place);
            list.Answers.Add(new ListedAnswer(answer, display, place, Score(row.Optional("Score"))));
        }
    }

    internal IEnumerable<(ImportedConcept Answer, string Line)> Concepts => _answers.Values;

    internal IReadOnlyList<ImportedResource> ValueSets(ImportReport report)
    {
        foreach (var (line, id) in _elsewhere)
        {
            report.Note("answer lists of another code system have no value set", line, id);
        }

        return
        [
            .. _lists.Where(list => list.Value.Answers.Count > 0).Select(list => new ImportedResource(
                "ValueSet", IdOf(list.Key), Write(list.Key, list.Value))),
        ];
    }

    ReadOnlyMemory<byte> Write(string id, AnswerList list)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(
            buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("resourceType"u8, "ValueSet"u8);
        json.WriteString("id"u8, IdOf(id));
        json.WriteString("url"u8, $"{LoincRelease.Url}/vs/{id}");
        if (list.Oid is { } oid)
        {
            json.WriteStartArray("identifier"u8);
            json.WriteStartObject();
            json.WriteString("system"u8, "urn:ietf:rfc:3986"u8);
            json.WriteString("value"u8, $"urn:oid:{oid}");
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteString("version"u8, _request.Version);
        json.WriteString("name"u8, id.Replace('-', '_'));
        json.WriteString("title"u8, list.Name);
        json.WriteString("status"u8, "active"u8);
        json.WriteString("copyright"u8, _request.Copyright);
        json.WriteStartObject("compose"u8);
        json.WriteStartArray("include"u8);
        json.WriteStartObject();
        json.WriteString("system"u8, _request.Url);
        json.WriteStartArray("concept"u8);
        foreach (var answer in list.Answers.OrderBy(answer => answer.Place).DistinctBy(answer => answer.Code))
        {
            Write(json, answer);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    static void Write(Utf8JsonWriter json, ListedAnswer answer)
    {
        json.WriteStartObject();
        if (answer.Score is { } score)
        {
            json.WriteStartArray("extension"u8);
            json.WriteStartObject();
            json.WriteString("url"u8, Ordinal);
            json.WriteNumber("valueDecimal"u8, score);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteString("code"u8, answer.Code);
        if (answer.Display is { } display)
        {
            json.WriteString("display"u8, display);
        }

        json.WriteEndObject();
    }

#pragma warning disable CA1308 // Ids of ours are in lower case
    static string IdOf(string list) => IdStart + list.ToLowerInvariant();
#pragma warning restore CA1308

    static decimal? Score(string? text) =>
        decimal.TryParse(text, CultureInfo.InvariantCulture, out var score) ? score : null;

    /// <summary>A list as it is read, row by row.</summary>
    sealed record AnswerList(string Name, string? Oid)
    {
        internal List<ListedAnswer> Answers { get; } = [];
    }

    /// <summary>An answer, its place in a list, and what it counts there.</summary>
    sealed record ListedAnswer(string Code, string? Display, int Place, decimal? Score);
}
