using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using FhirHub.Core.Terminology;
using FhirHub.Terminology.Operations;

namespace FhirHub.Host.Operations;

/// <summary>
/// Writes Parameters straight into JSON, for the operations that are called all day: what goes in was checked when it
/// was stored, and building and checking a document again would be most of their work.
/// </summary>
sealed class ParametersWriter : IDisposable
{
    readonly ArrayBufferWriter<byte> _buffer = new(1024);
    readonly Utf8JsonWriter _json;
    bool _hasAny;

    internal ParametersWriter()
    {
        _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions
        {
            // This is read by FHIR clients, not put into a web page: Chinese stays readable.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });
        _json.WriteStartObject();
        _json.WriteString("resourceType"u8, "Parameters"u8);
    }

    public void Dispose() => _json.Dispose();

    internal ReadOnlyMemory<byte> End()
    {
        if (_hasAny)
        {
            _json.WriteEndArray();
        }

        _json.WriteEndObject();
        _json.Flush();
        return _buffer.WrittenMemory;
    }

    /// <summary>A parameter or part with one value, whose property says the type.</summary>
    internal void Add(string name, string property, string value)
    {
        Start(name);
        _json.WriteString(property, value);
        _json.WriteEndObject();
    }

    internal void Add(string name, bool value)
    {
        Start(name);
        _json.WriteBoolean("valueBoolean"u8, value);
        _json.WriteEndObject();
    }

    internal void Add(string name, int value)
    {
        Start(name);
        _json.WriteNumber("valueInteger"u8, value);
        _json.WriteEndObject();
    }

    internal void Add(string name, decimal value)
    {
        Start(name);
        _json.WriteNumber("valueDecimal"u8, value);
        _json.WriteEndObject();
    }

    internal void Add(string name, Coding value, string? version = null, string? display = null)
    {
        Start(name);
        Write(_json, "valueCoding", value, version, display);
        _json.WriteEndObject();
    }

    /// <summary>A property's value with the type that the code system gives it.</summary>
    internal void Add(string name, PropertyValue value)
    {
        Start(name);
        Write(_json, value);
        _json.WriteEndObject();
    }

    /// <summary>Begins a parameter with parts, which are added until its end.</summary>
    internal void Begin(string name)
    {
        Start(name);
        _json.WriteStartArray("part"u8);
    }

    internal void EndParts()
    {
        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    /// <summary>A list without anything in it is no FHIR, so it begins with the first parameter.</summary>
    void Start(string name)
    {
        if (!_hasAny)
        {
            _json.WriteStartArray("parameter"u8);
            _hasAny = true;
        }

        _json.WriteStartObject();
        _json.WriteString("name"u8, name);
    }

    /// <summary>Writes a property's value as <c>value[x]</c>.</summary>
    internal static void Write(Utf8JsonWriter json, PropertyValue property)
    {
        switch (property.Type)
        {
            case "Coding":
                var bar = property.Text.IndexOf('|', StringComparison.Ordinal);
                var system = bar > 0 ? property.Text[..bar] : null;
                Write(json, "valueCoding", new Coding(system, property.Text[(bar + 1)..]));
                break;
            case "integer" or "boolean" or "decimal":
                json.WritePropertyName($"value{char.ToUpperInvariant(property.Type[0])}{property.Type[1..]}");
                json.WriteRawValue(property.Text);
                break;
            default:
                json.WriteString(property.Type switch
                {
                    "code" => "valueCode",
                    "dateTime" => "valueDateTime",
                    _ => "valueString",
                }, property.Text);
                break;
        }
    }

    static void Write(
        Utf8JsonWriter json, string name, Coding coding, string? version = null, string? display = null)
    {
        json.WriteStartObject(name);
        if (coding.System is { Length: > 0 } system)
        {
            json.WriteString("system"u8, system);
        }

        if (version is not null)
        {
            json.WriteString("version"u8, version);
        }

        json.WriteString("code"u8, coding.Code);
        if (display is not null)
        {
            json.WriteString("display"u8, display);
        }

        json.WriteEndObject();
    }
}
