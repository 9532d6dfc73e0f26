using System.Globalization;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Ucum;

namespace FhirHub.Stores.Oracle;

/// <summary>
/// Turns what a resource holds into values that search for it, or nearly for it. Everything comes out escaped.
/// </summary>
sealed class ValueText(Random random)
{
    // Numbers of their own, because they were not there when the seed of everybody's run was found to be good.
    readonly Random _turns = new(20261128);

    /// <summary>A value for a parameter of that type; the element is null when nothing of the data shall be hit.</summary>
    internal string Of(SearchParameterSchema parameter, string? modifier, Element? element) => parameter.Type switch
    {
        SearchParameterType.String => Text(StringOf(element), modifier),
        SearchParameterType.Token => Token(element, modifier),
        SearchParameterType.Date => Date(element),
        SearchParameterType.Number => Number(element),
        SearchParameterType.Quantity => Quantity(element),
        SearchParameterType.Uri => Uri(element, modifier),
        SearchParameterType.Reference => Reference(parameter, element, modifier),
        SearchParameterType.Composite => Composite(parameter, element),
        _ => Near(element),
    };

    string? StringOf(Element? element)
    {
        var parts = element is null ? [] : StringRule.Parts(element).ToList();
        var text = parts.Count > 0 ? Draw(parts) : null;
        return element is not null && NameRule.More(element) is { Count: > 0 } more && _turns.Next(4) == 0
            ? Pool.Of(_turns, more)
            : text;
    }

    string Text(string? found, string? modifier)
    {
        var text = found ?? Draw(Pool.Words);
        var cut = random.Next(6) switch
        {
            0 or 1 => text[..random.Next(1, text.Length + 1)],
            2 when modifier == "contains" => text[random.Next(text.Length)..],
            3 => SwapCase(text),
            4 => Folding.Fold(text),
            _ => text,
        };

        // An address is also found by the code of its division, which is more than R4 asks for: 1 would find Beijing.
        cut = cut is ['1'] ? text : cut;
        // A search for nothing but punctuation would be one for everything, or an error; neither is asked here.
        return SearchText.Escape(Folding.Fold(cut).Length == 0 || cut.Trim().Length < cut.Length ? text : cut);
    }

    string Token(Element? element, string? modifier)
    {
        if (modifier == "text")
        {
            return Text(null, null);
        }

        var tokens = element is null ? [] : TokenRule.Tokens(element).ToList();
        var token = tokens.Count > 0
            ? Draw(tokens)
            : new TokenRule.Token(Draw(Pool.Systems), Draw(Pool.Codes), element is null);
        switch (modifier)
        {
            case "of-type":
                return OfType(element);
            case "in" or "not-in":
                return Draw(Pool.ValueSets) is var set && random.Next(2) == 0 ? set : $"ValueSet/{Draw(Pool.Ids)}";
            case "below" when element?.Type is "code" || token.System is null:
                return Draw(["text/xml", "text/plain", "image/png"]);
            case "above" or "below":
                var known = TerminologyFiller.Systems;
                var (of, concept) = token.System is { } own && token.Code is { } named && known.Contains(own)
                    ? (own, named)
                    : (Draw(known), Draw(Pool.Codes));
                return $"{SearchText.Escape(of)}|{SearchText.Escape(concept)}";
        }

        var written = token.Code ?? Draw(Pool.Codes);
        var code = SearchText.Escape(
            element?.Type == "ContactPoint" && _turns.Next(2) == 0 ? PhoneRule.Rewritten(written, _turns) : written);
        code = random.Next(6) == 0 ? SwapCase(code) : code;
        if (element is not null && !token.MayHaveSystem && _turns.Next(4) == 0)
        {
            return $"{token.System}|{code}";
        }

        var system = SearchText.Escape(random.Next(6) == 0 ? Draw(Pool.Systems) : token.System ?? "");
        if (!token.MayHaveSystem || random.Next(3) == 0 || (element?.Type == "code" && system.Length == 0))
        {
            return code;
        }

        return random.Next(4) == 0 && system.Length > 0 ? $"{system}|" : $"{system}|{code}";
    }

