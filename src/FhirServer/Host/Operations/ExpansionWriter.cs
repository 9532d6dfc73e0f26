using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using FhirHub.Core.Model;
using FhirHub.Fhir.Documents;
using FhirHub.Terminology.Operations;

namespace FhirHub.Host.Operations;

/// <summary>
/// Writes a value set with its expansion (https://hl7.org/fhir/R4/valueset.html#expansion) straight into JSON: there
/// may be tens of thousands of codes.
/// </summary>
sealed class ExpansionWriter : IDisposable
{
    const string Unclosed = "http://hl7.org/fhir/StructureDefinition/valueset-unclosed";

    /// <summary>How R5 gives properties, for servers of R4: https://hl7.org/fhir/R5/versions.html#extensions</summary>
    const string PropertyExtension =
        "http://hl7.org/fhir/5.0/StructureDefinition/extension-ValueSet.expansion.contains.property";

    readonly ArrayBufferWriter<byte> _buffer = new(16 * 1024);
    readonly Utf8JsonWriter _json;

    ExpansionWriter() => _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions
    {
        // This is read by FHIR clients, not put into a web page: Chinese stays readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public void Dispose() => _json.Dispose();

    internal static ReadOnlyMemory<byte> Write(
        ExpansionPage page, ExpansionRequest request, FhirNode definition, IReadOnlyList<string> notes,
        TimeProvider time)
    {
        using var writer = new ExpansionWriter();
        writer.WriteSet(page, request, definition, notes, time);
        writer._json.Flush();
        return writer._buffer.WrittenMemory;
    }

    void WriteSet(
        ExpansionPage page, ExpansionRequest request, FhirNode definition, IReadOnlyList<string> notes,
        TimeProvider time)
    {
        _json.WriteStartObject();
        _json.WriteString("resourceType"u8, "ValueSet"u8);
        Text("url", page.Url);
        Text("version", page.Version);
        Text("name", page.Head.Name);
        Text("title", page.Head.Title);
        _json.WriteString("status"u8, page.Head.Status ?? "active");
        if (page.Head.IsExperimental)
        {
            _json.WriteBoolean("experimental"u8, true);
        }

        if (definition.Exists && definition.First("compose") is { Exists: true } compose)
        {
            _json.WritePropertyName("compose"u8);
            _json.WriteRawValue(compose.Json);
        }

        _json.WriteStartObject("expansion"u8);
        if (!page.IsComplete)
        {
            _json.WriteStartArray("extension"u8);
            _json.WriteStartObject();
            _json.WriteString("url"u8, Unclosed);
            _json.WriteBoolean("valueBoolean"u8, true);
            _json.WriteEndObject();
            _json.WriteEndArray();
        }

        _json.WriteString("identifier"u8, $"urn:uuid:{ResourceId.New(time)}");
        _json.WriteString("timestamp"u8, FhirHub.Core.Storage.FhirTime.Format(time.GetUtcNow()));
        _json.WriteNumber("total"u8, page.Total);
        if (request.Count is not null || request.Offset > 0)
        {
            _json.WriteNumber("offset"u8, page.Offset);
        }

        Parameters(page, request, notes);
        Contains(page.Codes);
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    /// <summary>What the expansion was made by, so that whoever keeps it knows what it is.</summary>
    void Parameters(ExpansionPage page, ExpansionRequest request, IReadOnlyList<string> notes)
    {
        List<(string Name, string Type, string Value)> all = [.. page.UsedSystems.Select(s => ("version", "Uri", s))];
        all.AddRange(page.UsedSupplements.Select(supplement => ("used-supplement", "Uri", supplement)));
        Add(request.Filter, "filter", "String");
        Add(request.Rules.AsOf?.ToString("O", CultureInfo.InvariantCulture), "date", "DateTime");
        Add(request.DisplayLanguage, "displayLanguage", "Code");
        foreach (var (name, versions) in new[]
        {
            ("system-version", request.Rules.Versions),
            ("check-system-version", request.Rules.Checked),
            ("force-system-version", request.Rules.Forced),
        })
        {
            all.AddRange(versions.Select(pair => (name, "Uri", $"{pair.Key}|{pair.Value}")));
        }

        all.AddRange(request.ExcludedSystems.Select(system => ("exclude-system", "Uri", system)));
        all.AddRange(request.Designations.Select(token => ("designation", "String", token.ToString())));
        all.AddRange(request.Properties.Select(property => ("property", "String", property)));
        all.AddRange(notes.Select(note => ("warning", "String", note)));
        (string, bool)[] flags =
        [
            ("activeOnly", request.ActiveOnly), ("excludeNested", request.IsFlat),
            ("excludeNotForUI", request.ExcludesAbstract), ("includeDesignations", request.IncludesDesignations),
        ];
        var set = flags.Where(flag => flag.Item2).ToList();
        if (all.Count + set.Count == 0 && request.Count is null && request.Offset == 0)
        {
            return;
        }

        _json.WriteStartArray("parameter"u8);
        foreach (var (name, type, value) in all)
        {
            _json.WriteStartObject();
            _json.WriteString("name"u8, name);
            _json.WriteString("value" + type, value);
            _json.WriteEndObject();
        }

        foreach (var (name, _) in set)
        {
            _json.WriteStartObject();
            _json.WriteString("name"u8, name);
            _json.WriteBoolean("valueBoolean"u8, true);
            _json.WriteEndObject();
        }

        Number("count", request.Count);
        Number("offset", request.Offset > 0 ? request.Offset : null);
        _json.WriteEndArray();

        void Add(string? value, string name, string type)
        {
            if (value is not null)
            {
                all.Add((name, type, value));
            }
        }
    }

    void Number(string name, int? value)
    {
        if (value is { } number)
        {
            _json.WriteStartObject();
            _json.WriteString("name"u8, name);
            _json.WriteNumber("valueInteger"u8, number);
            _json.WriteEndObject();
        }
    }

    void Contains(IReadOnlyList<ExpandedCode> codes)
    {
        if (codes.Count == 0)
        {
            return;
        }

        _json.WriteStartArray("contains"u8);
        foreach (var code in codes)
        {
            _json.WriteStartObject();
            Properties(code.Properties);
            _json.WriteString("system"u8, code.Entry.System);
            if (code.Entry.IsAbstract)
            {
                _json.WriteBoolean("abstract"u8, true);
            }

            if (code.Entry.IsInactive)
            {
                _json.WriteBoolean("inactive"u8, true);
            }

            Text("version", code.Entry.Version);
            _json.WriteString("code"u8, code.Entry.Code);
            Text("display", code.Display);
            Designations(code.Designations);
            Contains(code.Children);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    void Designations(IReadOnlyList<Designation> designations)
    {
        if (designations.Count == 0)
        {
            return;
        }

        _json.WriteStartArray("designation"u8);
        foreach (var designation in designations)
        {
            _json.WriteStartObject();
            Text("language", designation.Language);
            if (designation.Use is { } use)
            {
                _json.WriteStartObject("use"u8);
                Text("system", use.System);
                _json.WriteString("code"u8, use.Code);
                _json.WriteEndObject();
            }

            _json.WriteString("value"u8, designation.Value);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    void Properties(IReadOnlyList<PropertyValue> properties)
    {
        if (properties.Count == 0)
        {
            return;
        }

        _json.WriteStartArray("extension"u8);
        foreach (var property in properties)
        {
            _json.WriteStartObject();
            _json.WriteStartArray("extension"u8);
            _json.WriteStartObject();
            _json.WriteString("url"u8, "code"u8);
            _json.WriteString("valueCode"u8, property.Code);
            _json.WriteEndObject();
            _json.WriteStartObject();
            _json.WriteString("url"u8, "value"u8);
            ParametersWriter.Write(_json, property);
            _json.WriteEndObject();
            _json.WriteEndArray();
            _json.WriteString("url"u8, PropertyExtension);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    void Text(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            _json.WriteString(name, value);
        }
    }
}
