using FhirHub.Fhir.Documents;

namespace FhirHub.Terminology.CodeSystems;

/// <summary>From a CodeSystem resource to its compact form: https://hl7.org/fhir/R4/codesystem.html</summary>
sealed class CodeSystemReader
{
    const string StandardProperties = "http://hl7.org/fhir/concept-properties#";

    readonly List<string> _codes = [];
    readonly List<string?> _displays = [];
    readonly List<ConceptFlags> _flags = [];
    readonly ConceptTexts.Maker _conceptTexts = new();
    readonly List<(int Child, int Parent)> _edges = [];
    readonly List<(int Concept, string Code, bool IsParent)> _named = [];
    readonly List<string> _notes = [];
    readonly Dictionary<string, int> _byCode = new(StringComparer.Ordinal);
    readonly Dictionary<string, PropertyColumn> _properties = new(StringComparer.Ordinal);
    readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    CodeSystemReader()
    {
    }

    internal static CodeSystem Read(FhirNode root) => new CodeSystemReader().Made(root);

    CodeSystem Made(FhirNode root)
    {
        // 1. The properties declared, then the concepts with their values.
        foreach (var property in root["property"])
        {
            if (property.First("code").Text is { } code)
            {
                var uri = property.First("uri").Text;
                var type = property.First("type").Text ?? "string";
                _properties.TryAdd(code, new PropertyColumn(code, uri, type, RoleOf(code, uri)));
            }
        }

        Concepts(root["concept"], -1);

        // 2. The hierarchy: nesting, and properties that name a parent or a child, which may come later in the list.
        foreach (var (concept, code, isParent) in _named)
        {
            if (_byCode.TryGetValue(code, out var other))
            {
                _edges.Add(isParent ? (concept, other) : (other, concept));
            }
            else
            {
                _notes.Add($"{_codes[concept]} names a parent or child {code} that the code system does not have.");
            }
        }

        var hierarchy = new Hierarchy(_codes.Count, _edges);
        if (hierarchy.HasCycle)
        {
            _notes.Add("Some concepts are above themselves.");
        }

        return new CodeSystem(_byCode, _properties, root.First("caseSensitive").Text == "true")
        {
            Url = root.First("url").Text ?? "",
            Version = root.First("version").Text,
            Name = root.First("title").Text ?? root.First("name").Text ?? root.First("url").Text ?? "?",
            Content = Mode(root.First("content").Text),
            SupplementTo = root.First("supplements").Text,
            HierarchyMeaning = root.First("hierarchyMeaning").Text,
            Codes = [.. _codes],
            Displays = [.. _displays],
            Flags = [.. _flags],
            Texts = _conceptTexts.Make(),
            Hierarchy = hierarchy,
            Notes = _notes,
        };
    }

    void Concepts(FhirNodes concepts, int parent)
    {
        foreach (var node in concepts)
        {
            if (node.First("code").Text is { } code)
            {
                Concept(node, code, parent);
            }
            else
            {
                _notes.Add("A concept without a code was passed over.");
            }
        }
    }

    void Concept(FhirNode node, string code, int parent)
    {
        if (_byCode.TryGetValue(code, out var concept))
        {
            // The parts of one concept in several places: v3 systems say so where it has several parents.
            _notes.Add($"{code} is defined more than once.");
        }
        else
        {
            concept = _codes.Count;
            code = Shared(code); // others name it as their parent or value
            _byCode.Add(code, concept);
            _codes.Add(code);
            _displays.Add(node.First("display").Text);
            _flags.Add(ConceptFlags.None);
            _conceptTexts.Add(node);
            foreach (var property in node["property"])
            {
                Property(concept, property);
            }
        }

        if (parent >= 0)
        {
            _edges.Add((concept, parent));
        }

        Concepts(node["concept"], concept);
    }

    void Property(int concept, FhirNode property)
    {
        var value = property.First("value");
        if (property.First("code").Text is not { } code || TextOf(value) is not { } text)
        {
            return;
        }

        if (!_properties.TryGetValue(code, out var column))
        {
            column = new PropertyColumn(code, null, value.Type.Name, RoleOf(code, null));
            _properties.Add(code, column);
        }

        switch (column.Role)
        {
            case PropertyRole.Parent or PropertyRole.Child:
                _named.Add((concept, Shared(text), column.Role == PropertyRole.Parent));
                break;
            case PropertyRole.Inactive when text == "true":
            case PropertyRole.Status when text is "inactive" or "retired":
                _flags[concept] |= ConceptFlags.Inactive;
                break;
            case PropertyRole.NotSelectable when text == "true":
                _flags[concept] |= ConceptFlags.Abstract;
                break;
        }

        column.Add(concept, Shared(text));
    }

    static string? TextOf(FhirNode value) => value switch
    {
        { Exists: false } => null,
        { IsPrimitive: true } => value.Text,
        _ => $"{value.First("system").Text}|{value.First("code").Text}",
    };

    /// <summary>Most values stand there thousands of times.</summary>
    string Shared(string text)
    {
        if (!_texts.TryGetValue(text, out var shared))
        {
            _texts.Add(text, shared = text);
        }

        return shared;
    }

    /// <summary>By the formal meaning, or by the name it has in R4, in SNOMED CT or in HL7 v3.</summary>
    static PropertyRole RoleOf(string code, string? uri) =>
        (uri is not null && uri.StartsWith(StandardProperties, StringComparison.Ordinal)
            ? uri[StandardProperties.Length..]
            : code) switch
        {
            "parent" or "subsumedBy" => PropertyRole.Parent,
            "child" => PropertyRole.Child,
            "inactive" => PropertyRole.Inactive,
            "status" => PropertyRole.Status,
            "notSelectable" or "abstract" => PropertyRole.NotSelectable,
            _ => PropertyRole.Value,
        };

    static ContentMode Mode(string? content) => content switch
    {
        "complete" => ContentMode.Complete,
        "fragment" => ContentMode.Fragment,
        "example" => ContentMode.Example,
        "supplement" => ContentMode.Supplement,
        // Also when nothing readable is said: then nothing may be concluded from what is missing.
        _ => ContentMode.NotPresent,
    };
}