    string OfType(Element? element)
    {
        var type = element is null ? null : Element.Child(element.Json, "type");
        var coding = type is { } concept
            ? Element.Items(concept, "coding").FirstOrDefault(one => Element.Get(one, "system") is not null)
            : default;
        var system = Element.Get(coding, "system") ?? Draw(Pool.Systems);
        var code = Element.Get(coding, "code") ?? Draw(Pool.Codes);
        var value = element?.Get("value") ?? Draw(Pool.Codes);
        return $"{SearchText.Escape(system)}|{SearchText.Escape(code)}|{SearchText.Escape(value)}";
    }

    string Date(Element? element)
    {
        var texts = element?.Type switch
        {
            "date" or "dateTime" or "instant" => [element.Text],
            "Period" => [element.Get("start"), element.Get("end")],
            "Timing" => Element.Items(element.Json, "event").Select(item => item.GetString()),
            _ => Enumerable.Empty<string?>(),
        };
        var known = texts.OfType<string>().ToList();
        var text = known.Count > 0 && random.Next(4) > 0 ? Draw(known)
            : random.Next(2) == 0 ? Draw(Pool.Dates)
            : Draw(Pool.Instants);
        var cuts = new[] { 4, 7, 10, text.Length }.Where(length => length <= text.Length).ToList();
        var cut = random.Next(3) == 0 ? text[..Draw(cuts)] : text;
        if (cut.Length == 25 && random.Next(4) == 0)
        {
            cut = cut[..16] + (random.Next(2) == 0 ? cut[19..] : ""); // to the minute, which R4 allows in a search
        }

        return Prefixed(cut);
    }

    string Number(Element? element)
    {
        var text = element is not null && random.Next(3) > 0 && element.Text is { } own ? own
            : random.Next(3) == 0 ? Draw(Pool.Integers)
            : Draw(Pool.Decimals);
        return Prefixed(text);
    }

    string Quantity(Element? element)
    {
        var from = element is null ? default
            : element.Type == "Range" && (Element.Child(element.Json, "low") ?? Element.Child(element.Json, "high")) is { } end
                ? end
            : element.Json;
        var text = Element.Get(from, "value") is { } value && random.Next(4) > 0 ? value : Draw(Pool.Decimals);
        var (system, code, unit) = random.Next(5) > 0 && element is not null
            ? (Element.Get(from, "system"), Element.Get(from, "code"), Element.Get(from, "unit"))
            : Draw(Pool.Units);
        if (element?.Type == "Money" && random.Next(2) == 0)
        {
            (system, code) = ("urn:iso:std:iso:4217", Element.Get(from, "currency"));
        }

        if (random.Next(3) == 0 || (code ?? unit) is not { } named)
        {
            return Prefixed(text);
        }

        if (system == "http://unitsofmeasure.org" && code is not null && random.Next(2) == 0)
        {
            (text, code) = Converted(text, code);
        }

        return system is null || code is null || random.Next(5) == 0
            ? $"{Prefixed(text)}||{SearchText.Escape(unit is not null && random.Next(2) == 0 ? unit : named)}"
            : $"{Prefixed(text)}|{SearchText.Escape(system)}|{SearchText.Escape(code)}";
    }

    /// <summary>The same quantity in another unit of its kind.</summary>
    (string Value, string Code) Converted(string value, string code)
    {
        var to = Draw(Pool.Units).Code;
        return to is not null && UcumUnit.TryParse(code, out var from, out _) && UcumUnit.TryParse(to, out var unit, out _)
            && from.TryConvert(NumberRule.Parse(value), unit, out var result)
            // In all no more digits than a search takes.
            ? (Math.Round(result, Math.Abs(result) < 1e18m ? 9 : 0).ToString(CultureInfo.InvariantCulture), to)
            : (value, code);
    }

