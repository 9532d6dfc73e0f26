using System.Text;
using FhirHub.Fhir.Definitions;

namespace FhirHub.Generators;

/// <summary>
/// Makes random valid resources from the definitions alone: any element, cardinality, choice and format, primitives
/// with extensions and null padding, contained and nested resources, properties in any order. A seed makes the same
/// one again.
/// </summary>
sealed class RandomDocuments
{
    const int DepthMax = 7;
    const int RootElementsMax = 9;

    static readonly TypeSchema[] Resources =
        [.. FhirSchema.R4.Types.Where(type => type.IsResource && !type.IsAbstract)];

    readonly Random _random;
    readonly RandomValues _values;
    readonly string[] _spaces;
    int _depth;
    bool _inContained;

    RandomDocuments(int seed)
    {
        _random = new Random(seed);
        _values = new RandomValues(_random);
        _spaces = _random.Next(2) == 0 ? [""] : ["", "", " ", "\n", "\r\n  ", "\t"];
    }

    /// <summary>All resource types that have instances.</summary>
    internal static IReadOnlyList<TypeSchema> Types => Resources;

    /// <summary>A random resource of that type as UTF-8 JSON.</summary>
    internal static byte[] Json(TypeSchema type, int seed)
    {
        var made = new RandomDocuments(seed);
        return Encoding.UTF8.GetBytes(made.Space() + made.Resource(type, needsId: false) + made.Space());
    }

    string Resource(TypeSchema type, bool needsId)
    {
        var members = new List<string> { Member("resourceType", _values.Quoted(type.Name)) };
        foreach (var element in Chosen(type, needsId))
        {
            Element(element, members);
        }

        return Object(members);
    }

    string Complex(TypeSchema type)
    {
        var members = new List<string>();
        _depth++;
        foreach (var element in type.Name == "Extension" ? ChosenOfExtension(type) : Chosen(type, needsId: false))
        {
            Element(element, members);
        }

        _depth--;
        return Object(members);
    }

    /// <summary>The required elements and some of the others, fewer the deeper it is.</summary>
    IEnumerable<ElementSchema> Chosen(TypeSchema type, bool needsId)
    {
        var optional = type.Elements.Where(e => e.Min == 0 && IsPossible(e)).ToArray();
        var wanted = _depth >= DepthMax ? 0
            : _random.Next(8 << _depth) == 0 ? optional.Length
            : _random.Next(RootElementsMax / (_depth + 1) + 1);
        _random.Shuffle(optional);
        if (_random.Next(3) == 0)
        {
            // What leads deeper first, or the ends of long paths would hardly ever be reached.
            optional = [.. optional.OrderBy(e => e.Types[0].Type.Kind != TypeKind.Backbone)];
        }

        var chosen = type.Elements.Where(e => e.Min > 0 || (needsId && e.Name == "id"))
            .Concat(optional.Take(wanted).Where(e => !needsId || e.Name != "id"))
            .ToArray();
        return chosen.Length > 0 || type.IsResource ? chosen : type.Elements.Where(e => IsSimple(e) && IsPossible(e)).Take(1);
    }

    /// <summary>An extension has a value or extensions, never both (ext-1).</summary>
    IEnumerable<ElementSchema> ChosenOfExtension(TypeSchema type)
    {
        var isNested = _depth < DepthMax && _random.Next(4) == 0;
        return type.Elements.Where(e => e.Name == "url" || e.Name == (isNested ? "extension" : "value"));
    }

    bool IsPossible(ElementSchema element) => element.Max > 0
        && (element.Name != "contained" || !_inContained)
        && (_depth < DepthMax - 2 || !element.Types.Any(t => t.Type.IsAbstract));

    static bool IsSimple(ElementSchema element) => element.Types[0].Type.IsPrimitive;

    void Element(ElementSchema element, List<string> members)
    {
        // Deep down even the value of an extension is something simple.
        var choices = _depth < DepthMax - 2
            ? element.Properties
            : [.. element.Properties.Where(p => p.Type.IsPrimitive).DefaultIfEmpty(element.Properties[0])];
        var property = choices[_random.Next(choices.Count)];
        if (property.Type.IsPrimitive)
        {
            Primitive(property, members);
        }
        else if (element.IsArray)
        {
            members.Add(Member(property.Name, Array(Enumerable.Range(0, Count()).Select(_ => Value(property)).ToArray())));
        }
        else
        {
            members.Add(Member(property.Name, Value(property)));
        }
    }

    string Value(PropertySchema property)
    {
        if (!property.Type.IsResource)
        {
            return Complex(property.Type);
        }

        var outer = _inContained;
        _inContained = property.Element.Name == "contained";
        _depth += 2;
        var type = property.Type.IsAbstract ? Resources[_random.Next(Resources.Length)] : property.Type;
        var resource = Resource(type, needsId: _inContained);
        _depth -= 2;
        _inContained = outer;
        return resource;
    }

    void Primitive(PropertySchema property, List<string> members)
    {
        var count = property.Element.IsArray ? Count() : 1;
        var values = new string?[count];
        var extras = new string?[count];
        for (var i = 0; i < count; i++)
        {
            // Mostly a value alone, sometimes both, sometimes only an id or extensions.
            var dice = MayHaveExtras(property) ? _random.Next(20) : 20;
            values[i] = dice == 0 ? null : _values.Json(property.Type.Primitive);
            extras[i] = dice <= 2 ? Extras() : null;
        }

        var padsAll = property.Element.IsArray && _random.Next(4) == 0;
        if (padsAll || values.Any(v => v is not null))
        {
            members.Add(Member(property.Name, property.Element.IsArray ? Padded(values) : values[0]!)); // not padded
        }

        if (extras.Any(e => e is not null))
        {
            members.Add(Member("_" + property.Name, property.Element.IsArray ? Padded(extras) : extras[0]!)); // not padded
        }
    }

    string Extras()
    {
        var members = new List<string>();
        if (_depth >= DepthMax || _random.Next(2) == 0)
        {
            members.Add(Member("id", _values.Quoted(_values.Id())));
        }

        if (members.Count == 0 || (_depth < DepthMax && _random.Next(2) == 0))
        {
            var extension = Enumerable.Range(0, _random.Next(1, 3)).Select(_ => Complex(FhirSchema.R4["Extension"]));
            members.Add(Member("extension", Array([.. extension])));
        }

        return Object(members);
    }

    // An XML attribute has no room for them, and XHTML is not an element of FHIR.
    static bool MayHaveExtras(PropertySchema property) =>
        !property.Element.IsXmlAttribute && property.Type.Primitive != PrimitiveKind.Xhtml;

    int Count() => _depth > 3 ? 1 : _random.Next(1, 4);

    string Member(string name, string value)
    {
        var written = _random.Next(50) == 0 ? $"\"\\u{(int)name[0]:x4}{name[1..]}\"" : $"\"{name}\"";
        return written + Space() + ":" + Space() + value;
    }

    string Object(List<string> members)
    {
        if (_random.Next(2) == 0)
        {
            _random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(members));
        }

        return "{" + Space() + string.Join(Space() + "," + Space(), members) + Space() + "}";
    }

    string Padded(string?[] items) => Array([.. items.Select(item => item ?? "null")]);

    string Array(string[] items) => "[" + Space() + string.Join("," + Space(), items) + Space() + "]";

    string Space() => _spaces[_random.Next(_spaces.Length)];
}
