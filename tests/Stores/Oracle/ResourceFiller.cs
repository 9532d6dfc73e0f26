using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FhirHub.Fhir.Definitions;

namespace FhirHub.Stores.Oracle;

/// <summary>Makes resources of any type: what the definitions require, and what search parameters look at.</summary>
sealed partial class ResourceFiller(Random random, IReadOnlyList<string> types, string? own)
{
    const int Depth = 5;

    readonly DataTypes _values = new(random);
    readonly Random _narratives = new(20261126);

    /// <summary>A resource, now with much and now with little in it.</summary>
    internal JsonObject Make(string type, string id)
    {
        var resource = new JsonObject { ["resourceType"] = type, ["id"] = id };
        var share = Pool.Of(random, [0.15, 0.5, 0.85]);
        var contained = new JsonArray();
        Fill(resource, FhirSchema.R4[type], Names(type), share, contained, Depth);
        if (Meta() is { Count: > 0 } meta)
        {
            resource["meta"] = meta;
        }

        if (_narratives.Next(2) == 0)
        {
            resource["text"] = NarrativeFiller.Make(_narratives);
        }

        TerminologyFiller.Complete(resource, random);
        if (contained.Count > 0)
        {
            resource["contained"] = contained;
        }

        return resource;
    }

    void Fill(
        JsonObject into, TypeSchema type, HashSet<string> names, double share, JsonArray contained, int depth)
    {
        foreach (var element in type.Elements)
        {
            if (element.Name is "id" or "meta" or "contained" or "extension" or "modifierExtension" or "text"
                && (type.IsResource || element.Name is "id" or "extension" or "modifierExtension"))
            {
                continue;
            }

            var wanted = element.Min > 0 || (names.Contains(element.Name) && Pool.Chance(random, share));
            if (!wanted || depth == 0)
            {
                continue;
            }

            var property = Chosen(element);
            var count = element.IsArray ? random.Next(1, 3) : 1;
            var items = new List<JsonNode>();
            for (var i = 0; i < count; i++)
            {
                if (Value(property, names, share, contained, depth) is { } value)
                {
                    items.Add(value);
                }
            }

            if (items.Count > 0)
            {
                into[property.Name] = element.IsArray ? new JsonArray([.. items]) : items[0];
            }
        }
    }

    /// <summary>One type of a choice; the ones that search makes the most of come more often.</summary>
    PropertySchema Chosen(ElementSchema element)
    {
        var first = element.Properties[random.Next(element.Properties.Count)];
        return first.Type.Name is "Quantity" or "CodeableConcept" or "Reference"
            ? first
            : element.Properties[random.Next(element.Properties.Count)];
    }

    JsonNode? Value(PropertySchema property, HashSet<string> names, double share, JsonArray contained, int depth)
    {
        var type = property.Type;
        if (type.Name == "Reference")
        {
            return Reference(property.Element, contained);
        }

        if (_values.Make(type, property.Element) is { } value)
        {
            return value;
        }

        if (type.IsPrimitive || type.IsResource)
        {
            return null;
        }

        var inner = new JsonObject();
        if (property.Element.Path == "Location.position")
        {
            inner["latitude"] = random.Next(-5, 6) * 7.5;
            inner["longitude"] = random.Next(-17, 18) * 10;
            return inner;
        }

        Fill(inner, type, names, Math.Max(share, 0.5), contained, depth - 1);
        return inner.Count > 0 ? inner : null;
    }

    /// <summary>A reference in one of the shapes of https://hl7.org/fhir/R4/references.html</summary>
    JsonObject? Reference(ElementSchema element, JsonArray contained)
    {
        var allowed = element.Types.SelectMany(type => type.TargetProfiles)
            .Select(profile => profile[(profile.LastIndexOf('/') + 1)..]).ToList();
        var known = types.Where(type => allowed.Contains(type) || allowed.Contains("Resource") || allowed.Count == 0)
            .ToList();
        if (known.Count == 0)
        {
            known = allowed;
        }

        var type = Pool.Of(random, known);
        var id = Pool.Of(random, Pool.Ids);
        var version = id[0] == 'b' ? "/_history/1" : ""; // of a whole address
        var reference = new JsonObject();
        switch (random.Next(12))
        {
            case 0:
                reference["reference"] = $"{type}/{id}/_history/{random.Next(1, 3)}";
                break;
            case 1:
                reference["reference"] = $"http://other.example/fhir/{type}/{id}{version}";
                break;
            case 2:
                reference["type"] = type;
                reference["identifier"] = _values.Identifier();
                break;
            case 3:
                reference["reference"] = $"urn:uuid:00000000-0000-4000-8000-00000000000{random.Next(10)}";
                break;
            case 4 when contained.Count < 3 && types.Contains(type):
                var inner = string.Create(CultureInfo.InvariantCulture, $"in{contained.Count}");
                contained.Add(Contained(type, inner));
                reference["reference"] = $"#{inner}";
                break;
            case 5:
                reference["reference"] = $"{type}/nowhere";
                break;
            case 6 when own is not null:
                reference["reference"] = $"{own}/{type}/{id}{version}";
                break;
            default:
                reference["reference"] = $"{type}/{id}";
                break;
        }

        if (random.Next(5) == 0)
        {
            reference["identifier"] = _values.Identifier();
        }

        if (random.Next(4) == 0)
        {
            reference["display"] = Pool.Of(random, Pool.Words);
        }

        return reference;
    }

    /// <summary>What stands inside another resource refers to nothing, which would nest it further.</summary>
    JsonObject Contained(string type, string id)
    {
        var resource = new JsonObject { ["resourceType"] = type, ["id"] = id };
        var full = new JsonArray([null, null, null]);
        Fill(resource, FhirSchema.R4[type], Names(type), 0.4, full, 2);
        return resource;
    }

    JsonObject Meta()
    {
        var meta = new JsonObject();
        foreach (var name in new[] { "tag", "security" }.Where(_ => random.Next(3) == 0))
        {
            meta[name] = new JsonArray([.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => _values.Coding())]);
        }

        if (random.Next(3) == 0)
        {
            meta["profile"] = new JsonArray(_values.Canonical());
        }

        if (random.Next(3) == 0)
        {
            meta["source"] = Pool.Of(random, Pool.Uris);
        }

        return meta;
    }

    /// <summary>The element names a type's parameters look at.</summary>
    static HashSet<string> Names(string type)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var parameter in OracleParameters.Of(type).Values)
        {
            var texts = parameter.Expression!.Split('|').Where(part => part.Contains($"{type}.", StringComparison.Ordinal))
                .Concat(parameter.Components.Select(component => component.Expression));
            names.UnionWith(texts.SelectMany(text => Word().Matches(text)).Select(match => match.Value));
        }

        return names;
    }

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
