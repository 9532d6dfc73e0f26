using FhirHub.Core.Model;
using FhirHub.Core.Search.Parsing;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;

namespace FhirHub.Core.Search;

/// <summary>
/// Reads SearchParameters (https://hl7.org/fhir/R4/searchparameter.html) and refuses what a search could not be carried
/// out by: a parameter that never finds anything looks like one that finds all there is.
/// </summary>
public static class CustomDefinitionReader
{
    const int CodeLengthMax = 64;
    const int ExpressionLengthMax = 8000;
    const int ComponentsMax = 4;

    /// <summary>
    /// The definition; null for one that has no effect: not active, or the specification's own. Throws a
    /// <see cref="FhirException"/> that names the element when it makes no sense.
    /// </summary>
    public static CustomDefinition? Read(string id, FhirDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var root = document.Root;
        if (root.First("status").Text != "active")
        {
            return null;
        }

        var url = Url(root);
        var type = Type(root);
        var isComposite = type == SearchParameterType.Composite;
        var schema = new SearchParameterSchema(
            url,
            root.First("name").Text ?? "",
            Code(root),
            type,
            Text(root, "expression", "Without one there is nothing to index."),
            Bases(root),
            [.. root["target"].Select(t => t.Text ?? "").Order(StringComparer.Ordinal)],
            isComposite ? Components(root) : []);
        if (ParameterCatalog.R4.TryGet(url, out var known))
        {
            return IsSame(schema, known) ? null : throw Wrong(
                "duplicate",
                "url",
                "FHIR R4 defines this parameter otherwise, and that stays; give yours a url and code of its own.");
        }

        CheckTargets(schema);
        ExpressionCheck.Check(schema);
        return new CustomDefinition(id, schema);
    }

    internal static FhirException Wrong(string issueCode, string element, string text) =>
        new(ProblemKind.Unprocessable, issueCode, $"SearchParameter.{element}: {text}", $"SearchParameter.{element}");

    /// <summary>What stands behind a number sign or a bar would mean something else in the index.</summary>
    static string Url(FhirNode root)
    {
        var url = Text(root, "url", "It is what the parameter is known by.");
        return url.Length <= 400 && Uri.TryCreate(url, UriKind.Absolute, out _)
            && !url.AsSpan().ContainsAny('#', '|', ' ')
            ? url
            : throw Wrong("value", "url", "It takes an absolute URL without fragment: http://example.org/sp/ward.");
    }

    /// <summary>Names that begin with an underscore are FHIR's, and separators would end a name in a query.</summary>
    static string Code(FhirNode root)
    {
        var code = Text(root, "code", "It is the name in a query.");
        if (code.Length > CodeLengthMax || !char.IsAsciiLetter(code[0])
            || !code.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            throw Wrong(
                "value",
                "code",
                $"It takes a letter and then letters, digits, - and _, up to {CodeLengthMax}, because it is a name in "
                    + "queries.");
        }

        return CriterionParser.IsSpecial(code)
            ? throw Wrong("duplicate", "code", $"'{code}' has a meaning of its own in FHIR; choose another one.")
            : code;
    }

    static SearchParameterType Type(FhirNode root) =>
        Enum.TryParse<SearchParameterType>(root.First("type").Text, ignoreCase: true, out var type)
            && type != SearchParameterType.Special
            ? type
            : throw Wrong(
                "not-supported",
                "type",
                "This server builds number, date, string, token, reference, composite, quantity and uri.");

    static List<string> Bases(FhirNode root)
    {
        var bases = root["base"].Select(b => b.Text ?? "").Distinct().Order(StringComparer.Ordinal).ToList();
        foreach (var name in bases)
        {
            if (!FhirSchema.R4.TryGetType(name, out var type) || !type.IsResource)
            {
                throw Wrong("value", "base", $"'{name}' is not a resource type of FHIR R4.");
            }
        }

        return bases.Count > 0 ? bases : throw Wrong("required", "base", "Name the resource types it is on.");
    }

    static void CheckTargets(SearchParameterSchema schema)
    {
        foreach (var name in schema.Targets)
        {
            if (!FhirSchema.R4.TryGetType(name, out var type) || !type.IsResource || type.IsAbstract)
            {
                throw Wrong("value", "target", $"'{name}' is not a resource type of FHIR R4.");
            }
        }

        if (schema.Targets.Count > 0 && schema.Type != SearchParameterType.Reference)
        {
            throw Wrong("value", "target", "Only a parameter of type reference has targets.");
        }
    }

    /// <summary>https://hl7.org/fhir/R4/search.html#composite</summary>
    static List<SearchComponentSchema> Components(FhirNode root)
    {
        var components = new List<SearchComponentSchema>();
        foreach (var component in root["component"])
        {
            var definition = (component.First("definition").Text ?? "").Split('|')[0];
            if (!ParameterCatalog.R4.TryGet(definition, out var parameter)
                || parameter.Type is SearchParameterType.Composite or SearchParameterType.Special)
            {
                throw Wrong(
                    "not-found",
                    "component.definition",
                    $"'{definition}' is not a simple search parameter of FHIR R4, which a component is compared like.");
            }

            components.Add(new SearchComponentSchema(definition, component.First("expression").Text ?? ""));
        }

        return components.Count is >= 2 and <= ComponentsMax
            ? components
            : throw Wrong("value", "component", $"A composite has from 2 to {ComponentsMax} components.");
    }

    static string Text(FhirNode root, string element, string why) => root.First(element).Text switch
    {
        null or "" => throw Wrong("required", element, $"It is missing. {why}"),
        { Length: > ExpressionLengthMax } =>
            throw Wrong("too-long", element, $"It has more than {ExpressionLengthMax} characters."),
        var text => text,
    };

    static bool IsSame(SearchParameterSchema one, SearchParameterSchema known) =>
        one.Code == known.Code && one.Type == known.Type
        && Packed(one.Expression) == Packed(known.Expression)
        && one.Base.ToHashSet(StringComparer.Ordinal).SetEquals(known.Base);

    static string Packed(string? expression) =>
        string.Concat((expression ?? "").Where(c => !char.IsWhiteSpace(c)));
}
