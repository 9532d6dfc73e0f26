using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using FhirHub.Core.Model;
using FhirHub.Core.Storage;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;
using Microsoft.AspNetCore.WebUtilities;

namespace FhirHub.Host.Http;

/// <summary>
/// Writes a Bundle around stored resources, whose bytes go in as they are (https://hl7.org/fhir/R4/bundle.html). The
/// order of calls is the order of the elements.
/// </summary>
sealed class BundleWriter : IDisposable
{
    readonly ArrayBufferWriter<byte> _buffer = new(16 * 1024);
    readonly Utf8JsonWriter _json;
    readonly string _baseUrl;

    internal BundleWriter(string type, string baseUrl, long? total = null)
    {
        _baseUrl = baseUrl;
        _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions
        {
            SkipValidation = true,
            // This is read by FHIR clients, not put into a web page: addresses stay readable.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });
        _json.WriteStartObject();
        _json.WriteString("resourceType"u8, "Bundle"u8);
        _json.WriteString("type"u8, type);
        if (total is { } number)
        {
            _json.WriteNumber("total"u8, number);
        }
    }

    internal void Links(params IEnumerable<(string Relation, string? Url)> links)
    {
        _json.WriteStartArray("link"u8);
        foreach (var (relation, url) in links.Where(l => l.Url is not null))
        {
            _json.WriteStartObject();
            _json.WriteString("relation"u8, relation);
            _json.WriteString("url"u8, url);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    internal void StartEntries() => _json.WriteStartArray("entry"u8);

    /// <summary>A match of a search.</summary>
    internal void Match(StoredResource resource, ElementFilter? filter) => Found(resource, filter, "match"u8);

    /// <summary>What a match brings along.</summary>
    internal void Include(StoredResource resource, ElementFilter? filter) => Found(resource, filter, "include"u8);

    /// <summary>What a search left out, told beside its matches.</summary>
    internal void Outcome(FhirDocument outcome)
    {
        _json.WriteStartObject();
        Resource(outcome.Json.Span);
        _json.WriteStartObject("search"u8);
        _json.WriteString("mode"u8, "outcome"u8);
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    void Found(StoredResource resource, ElementFilter? filter, ReadOnlySpan<byte> mode)
    {
        StartEntry(resource);
        Resource(filter is null ? resource.Json.Span : filter.Apply(resource.Json.Span, FhirSchema.R4));
        _json.WriteStartObject("search"u8);
        _json.WriteString("mode"u8, mode);
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    /// <summary>A version in a history.</summary>
    internal void Version(StoredResource resource, ElementFilter? filter)
    {
        StartEntry(resource);
        if (!resource.IsDeleted)
        {
            Resource(filter is null ? resource.Json.Span : filter.Apply(resource.Json.Span, FhirSchema.R4));
        }

        var isCreate = resource.Version == 1 && resource.Method == WriteMethod.Post;
        _json.WriteStartObject("request"u8);
        _json.WriteString("method"u8, isCreate ? "POST" : resource.Method.ToString().ToUpperInvariant());
        _json.WriteString("url"u8, isCreate ? resource.Key.Type : resource.Key.ToString());
        _json.WriteEndObject();
        _json.WriteStartObject("response"u8);
        _json.WriteString("status"u8, resource.IsDeleted ? "204" : resource.Version == 1 ? "201" : "200");
        _json.WriteString("etag"u8, $"W/\"{resource.Version.ToString(CultureInfo.InvariantCulture)}\"");
        _json.WriteString("lastModified"u8, FhirTime.Format(resource.LastUpdated));
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    /// <summary>The answer to an entry of a batch or transaction.</summary>
    internal void Response(EntryResponse response)
    {
        _json.WriteStartObject();
        if (!response.IsOutcome && !response.Json.IsEmpty)
        {
            Resource(response.Json.Span);
        }

        _json.WriteStartObject("response"u8);
        _json.WriteString("status"u8, $"{response.Status} {ReasonPhrases.GetReasonPhrase(response.Status)}");
        Optional("location"u8, response.Location);
        Optional("etag"u8, response.ETag);
        Optional("lastModified"u8, response.LastModified);
        if (response.IsOutcome && !response.Json.IsEmpty)
        {
            _json.WritePropertyName("outcome"u8);
            _json.WriteRawValue(response.Json.Span, skipInputValidation: true);
        }
        else if (response.Warnings.Count > 0)
        {
            _json.WritePropertyName("outcome"u8);
            _json.WriteRawValue(OutcomeHandler.Warnings(response.Warnings).Json.Span, skipInputValidation: true);
        }

        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    internal void EndEntries() => _json.WriteEndArray();

    internal ReadOnlyMemory<byte> End()
    {
        _json.WriteEndObject();
        _json.Flush();
        return _buffer.WrittenMemory;
    }

    public void Dispose() => _json.Dispose();

    void Optional(ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            _json.WriteString(name, value);
        }
    }

    void StartEntry(StoredResource resource)
    {
        _json.WriteStartObject();
        _json.WriteString(
            "fullUrl"u8,
            resource.Container is { } container
                ? $"{_baseUrl}/{container}#{resource.Key.Id}"
                : $"{_baseUrl}/{resource.Key}");
    }

    void Resource(ReadOnlySpan<byte> json)
    {
        _json.WritePropertyName("resource"u8);
        _json.WriteRawValue(json, skipInputValidation: true);
    }
}
