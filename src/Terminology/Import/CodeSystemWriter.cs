using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using FhirHub.Core.Model;
using FhirHub.Core.Terminology;
using FhirHub.Terminology.Operations;

namespace FhirHub.Terminology.Import;

/// <summary>
/// Writes a CodeSystem concept by concept; what is held is the resource that is being made, which has a bound.
/// </summary>
sealed class CodeSystemWriter : IDisposable
{
    const int CodesMax = 1_000_000;
    const string Standard = "http://hl7.org/fhir/concept-properties#";
    const string VenueSystem = "http://terminology.hl7.org/CodeSystem/usage-context-type";

    readonly ChunkedBytes _buffer = new();
    readonly ImportRequest _request;
    readonly Utf8JsonWriter _json;

    /// <param name="request">What the code system is.</param>
    /// <param name="properties">The properties its concepts have besides parent and inactive, with their types.</param>
    internal CodeSystemWriter(ImportRequest request, IEnumerable<(string Code, string Type)> properties)
    {
        _request = request;
        _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // Chinese as it is
        });
        WriteHead([("parent", "code"), ("inactive", "boolean"), .. properties]);
    }

    internal int Count { get; private set; }

    internal long Bytes => _buffer.Length + _json.BytesPending;

    public void Dispose() => _json.Dispose();

    internal void Write(ImportedConcept concept, string where)
    {
        Count++;
        _json.WriteStartObject();
        Text("code", concept.Code);
        Text("display", concept.Display);
        Text("definition", concept.Definition);
        List("designation", concept.Designations, Write);
        var isPlain = concept.Properties.Count + concept.Parents.Count == 0 && !concept.IsInactive;
        if (!isPlain)
        {
            WriteProperties(concept);
        }

        _json.WriteEndObject();
        if (Count > CodesMax || Bytes > _request.BytesMax)
        {
            var bound = Count > CodesMax
                ? $"{CodesMax:N0} codes"
                : $"{_request.BytesMax / 1e6:N0} MB (Hub:BodyBytesMax)";
            throw new FhirException(
                ProblemKind.TooLarge, "too-long",
                $"At {where} the code system exceeds {bound}; import it in parts, each a fragment with its own URL.");
        }
    }

    internal ReadOnlyMemory<byte> End()
    {
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Flush();
        return _buffer.ToArrayAndClear();
    }

    void WriteHead(IReadOnlyList<(string Code, string Type)> properties)
    {
        _json.WriteStartObject();
        _json.WriteString("resourceType"u8, "CodeSystem"u8);
        _json.WriteString("id"u8, CodeImport.IdOf(_request));
        _json.WriteString("url"u8, _request.Url);
        Text("version", _request.Version);
        Text("name", _request.Name);
        Text("title", _request.Title);
        _json.WriteString("status"u8, _request.IsDraft ? "draft"u8 : "active"u8);
        WriteOwner();
        Text("copyright", _request.Copyright);
        _json.WriteBoolean("caseSensitive"u8, true);
        Text("hierarchyMeaning", _request.HierarchyMeaning);
        _json.WriteString("content"u8, _request.IsComplete ? "complete"u8 : "fragment"u8);
        List("property", properties, property =>
        {
            Text("code", property.Code);
            if (property.Code is "parent" or "inactive")
            {
                _json.WriteString("uri"u8, Standard + property.Code);
            }

            Text("type", property.Type);
        });
        _json.WriteStartArray("concept"u8);
    }

    /// <summary>Whose codes they are, so that <c>CodeSystem?context=</c> finds all of an institution.</summary>
    void WriteOwner()
    {
        if (_request.Owner is not { } owner)
        {
            return;
        }

        List("useContext", [owner], one =>
        {
            Write("code", new Coding(VenueSystem, "venue"));
            _json.WriteStartObject("valueCodeableConcept"u8);
            List("coding", [one], coding => Write(coding));
            _json.WriteEndObject();
        });
    }

    void WriteProperties(ImportedConcept concept)
    {
        _json.WriteStartArray("property"u8);
        foreach (var property in concept.Properties)
        {
            Write(property);
        }

        foreach (var parent in concept.Parents)
        {
            Write(new PropertyValue("parent", "code", parent));
        }

        if (concept.IsInactive)
        {
            Write(new PropertyValue("inactive", "boolean", "true"));
        }

        _json.WriteEndArray();
    }

    void Write(PropertyValue property)
    {
        _json.WriteStartObject();
        Text("code", property.Code);
        switch (property.Type)
        {
            case "boolean":
                _json.WriteBoolean("valueBoolean"u8, property.Text == "true");
                break;
            case "integer":
                _json.WriteNumber("valueInteger"u8, int.Parse(property.Text, CultureInfo.InvariantCulture));
                break;
            case "decimal":
                _json.WritePropertyName("valueDecimal"u8);
                _json.WriteRawValue(property.Text);
                break;
            case "Coding":
                var bar = property.Text.IndexOf('|', StringComparison.Ordinal);
                Write("valueCoding", new Coding(property.Text[..bar], property.Text[(bar + 1)..]));
                break;
            default:
                Text(property.Type == "code" ? "valueCode" : "valueString", property.Text);
                break;
        }

        _json.WriteEndObject();
    }

    void Write(Designation designation)
    {
        Text("language", designation.Language);
        if (designation.Use is { } use)
        {
            Write("use", use);
        }

        Text("value", designation.Value);
    }

    void Write(string name, Coding coding)
    {
        _json.WriteStartObject(name);
        Write(coding);
        _json.WriteEndObject();
    }

    void Write(Coding coding)
    {
        Text("system", coding.System);
        Text("code", coding.Code);
    }

    /// <summary>A list of objects, and nothing where it is empty, as FHIR wants it.</summary>
    void List<T>(string name, IReadOnlyList<T> values, Action<T> write)
    {
        if (values.Count == 0)
        {
            return;
        }

        _json.WriteStartArray(name);
        foreach (var value in values)
        {
            _json.WriteStartObject();
            write(value);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    void Text(string name, string? value)
    {
        if (value is not null)
        {
            _json.WriteString(name, value);
        }
    }
}
