using System.Text.Json.Nodes;
using FhirHub.Fhir.Definitions;

namespace FhirHub.Stores.Oracle;

/// <summary>Makes values of FHIR's data types out of the pool.</summary>
sealed class DataTypes(Random random)
{
    /// <summary>A value of that type; null when the type is none that searches look at.</summary>
    internal JsonNode? Make(TypeSchema type, ElementSchema element) => type.Name switch
    {
        "boolean" => random.Next(2) == 0,
        "code" => Code(element),
        "string" or "markdown" => Draw(Pool.Words),
        "uri" or "url" => element.Path.EndsWith(".system", StringComparison.Ordinal) ? Draw(Pool.Systems) : Draw(Pool.Uris),
        "canonical" => Canonical(),
        "date" => Draw(Pool.Dates),
        "dateTime" => DateTime(),
        "instant" => Instant(),
        "decimal" => Pool.Number(Draw(Pool.Decimals)),
        "integer" or "positiveInt" or "unsignedInt" => Pool.Number(Draw(Pool.Integers)),
        "time" => "12:30:00",
        "id" => Draw(Pool.Ids),
        "base64Binary" => "AAEC",
        "CodeableConcept" => Concept(),
        "Coding" => Coding(),
        "Identifier" => Identifier(),
        "HumanName" => Name(),
        "Address" => Address(),
        "ContactPoint" => Contact(),
        "Period" => Period(),
        "Range" => Range(),
        "Quantity" or "Age" or "Duration" or "Count" or "Distance" => Quantity(type.Name == "Quantity"),
        "Money" => new JsonObject { ["value"] = Pool.Number(Draw(Pool.Decimals)), ["currency"] = Draw(["CNY", "EUR"]) },
        "Timing" => Timing(),
        "Attachment" => Attachment(),
        "Annotation" => new JsonObject { ["text"] = Draw(Pool.Words) },
        "Ratio" => new JsonObject { ["numerator"] = Quantity(false), ["denominator"] = Quantity(false) },
        _ => null,
    };

    internal JsonObject Identifier()
    {
        var identifier = new JsonObject();
        if (random.Next(3) > 0)
        {
            identifier["system"] = Draw(Pool.Systems);
        }

        if (random.Next(3) == 0)
        {
            identifier["type"] = Concept();
        }

        identifier["value"] = Draw(Pool.Codes);
        return identifier;
    }

    internal JsonObject Coding()
    {
        var coding = new JsonObject();
        if (random.Next(4) > 0)
        {
            coding["system"] = Draw(Pool.Systems);
        }

        if (random.Next(12) > 0 || coding.Count == 0)
        {
            coding["code"] = Draw(Pool.Codes);
        }

        if (random.Next(2) == 0)
        {
            coding["display"] = Draw(Pool.Words);
        }

        return coding;
    }

    internal string Canonical() =>
        random.Next(2) == 0 ? Draw(Pool.Uris) : $"{Draw(Pool.Uris)}|{Draw(Pool.Versions)}";

    internal string Instant() =>
        Draw(Pool.Instants) is var text && random.Next(3) == 0 && !text.Contains('.', StringComparison.Ordinal)
            ? $"{text[..19]}.123{text[19..]}"
            : text;

    string DateTime() => random.Next(2) == 0 ? Draw(Pool.Dates) : Instant();

    string Code(ElementSchema element)
    {
        if (element.Path.EndsWith("contentType", StringComparison.Ordinal))
        {
            return Draw(["text/xml", "text/xml; charset=UTF-8", "text/plain", "application/pdf", "TEXT/XML"]);
        }

        if (element.Path.EndsWith("concept.code", StringComparison.Ordinal))
        {
            return Draw(Pool.Codes);
        }

        var codes = Terminology.ListedIn(element.Binding?.ValueSet);
        // Parameters such as composed-of ask for any of them.
        var most = element.Path == "RelatedArtifact.type" ? codes.Count : 6;
        return codes.Count == 0 ? Draw(["zh-CN", "en", "de"]) : codes[random.Next(Math.Min(codes.Count, most))].Code;
    }

