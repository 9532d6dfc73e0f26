using System.Globalization;
using System.Text;
using FhirHub.Core.Model;
using FhirHub.Fhir.Definitions;
using static FhirHub.Core.Search.Parsing.SearchSyntax;

namespace FhirHub.Core.Search.Parsing;

/// <summary>One value of a parameter, by the parameter's type: https://hl7.org/fhir/R4/search.html#ptypes</summary>
/// <param name="zone">The zone of dates without one.</param>
/// <param name="time">What "approximately" is measured from.</param>
/// <param name="baseUrl">The server's own base, if known.</param>
sealed class ValueParser(SearchZone zone, TimeProvider time, string? baseUrl)
{
    const double NearDefault = 1; // kilometres, as the specification leaves it to the server

    internal SearchExpression Read(
        SearchParameterSchema parameter,
        IReadOnlyList<SearchParameterSchema> components,
        string? modifier,
        string name,
        string value) => parameter.Type switch
        {
            SearchParameterType.Token => Token(parameter, modifier, name, value),
            SearchParameterType.String => Text(parameter, modifier, name, Unescaped(value)),
            SearchParameterType.Date => Date(parameter, name, value),
            SearchParameterType.Number => Number(parameter, name, value),
            SearchParameterType.Quantity => Quantity(parameter, name, value),
            SearchParameterType.Reference => Reference(parameter, modifier, name, Unescaped(value), value),
            SearchParameterType.Uri => Url(parameter, modifier, value),
            SearchParameterType.Composite => Composite(parameter, components, name, value),
            _ => throw Refused($"'{name}': a special parameter that this server does not know."),
        };

    /// <summary>The parameters that names of people are found by, and so how these are spoken.</summary>
    static readonly HashSet<string> OfNames = new(["name", "given", "family", "phonetic"], StringComparer.Ordinal);

    static SearchExpression Text(SearchParameterSchema parameter, string? modifier, string name, string value)
    {
        var match = modifier switch
        {
            "exact" => TextMatch.Exact,
            "contains" => TextMatch.Contains,
            _ => TextMatch.Start,
        };
        if (match != TextMatch.Exact && SearchText.Bare(value).Length == 0)
        {
            throw NothingCounts(name);
        }

        var text = new SearchExpression.Text(parameter, value, match);
        if (match != TextMatch.Start)
        {
            return text;
        }

        return OfNames.Contains(parameter.Code) && Pinyin.QueryKey(value) is { } key
                ? new SearchExpression.Or([text, new SearchExpression.Pinyin(parameter, key)])
            : parameter.Code == "address" && AddressText.InFull(value) is { } full
                ? new SearchExpression.Or([text, text with { Value = full }])
            : text;
    }

    static FhirException NothingCounts(string name) =>
        Refused($"'{name}': nothing of the value counts in a search; give it a letter or a digit.");

    internal SearchExpression.LastUpdated LastUpdated(string name, string value)
    {
        var (comparison, range) = Range(name, value);
        return new SearchExpression.LastUpdated(range, comparison);
    }

