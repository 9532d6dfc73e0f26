using System.Globalization;
using System.Text;
using System.Text.Json;
using FhirHub.Fhir.Definitions;

namespace FhirHub.Unit.Search;

/// <summary>
/// Random resources of any type, rich in what search parameters look at: references of every form, typed choices,
/// extensions, and hardly a text twice, so that a value tells which element it came from.
/// </summary>
sealed class GeneratedResources(int seed)
{
    const int DepthMax = 5;

    static readonly string[] Codes = ["official", "active", "other"];
    static readonly string[] Contacts = ["phone", "email"];
    static readonly string[] Artifacts = ["composed-of", "depends-on", "derived-from", "predecessor", "successor"];

    static readonly string[] Targets = ["Patient", "Patient", "Practitioner", "Location", "Group", "RelatedPerson"];

    static readonly string[] Inner = ["Patient", "Composition", "MessageHeader"];

    readonly Random _random = new(seed);
    int _count;

    internal byte[] Make(TypeSchema type)
    {
        var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Resource(writer, type, 0);
        }

        return buffer.ToArray();
    }

    void Resource(Utf8JsonWriter writer, TypeSchema type, int depth)
    {
        writer.WriteStartObject();
        writer.WriteString("resourceType", type.Name);
        if (depth == DepthMax)
        {
            writer.WriteString("id", $"i{++_count}");
        }

        Elements(writer, type, depth);
        writer.WriteEndObject();
    }

    void Elements(Utf8JsonWriter writer, TypeSchema type, int depth)
    {
        foreach (var element in type.Elements.OrderBy(_ => _random.Next()))
        {
            var isWanted = element.Min > 0 || (depth < DepthMax && _random.Next(100) < (depth < 2 ? 85 : 55));
            if (!isWanted || element.Name is "text" && type.IsResource || element.Types.Count == 0
                || (depth > 0 && element.Name is "contained" or "modifierExtension")
                || (depth > 1 && element.Name == "extension"))
            {
                continue;
            }

            var property = element.Properties[(seed + element.Ordinal) % element.Properties.Count];
            writer.WritePropertyName(property.Name);
            if (!element.IsArray)
            {
                Value(writer, property, depth);
                continue;
            }

            writer.WriteStartArray();
            for (var i = _random.Next(1, depth > 2 ? 2 : 4); i > 0; i--)
            {
                Value(writer, property, depth);
            }

            writer.WriteEndArray();
        }
    }

    void Value(Utf8JsonWriter writer, PropertySchema property, int depth)
    {
        var type = property.Type;
        if (type.IsPrimitive)
        {
            Primitive(writer, property);
        }
        else if (type.IsResource)
        {
            Resource(writer, FhirSchema.R4[Pick(Inner)], DepthMax);
        }
        else if (type.Name == "Reference")
        {
            Reference(writer);
        }
        else
        {
            writer.WriteStartObject();
            Elements(writer, type, depth + 1);
            writer.WriteEndObject();
        }
    }

    void Reference(Utf8JsonWriter writer)
    {
        var target = Pick(Targets);
        writer.WriteStartObject();
        switch (_random.Next(6))
        {
            case 0:
                writer.WriteString("reference", $"https://example.org/fhir/{target}/{Next()}/_history/2");
                break;
            case 1:
                writer.WriteString("reference", $"urn:oid:1.2.{Next()}");
                writer.WriteString("type", target);
                break;
            case 2:
                writer.WriteStartObject("identifier");
                writer.WriteString("value", Next());
                writer.WriteEndObject();
                break;
            case 3:
                writer.WriteString("reference", $"#{Next()}");
                break;
            default:
                writer.WriteString("reference", $"{target}/{Next()}");
                break;
        }

        writer.WriteEndObject();
    }

    void Primitive(Utf8JsonWriter writer, PropertySchema property)
    {
        switch (property.Type.Primitive)
        {
            case PrimitiveKind.Boolean:
                writer.WriteBooleanValue(_random.Next(2) == 0);
                break;
            case PrimitiveKind.Integer or PrimitiveKind.PositiveInt or PrimitiveKind.UnsignedInt:
                writer.WriteNumberValue(++_count);
                break;
            case PrimitiveKind.Decimal:
                writer.WriteRawValue($"{++_count}.50");
                break;
            case PrimitiveKind.Code:
                writer.WriteStringValue(Pick(property.Element.Owner.Name switch
                {
                    "ContactPoint" => Contacts,
                    "RelatedArtifact" => Artifacts,
                    _ => Codes,
                }));
                break;
            default:
                writer.WriteStringValue(Text(property.Type));
                break;
        }
    }

    string Text(TypeSchema type)
    {
        var day = new DateTime(1990, 1, 1).AddDays(++_count);
        return type.Primitive switch
        {
            PrimitiveKind.Date => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            PrimitiveKind.DateTime or PrimitiveKind.Instant =>
                day.ToString("yyyy-MM-dd'T'10:20:30'Z'", CultureInfo.InvariantCulture),
            PrimitiveKind.Time => "10:20:30",
            PrimitiveKind.Id => $"i{_count}",
            PrimitiveKind.Oid => $"urn:oid:1.2.{_count}",
            PrimitiveKind.Uuid => $"urn:uuid:00000000-0000-0000-0000-{_count:d12}",
            PrimitiveKind.Uri or PrimitiveKind.Url or PrimitiveKind.Canonical => $"http://example.org/{_count}|{_count}",
            PrimitiveKind.Base64Binary => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{_count:d6}")),
            _ => $"text {_count}",
        };
    }

    string Pick(string[] texts) => texts[_random.Next(texts.Length)];

    string Next() => (++_count).ToString(CultureInfo.InvariantCulture);
}