    string Uri(Element? element, string? modifier)
    {
        var uri = element?.Text is { } own && random.Next(4) > 0 ? own : Draw(Pool.Uris);
        if (modifier is "below" or "above")
        {
            // These are for URLs alone, and a URL is cut where one of its parts ends.
            uri = uri.StartsWith("http", StringComparison.Ordinal) ? uri.Split('|')[0] : Pool.Uris[0];
            return SearchText.Escape(random.Next(3) == 0 ? uri
                : modifier == "above" ? $"{uri.TrimEnd('/')}/x"
                : uri[..(uri.LastIndexOf('/') + random.Next(2))]);
        }

        var text = random.Next(8) == 0 ? SwapCase(uri) : uri;
        return SearchText.Escape(text).Replace("\\|", "|", StringComparison.Ordinal);
    }

    string Reference(SearchParameterSchema parameter, Element? element, string? modifier)
    {
        if (modifier == "identifier")
        {
            var identifier = element is null ? null : Element.Child(element.Json, "identifier");
            return Token(identifier is { } json ? new Element("Identifier", json, element!.Value) : null, null);
        }

        if (element?.Type is "canonical" or "uri")
        {
            if (modifier is not (null or "below" or "above"))
            {
                // The type of what a reference leads to is asked for with an id, which a canonical has not.
                return Draw(Pool.Ids);
            }

            // Versions are asked for behind URLs alone.
            var isUrn = element.Text!.StartsWith("urn:", StringComparison.Ordinal); // it has a value
            var parts = (modifier is not null && isUrn ? Pool.Uris[0] : element.Text).Split('|');
            var text = modifier == "below" && parts.Length > 1 && random.Next(2) == 0 ? $"{parts[0]}|{parts[1].Split('.')[0]}"
                : modifier == "above" && random.Next(3) > 0 ? $"{parts[0]}|{Draw(Pool.Versions)}{Draw(["", ".3"])}"
                : random.Next(3) == 0 || modifier is not null ? parts[0]
                : random.Next(4) == 0 ? Draw(Pool.Uris)
                : element.Text;
            return SearchText.Escape(text).Replace("\\|", "|", StringComparison.Ordinal);
        }

        if (modifier is "above" or "below" && !parameter.Targets.Any(type => OracleParameters.PartOf(type) is not null))
        {
            return Pool.Uris[0];
        }

        var literal = element?.Get("reference");
        var local = literal is null ? null : ReferenceRule.Read(literal);
        if (modifier is not null)
        {
            var id = local?.Id ?? Draw(Pool.Ids);
            return modifier is not ("above" or "below") && _turns.Next(3) == 0 ? $"{modifier}/{id}" : id;
        }

        var type = parameter.Targets.Count > 0 ? Draw(parameter.Targets) : "Patient";
        return random.Next(6) switch
        {
            0 => local?.Id ?? Draw(Pool.Ids),
            1 => $"{local?.Type ?? type}/{Draw(Pool.Ids)}",
            2 => local?.Key ?? $"{type}/{Draw(Pool.Ids)}",
            _ => literal is null || literal.StartsWith('#') ? $"{type}/{Draw(Pool.Ids)}" : literal,
        };
    }

    string Composite(SearchParameterSchema parameter, Element? node)
    {
        var parts = parameter.Components.Select(component =>
        {
            var elements = node is null ? [] : ElementFinder.Component(node, component.Expression);
            var value = OracleParameters.ByUrl(component.Definition);
            return Of(value, null, elements.Count > 0 && random.Next(6) > 0 ? Draw(elements) : null);
        });
        return string.Join('$', parts);
    }

    string Near(Element? element)
    {
        var latitude = element?.Get("latitude") ?? "0";
        var longitude = element?.Get("longitude") ?? "0";
        var distance = Draw(["10|km", "900", "900|km", "3000|km", "10|[mi_us]", "5000|m"]);
        return $"{latitude}|{longitude}|{distance}";
    }

    string Prefixed(string value) => random.Next(4) == 0 ? value : Draw(Prefix.All) + value;

    static string SwapCase(string text) =>
        string.Concat(text.Select(c => char.IsUpper(c) ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c)));

    T Draw<T>(IReadOnlyList<T> values) => Pool.Of(random, values);
}