    /// <summary><c>latitude|longitude|distance|units</c>: https://hl7.org/fhir/R4/location.html#search</summary>
    internal static SearchExpression.Near Near(SearchParameterSchema parameter, string name, string value)
    {
        var parts = Split(value, '|');
        if (parts.Count is < 2 or > 4
            || !double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var latitude)
            || !double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var longitude)
            || latitude is not (>= -90 and <= 90) || longitude is not (>= -180 and <= 180))
        {
            throw Refused($"'{name}' takes latitude|longitude|distance|units, such as 42.25|118.88|11.2|km.");
        }

        var distance = NearDefault;
        if (parts.Count > 2 && parts[2].Length > 0
            && (!double.TryParse(parts[2], NumberStyles.Float, CultureInfo.InvariantCulture, out distance)
                || distance < 0 || !double.IsFinite(distance)))
        {
            throw Refused($"'{name}': the distance is a number from 0.");
        }

        var kilometres = parts.Count < 4 ? distance : parts[3] switch
        {
            "km" or "" => distance,
            "m" => distance / 1000,
            "[mi_i]" or "[mi_us]" or "mi" => distance * 1.609344,
            _ => throw Refused($"'{name}': the units of the distance are km, m or [mi_i]."),
        };
        return new SearchExpression.Near(parameter, latitude, longitude, kilometres);
    }

    /// <summary><c>code</c>, <c>system|code</c>, <c>|code</c> (no system) or <c>system|</c>.</summary>
    static SearchExpression Token(SearchParameterSchema parameter, string? modifier, string name, string value)
    {
        if (modifier == "text")
        {
            return SearchText.Bare(Unescaped(value)).Length > 0
                ? new SearchExpression.TokenText(parameter, Unescaped(value))
                : throw NothingCounts(name);
        }

        if (modifier is "in" or "not-in")
        {
            return new SearchExpression.TokenInValueSet(parameter, Unescaped(value));
        }

        var parts = Split(value, '|').ConvertAll(Unescaped);
        if (modifier == "of-type")
        {
            return parts is [{ Length: > 0 } typeSystem, { Length: > 0 } typeCode, { Length: > 0 } number]
                ? new SearchExpression.OfType(parameter, typeSystem, typeCode, number)
                : throw Refused($"'{name}' takes system|code|value of the identifier's type and the identifier.");
        }

        if (modifier is "above" or "below")
        {
            if (modifier == "below" && parts is [_] or ["urn:ietf:bcp:13", _]
                && parts[^1].Contains('/', StringComparison.Ordinal))
            {
                return new SearchExpression.MediaType(parameter, parts[^1]);
            }

            return parts is [{ Length: > 0 } of, { Length: > 0 } concept]
                ? new SearchExpression.TokenRelated(parameter, of, concept, modifier == "above")
                : throw Refused($"'{name}' takes system|code: a code is above or below others in its system only.");
        }

        return parts switch
        {
            [var code] => Code(parameter, null, code),
            ["", ""] => throw Refused($"'{name}' takes system|code; one of the two must be there."),
            [var system, ""] => new SearchExpression.Token(parameter, system, null),
            [var system, var code] => Code(parameter, system, code),
            _ => throw Refused($"'{name}' takes system|code; escape a bar inside a value as \\|."),
        };
    }

    /// <summary>A code; a phone number in the one writing it is indexed in, where contact points are read.</summary>
    static SearchExpression Code(SearchParameterSchema parameter, string? system, string code)
    {
        var asked = new SearchExpression.Token(parameter, system, code);
        var phone = PhoneNumber.Normal(code);
        if (phone == code || system?.Length > 0 // contact points are of no system
            || ContactReading.Of(parameter) is not { HasContacts: true } reading)
        {
            return asked;
        }

        var found = asked with { Code = phone };
        return reading.HasOthers ? new SearchExpression.Or([asked, found]) : found;
    }

    internal SearchExpression.Date Date(SearchParameterSchema parameter, string name, string value)
    {
        var (comparison, range) = Range(name, value);
        return new SearchExpression.Date(parameter, range, comparison);
    }

    (Comparison Comparison, DateRange Range) Range(string name, string value)
    {
        var (comparison, text) = Prefix(value, name);
        // A plus sign that was not escaped arrives as a space.
        if (!DateRange.TryRead(Encoding.UTF8.GetBytes(text.Replace(' ', '+')), zone, out var range))
        {
            throw Refused($"'{name}' takes a date such as 2026, 2026-03, 2026-03-04 or 2026-03-04T05:06:07+08:00.");
        }

        return (comparison, comparison == Comparison.Approximate ? Around(range) : range);
    }

    /// <summary>Ten percent of the time between now and the date, on both sides.</summary>
    DateRange Around(DateRange range)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var gap = now < range.Low ? range.Low - now : now > range.High ? now - range.High : TimeSpan.Zero;
        var tenth = gap.Ticks / 10;
        return new DateRange(
            new DateTime(Math.Max(range.Low.Ticks - tenth, 0), DateTimeKind.Utc),
            new DateTime(Math.Min(range.High.Ticks + tenth, DateTime.MaxValue.Ticks), DateTimeKind.Utc));
    }

    static SearchExpression.Number Number(SearchParameterSchema parameter, string name, string value)
    {
        var (comparison, test) = Test(name, value);
        return new SearchExpression.Number(parameter, comparison, test);
    }

    static (Comparison Comparison, NumberTest Test) Test(string name, string value)
    {
        var (comparison, text) = Prefix(value, name);
        if (!NumberRange.TryRead(Encoding.UTF8.GetBytes(text), out var number, out var range))
        {
            throw Refused($"'{name}' takes a number such as 100, 5.40 or 1e-3, of at most 28 digits.");
        }

        if (comparison == Comparison.Approximate)
        {
            var tenth = Math.Abs(number) / 10;
            range = new NumberRange(number - tenth, number + tenth);
        }

        return (comparison, new NumberTest(number, range));
    }

    /// <summary><c>number</c>, <c>number|system|code</c> or <c>number||unit</c>.</summary>
    static SearchExpression Quantity(SearchParameterSchema parameter, string name, string value)
    {
        var parts = Split(value, '|').ConvertAll(Unescaped);
        if (parts is not ([_] or [_, _, { Length: > 0 }]))
        {
            throw Refused($"'{name}' takes number|system|code, number||unit or a number alone.");
        }

        var (comparison, test) = Test(name, parts[0]);
        var system = parts.Count == 3 && parts[1].Length > 0 ? parts[1] : null;
        var unit = parts.Count == 3 ? parts[2] : null;
        if (system is not null && unit is not null && UnitScale.IsUcum(Utf8Text.Of(system))
            && UnitScale.For(Utf8Text.Of(unit)) is { } scale
            && scale.Canonical(test.Value, test.Range) is { Value: { } amount } canonical)
        {
            return new SearchExpression.BaseQuantity(
                parameter,
                scale.IsFalling ? Reversed(comparison) : comparison,
                canonical.Low,
                canonical.High,
                amount,
                canonical.Unit.ToString());
        }

        return new SearchExpression.Quantity(parameter, comparison, test, system, unit);
    }

    static Comparison Reversed(Comparison comparison) => comparison switch
    {
        Comparison.Greater => Comparison.Less,
        Comparison.Less => Comparison.Greater,
        Comparison.GreaterOrEqual => Comparison.LessOrEqual,
        Comparison.LessOrEqual => Comparison.GreaterOrEqual,
        Comparison.StartsAfter => Comparison.EndsBefore,
        Comparison.EndsBefore => Comparison.StartsAfter,
        _ => comparison,
    };

    SearchExpression Reference(
        SearchParameterSchema parameter, string? modifier, string name, string value, string escaped)
    {
        switch (modifier)
        {
            case "identifier":
                return Split(escaped, '|').ConvertAll(Unescaped) switch
                {
                    [var code] => new SearchExpression.ReferenceIdentifier(parameter, null, code),
                    ["", ""] => throw Refused($"'{name}' takes system|value; one of the two must be there."),
                    [var system, ""] => new SearchExpression.ReferenceIdentifier(parameter, system, null),
                    [var system, var code] => new SearchExpression.ReferenceIdentifier(parameter, system, code),
                    _ => throw Refused($"'{name}' takes system|value."),
                };
            case "above" or "below" when Local(value) is { } place:
                return InHierarchy(parameter, modifier == "above", name, place);
            case { } type when modifier is not ("above" or "below") && Local(value) is null:
                CheckType(type, name, value);
                return Remote(parameter, escaped);
            case "above" or "below":
                return Remote(parameter, escaped) with
                {
                    Match = modifier == "above" ? UrlMatch.AboveVersion : UrlMatch.BelowVersion,
                };
        }

        return Local(value) is { } local ? Local(parameter, modifier, name, local) : Remote(parameter, escaped);
    }

    /// <summary>
    /// Whether a URL says that what it leads to is of the type asked for; of one that says none, such as a canonical,
    /// nobody knows.
    /// </summary>
    static void CheckType(string type, string name, string url)
    {
        var read = ReferenceText.Read(new Utf8Text(Encoding.UTF8.GetBytes(url)), default);
        if (read.Type.ToString() is var said && said != type)
        {
            throw Refused(said.Length == 0
                ? $"'{name}' asks for a {type}, and the URL does not say of what type it is; leave ':{type}' out."
                : $"'{name}' asks for a {type} and names a {said}.");
        }
    }

    /// <summary>The part of a reference behind the server's own base; null when it is to somewhere else.</summary>
    string? Local(string value) =>
        baseUrl is not null && value.Length > baseUrl.Length && value[baseUrl.Length] == '/'
            && value.StartsWith(baseUrl, StringComparison.Ordinal) ? value[(baseUrl.Length + 1)..]
            : value.Contains(':', StringComparison.Ordinal) || value.Contains('|', StringComparison.Ordinal) ? null
            : value;

    SearchExpression Local(
        SearchParameterSchema parameter, string? type, string name, string local)
    {
        var parts = local.Split('/');
        var reference = parts switch
        {
            [var id] when ResourceId.IsValid(id) => new SearchExpression.Reference(parameter, type, id),
            [var named, var id] when IsKey(named, id) => new SearchExpression.Reference(parameter, named, id),
            [var named, var id, "_history", var version] when IsKey(named, id) && ResourceId.IsValid(version) =>
                new SearchExpression.Reference(parameter, named, id, version),
            _ => throw Refused($"'{name}' takes an id, Type/id or a URL."),
        };
        if (type is not null && reference.Type != type)
        {
            throw Refused($"'{name}' asks for a {type} and names a {reference.Type}.");
        }

        // A resource may refer to another one of this server by its whole address.
        if (baseUrl is null)
        {
            return reference;
        }

        var types = reference.Type is { } one ? [one] : parameter.Targets.Count > 0 ? parameter.Targets : AllTypes;
        return new SearchExpression.Or(
        [
            reference,
            .. types.Select(target => new SearchExpression.Url(
                parameter, $"{baseUrl}/{target}/{reference.Id}", reference.Version)),
        ]);

        static bool IsKey(string type, string id) =>
            ResourceId.IsValid(id) && FhirSchema.R4.TryGetType(type, out var schema) && schema.IsResource;
    }

    static SearchExpression InHierarchy(SearchParameterSchema parameter, bool isAbove, string name, string local)
    {
        var targets = parameter.Targets.Count > 0 ? parameter.Targets : Hierarchies.All;
        var known = targets.Where(target => Hierarchies.PartOf(target) is not null).ToList();
        var id = local.Split('/') is [var type, var last] && known.Remove(type) ? last : local;
        if (id != local)
        {
            known = [local[..local.IndexOf('/', StringComparison.Ordinal)]];
        }

        if (!ResourceId.IsValid(id) || known.Count == 0)
        {
            throw Refused(known.Count == 0
                ? $"'{name}': '{parameter.Code}' refers to nothing that is part of another of its kind."
                : $"'{name}' takes an id, [type]/[id] or a canonical URL; what it refers to and has parts is: "
                    + $"{string.Join(", ", known)}.");
        }

        var any = known.ConvertAll(SearchExpression (target) => new SearchExpression.InHierarchy(
            parameter, target, id, Hierarchies.PartOf(target)!, isAbove)); // those without have been left out
        return any.Count == 1 ? any[0] : new SearchExpression.Or(any);
    }

    /// <summary>A URL, and its version behind <c>/_history/</c> or a bar that is not escaped.</summary>
    static SearchExpression.Url Remote(SearchParameterSchema parameter, string escaped)
    {
        const string History = "/_history/";
        var value = Unescaped(escaped);
        if (parameter.Type == SearchParameterType.Reference
            && value.LastIndexOf(History, StringComparison.Ordinal) is var history and > 0)
        {
            return new SearchExpression.Url(parameter, value[..history], value[(history + History.Length)..]);
        }

        var url = Split(escaped, '|')[0];
        return url.Length == escaped.Length
            ? new SearchExpression.Url(parameter, value)
            : new SearchExpression.Url(parameter, Unescaped(url), Unescaped(escaped[(url.Length + 1)..]));
    }

    static SearchExpression.Url Url(SearchParameterSchema parameter, string? modifier, string value) => modifier switch
    {
        "above" => new SearchExpression.Url(parameter, Unescaped(value), null, UrlMatch.Above),
        "below" => new SearchExpression.Url(parameter, Unescaped(value), null, UrlMatch.Below),
        _ => Remote(parameter, value),
    };

    /// <summary>A value for each component between dollar signs.</summary>
    SearchExpression.Composite Composite(
        SearchParameterSchema parameter, IReadOnlyList<SearchParameterSchema> components, string name, string value)
    {
        var parts = Split(value, '$');
        if (parts.Count != components.Count || parts.Exists(part => part.Length == 0))
        {
            var shape = string.Join('$', components.Select(c => c.Code));
            throw Refused($"'{name}' takes {shape}; escape a dollar sign inside a value as \\$.");
        }

        return new SearchExpression.Composite(
            parameter, [.. parts.Select((part, i) => Read(components[i], [], null, name, part))]);
    }
}
