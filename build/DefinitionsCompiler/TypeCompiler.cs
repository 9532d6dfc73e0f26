using System.Globalization;
using System.Text.Json;
using FhirHub.Fhir.Definitions;

namespace FhirHub.DefinitionsCompiler;

/// <summary>
/// Turns the snapshot of a StructureDefinition into types: the type itself and one for each nested element.
/// </summary>
sealed class TypeCompiler
{
    const string FhirType = "http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type";
    const string RegexUrl = "http://hl7.org/fhir/StructureDefinition/regex";
    const string MaxValueSet = "http://hl7.org/fhir/StructureDefinition/elementdefinition-maxValueSet";
    const string SystemType = "http://hl7.org/fhirpath/System.";

    readonly List<TypeData> _types = [];
    readonly Dictionary<string, int> _invariants = new(StringComparer.Ordinal);

    internal List<InvariantData> Invariants { get; } = [];

    /// <summary>True for the types of FHIR, false for profiles on them and for logical models.</summary>
    internal static bool DefinesType(JsonElement definition) =>
        definition.Text("derivation") != "constraint" && definition.Text("kind") != "logical";

    internal List<TypeData> Build() => [.. _types.OrderBy(t => t.Name, StringComparer.Ordinal)];

    internal void Add(JsonElement definition)
    {
        var elements = definition.GetProperty("snapshot").Items("element").ToList();
        var root = elements[0];
        var name = definition.Text("type") ?? "";
        var kind = definition.Text("kind") switch
        {
            "primitive-type" => TypeKind.Primitive,
            "resource" => TypeKind.Resource,
            _ => TypeKind.Complex,
        };
        var primitive = kind == TypeKind.Primitive
            ? Enum.Parse<PrimitiveKind>(name, ignoreCase: true)
            : PrimitiveKind.None;
        var value = elements.Find(e => e.Text("path") == name + ".value");
        var (min, max) = Bounds(primitive, value);
        _types.Add(new TypeData(
            name,
            kind,
            definition.Text("baseDefinition")?.Split('/')[^1],
            definition.GetProperty("abstract").GetBoolean(),
            primitive,
            primitive == PrimitiveKind.None ? null : Extension(value.Items("type").First(), RegexUrl),
            min,
            max,
            primitive == PrimitiveKind.None ? null : value.Number("maxLength"),
            InvariantsOf(root),
            Children(elements, name, primitive)));

        foreach (var parent in elements.Skip(1).Where(e => HasChildren(elements, e)))
        {
            var path = parent.Text("path") ?? "";
            _types.Add(new TypeData(
                path,
                TypeKind.Backbone,
                parent.Items("type").First().Text("code"),
                IsAbstract: false,
                PrimitiveKind.None,
                Regex: null,
                MinValue: null,
                MaxValue: null,
                MaxLength: null,
                Invariants: [],
                Children(elements, path, PrimitiveKind.None)));
        }
    }

    List<ElementData> Children(List<JsonElement> elements, string parent, PrimitiveKind primitive) =>
        [.. from element in elements
            let path = element.Text("path") ?? ""
            where path.Length > parent.Length && path[parent.Length] == '.'
                && path.StartsWith(parent, StringComparison.Ordinal)
                && path.IndexOf('.', parent.Length + 1) < 0
                // A primitive's value is the node itself, not a child.
                && !(primitive != PrimitiveKind.None && path == parent + ".value")
            select Element(elements, element, path, path[(parent.Length + 1)..])];

    ElementData Element(List<JsonElement> elements, JsonElement element, string path, string name)
    {
        var isChoice = name.EndsWith("[x]", StringComparison.Ordinal);
        var flags = (isChoice ? ElementFlags.Choice : 0)
            | (element.Flag("isSummary") ? ElementFlags.Summary : 0)
            | (element.Flag("isModifier") ? ElementFlags.Modifier : 0)
            | (element.Texts("representation").Contains("xmlAttr") ? ElementFlags.XmlAttribute : 0);
        var content = element.Text("contentReference")?.TrimStart('#');
        return new ElementData(
            isChoice ? name[..^3] : name,
            path,
            element.GetProperty("min").GetInt32(),
            element.Text("max") is { } max and not "*" ? int.Parse(max, CultureInfo.InvariantCulture) : -1,
            flags,
            content,
            content is not null ? [new TypeReferenceData(content, [], [])]
                : HasChildren(elements, element) ? [new TypeReferenceData(path, [], [])]
                : [.. element.Items("type").Select(t => Type(element.GetProperty("base").Text("path"), t))],
            Binding(element),
            InvariantsOf(element));
    }

    static TypeReferenceData Type(string? definedAt, JsonElement type)
    {
        var code = type.Text("code") ?? "";
        if (code.StartsWith(SystemType, StringComparison.Ordinal))
        {
            // xhtml.id is the one element that does not say which FHIR type it means.
            code = Extension(type, FhirType) ?? "string";
        }

        // Published as 'string' in 4.0.1, but https://hl7.org/fhir/R4/resource.html#id makes it an id.
        if (definedAt == "Resource.id")
        {
            code = "id";
        }

        return new TypeReferenceData(code, type.Texts("profile"), type.Texts("targetProfile"));
    }

    static (long? Min, long? Max) Bounds(PrimitiveKind primitive, JsonElement value) => primitive switch
    {
        // The definitions bound only 'integer'; the text of https://hl7.org/fhir/R4/datatypes.html bounds these as
        // well.
        PrimitiveKind.PositiveInt => (1, int.MaxValue),
        PrimitiveKind.UnsignedInt => (0, int.MaxValue),
        PrimitiveKind.None => (null, null),
        _ => (value.Number("minValueInteger"), value.Number("maxValueInteger")),
    };

    static BindingData? Binding(JsonElement element)
    {
        if (!element.TryGetProperty("binding", out var binding))
        {
            return null;
        }

        var strength = Enum.Parse<BindingStrength>(binding.Text("strength") ?? "", ignoreCase: true);
        return new BindingData(strength, binding.Text("valueSet"), Extension(binding, MaxValueSet));
    }

    List<int> InvariantsOf(JsonElement element)
    {
        var found = new List<int>();
        foreach (var constraint in element.Items("constraint"))
        {
            var data = new InvariantData(
                constraint.Text("key") ?? "",
                constraint.Text("severity") == "error",
                constraint.Text("human") ?? "",
                constraint.Text("expression"),
                constraint.Text("source"));
            // The same key can carry slightly different text in different places, so the whole of it is the identity.
            var identity = string.Join('\n', data.Key, data.IsError, data.Human, data.Expression, data.Source);
            if (!_invariants.TryGetValue(identity, out var index))
            {
                index = Invariants.Count;
                Invariants.Add(data);
                _invariants.Add(identity, index);
            }

            found.Add(index);
        }

        return found;
    }

    static bool HasChildren(List<JsonElement> elements, JsonElement element)
    {
        var prefix = element.Text("path") + ".";
        return elements.Exists(e => (e.Text("path") ?? "").StartsWith(prefix, StringComparison.Ordinal));
    }

    static string? Extension(JsonElement element, string url)
    {
        foreach (var extension in element.Items("extension"))
        {
            if (extension.Text("url") == url)
            {
                return extension.EnumerateObject()
                    .First(member => member.Name.StartsWith("value", StringComparison.Ordinal))
                    .Value.GetString();
            }
        }

        return null;
    }
}