    JsonObject Concept()
    {
        var concept = new JsonObject();
        var codings = random.Next(3);
        if (codings > 0)
        {
            concept["coding"] = new JsonArray([.. Enumerable.Range(0, codings).Select(_ => Coding())]);
        }

        if (codings == 0 || random.Next(2) == 0)
        {
            concept["text"] = Draw(Pool.Words);
        }

        return concept;
    }

    JsonObject Name()
    {
        var name = new JsonObject { ["use"] = Draw(["official", "usual"]) };
        foreach (var part in new[] { "text", "family" }.Where(_ => random.Next(3) > 0))
        {
            name[part] = Draw(Pool.Words);
        }

        foreach (var part in new[] { "given", "prefix", "suffix" }.Where(_ => random.Next(2) == 0))
        {
            name[part] = new JsonArray([.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => (JsonNode)Draw(Pool.Words))]);
        }

        return name;
    }

    JsonObject Address()
    {
        var address = new JsonObject { ["use"] = Draw(["home", "work"]), ["line"] = new JsonArray(Draw(Pool.Words)) };
        foreach (var part in new[] { "text", "city", "district", "state", "country" }.Where(_ => random.Next(2) == 0))
        {
            address[part] = Draw(Pool.Cities);
        }

        if (random.Next(2) == 0)
        {
            address["postalCode"] = Draw(["100000", "10", "CH-8001"]);
        }

        return address;
    }

    JsonObject Contact() => new()
    {
        ["system"] = Draw(["phone", "email"]),
        ["value"] = Draw(
        [
            "13800138000", "138", "a@b.example", "A@B.example", "+86 138-0013-8000", "0471-1234567", "+86 471 1234567",
            "+1 (212) 555-0100", "0471-1234567转8",
        ]),
        ["use"] = Draw(["home", "mobile"]),
    };

    JsonObject Period()
    {
        var ends = new[] { DateTime(), DateTime() }.OrderBy(text => DateRule.Read(text)?.Low).ToArray();
        var open = random.Next(4);
        var period = new JsonObject();
        if (open != 0)
        {
            period["start"] = ends[0];
        }

        if (open != 1)
        {
            period["end"] = ends[1];
        }

        return period;
    }

    JsonObject Range()
    {
        var unit = Draw(Pool.Units);
        var ends = new[] { Draw(Pool.Decimals), Draw(Pool.Decimals) }.OrderBy(NumberRule.Parse).ToArray();
        var open = random.Next(4);
        var range = new JsonObject();
        if (open != 0)
        {
            range["low"] = InUnit(ends[0], unit);
        }

        if (open != 1)
        {
            range["high"] = InUnit(open == 2 ? ends[0] : ends[1], unit);
        }

        return range;
    }

    JsonObject Quantity(bool mayCompare)
    {
        var quantity = InUnit(Draw(Pool.Decimals), Draw(Pool.Units));
        if (mayCompare && random.Next(4) == 0)
        {
            quantity["comparator"] = Draw(["<", "<=", ">", ">="]);
        }

        return quantity;
    }

    static JsonObject InUnit(string value, (string? System, string? Code, string? Unit) unit)
    {
        var quantity = new JsonObject { ["value"] = Pool.Number(value) };
        foreach (var (name, text) in new[] { ("unit", unit.Unit), ("system", unit.System), ("code", unit.Code) })
        {
            if (text is not null)
            {
                quantity[name] = text;
            }
        }

        return quantity;
    }

    JsonObject Timing()
    {
        var timing = new JsonObject();
        if (random.Next(3) > 0)
        {
            timing["event"] = new JsonArray([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => (JsonNode)DateTime())]);
        }

        if (timing.Count == 0 || random.Next(2) == 0)
        {
            timing["repeat"] = new JsonObject { ["boundsPeriod"] = Period(), ["frequency"] = 1 };
        }

        return timing;
    }

    JsonObject Attachment() => new()
    {
        ["contentType"] = Draw(["text/xml", "text/xml; charset=UTF-8", "text/plain", "application/pdf", "TEXT/XML"]),
        ["language"] = Draw(["zh-CN", "en", "EN"]),
        ["url"] = Draw(Pool.Uris),
    };

    T Draw<T>(IReadOnlyList<T> values) => Pool.Of(random, values);
}
