using System.Globalization;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Json;

namespace FhirHub.Fhir.Documents;

/// <summary>
/// Makes a document, or a changed copy of one. Paths are checked against the definitions as they are written; values
/// are checked by the parser in <see cref="Build()"/>, the same way as everything that comes from outside. What an edit
/// does not touch is copied as the bytes it was.
/// </summary>
public sealed class FhirBuilder
{
    readonly PropertySchema? _property;

    /// <summary>The node this came from and still equals; missing once it was changed or when it is new.</summary>
    FhirNode _source;

    /// <summary>The children in definition order; null while the source stands for them.</summary>
    List<FhirBuilder>? _children;

    /// <summary>A primitive's value as it goes into JSON; null when the source has it or there is none.</summary>
    string? _text;

    FhirBuilder(TypeSchema type, PropertySchema? property)
    {
        Type = type;
        _property = property;
        _children = [];
    }

    FhirBuilder(FhirNode source, PropertySchema? property)
    {
        Type = source.Type;
        _property = property;
        _source = source;
    }

    /// <summary>The type being built.</summary>
    public TypeSchema Type { get; }

    internal PropertySchema? Property => _property;

    /// <summary>The unchanged source, or a missing node.</summary>
    internal FhirNode Source => _source;

    internal IReadOnlyList<FhirBuilder>? Children => _children;

    /// <summary>True when there is nothing to write: no value, no children.</summary>
    internal bool IsEmpty => _children is { Count: 0 } && _text is null;

    internal string? Text => _text;

    /// <summary>Starts an empty resource.</summary>
    public static FhirBuilder Create(string resourceType) =>
        FhirSchema.R4[resourceType] is { IsResource: true, IsAbstract: false } type
            ? new FhirBuilder(type, null)
            : throw new ArgumentException($"'{resourceType}' is not a resource type.");

    /// <summary>Starts from a document, which itself stays as it is.</summary>
    public static FhirBuilder From(FhirDocument document) => new(document.Root, null);

    /// <summary>Sets the value at a path, in place of all that stood there; steps on the way are made as needed.</summary>
    public FhirBuilder Set(string path, string value) => SetText(path, value);

    public FhirBuilder Set(string path, bool value) => SetText(path, value ? "true" : "false");

    public FhirBuilder Set(string path, int value) => SetText(path, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Sets a decimal with the digits it has: 1.50m is written 1.50.</summary>
    public FhirBuilder Set(string path, decimal value) => SetText(path, value.ToString(CultureInfo.InvariantCulture));

    public FhirBuilder Set(string path, DateOnly value) =>
        SetText(path, value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>Sets an instant or dateTime, to the millisecond and with its offset.</summary>
    public FhirBuilder Set(string path, DateTimeOffset value) =>
        SetText(path, value.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture));

    /// <summary>Sets a complex value at a path, built by the action, in place of all that stood there.</summary>
    public FhirBuilder Set(string path, Action<FhirBuilder> build) => Place(path, replace: true, build);

    /// <summary>Sets a copy of an element of some document; its type must fit.</summary>
    public FhirBuilder Set(string path, FhirNode value) => Place(path, replace: true, value);

    /// <summary>Appends a value to a repeating element.</summary>
    public FhirBuilder Add(string path, string value) => Place(path, replace: false, added => added.SetOwn(value));

    /// <summary>Appends a complex value, built by the action, to a repeating element.</summary>
    public FhirBuilder Add(string path, Action<FhirBuilder> build) => Place(path, replace: false, build);

    /// <summary>Appends a copy of an element of some document to a repeating element.</summary>
    public FhirBuilder Add(string path, FhirNode value) => Place(path, replace: false, value);

    /// <summary>Puts a resource at a path: contained, or in an entry of a bundle.</summary>
    public FhirBuilder Add(string path, FhirDocument resource) => Add(path, resource.Root);

    /// <summary>Appends an extension; <paramref name="value"/> is set as <c>value[x]</c> of the named type.</summary>
    public FhirBuilder AddExtension(string url, string valueProperty, string value) =>
        Add("extension", e => e.Set("url", url).Set(valueProperty, value));

    /// <summary>The builder at a path, made when it is not there: for ids and extensions of primitives among others.</summary>
    public FhirBuilder At(string path)
    {
        var at = this;
        while (path.Length > 0)
        {
            at = at.Child(BuilderStep.Read(at.Type, path, out path));
        }

        return at;
    }

    /// <summary>Removes what stands at a path, if anything does; without an index all repetitions of the last step.</summary>
    public FhirBuilder Remove(string path)
    {
        var at = this;
        while (true)
        {
            var step = BuilderStep.Read(at.Type, path, out path);
            var found = at.Matching(step.Property).ToList();
            if (found.Count == 0 || step.Index >= found.Count)
            {
                return this;
            }

            if (path.Length == 0)
            {
                var removed = step.Index is { } index ? [found[index]] : found;
                at.Expanded().RemoveAll(removed.Contains);
                return this;
            }

            at.Expanded();
            at = at.Matching(step.Property).ElementAt(step.Index ?? 0);
        }
    }

    /// <summary>Moves one repetition of an element to where it then stands among them; both are counted from 0.</summary>
    public FhirBuilder Move(string path, int from, int to)
    {
        var dot = path.LastIndexOf('.');
        var parent = dot < 0 ? this : At(path[..dot]);
        var step = BuilderStep.Read(parent.Type, path[(dot + 1)..], out _);
        var children = parent.Expanded();
        var same = parent.Matching(step.Property).ToList();
        if (from < 0 || from >= same.Count || to < 0 || to >= same.Count)
        {
            throw new ArgumentException($"{step.Property} has {same.Count} repetitions; {from} cannot move to {to}.");
        }

        var place = children.IndexOf(same[to]); // repetitions stand side by side, so the others just shift by one
        children.Remove(same[from]);
        children.Insert(place, same[from]);
        return this;
    }

    /// <summary>Writes the document and checks it; throws <see cref="FhirFormatException"/> with everything that is wrong.</summary>
    public FhirDocument Build() => Build(ParseOptions.Strict).OrThrow();

    /// <summary>Writes the document and checks it as the options say.</summary>
    public ParseResult Build(ParseOptions options)
    {
        if (!Type.IsResource)
        {
            throw new InvalidOperationException("Only a whole resource can be built; this is a part of one.");
        }

        return FhirDocument.ParseJson(BuilderOutput.Write(this), options);
    }

    /// <summary>How often an element occurs here, and under which property: of a choice, the one that was chosen.</summary>
    internal (PropertySchema? Property, int Count) Occurrences(ElementSchema element)
    {
        var (property, count) = (default(PropertySchema), 0);
        foreach (var child in Expanded())
        {
            if (child._property?.Element == element)
            {
                property ??= child._property;
                count++;
            }
        }

        return (property, count);
    }

    internal static FhirBuilder Unchanged(FhirNode node) => new(node, node.Property);

    FhirBuilder SetText(string path, string value) => Place(path, replace: true, made => made.SetOwn(value));

    void SetOwn(string value)
    {
        if (!Type.IsPrimitive)
        {
            throw new ArgumentException($"{_property} is a {Type.Name}, which has elements and no value of its own.");
        }

        Expanded();
        _text = value;
    }

    FhirBuilder Place(string path, bool replace, FhirNode value) => Place(path, replace, property =>
        value.Type.IsA(property.Type)
            ? new FhirBuilder(value, property)
            : throw new ArgumentException($"{property} takes a {property.Type.Name}, not a {value.Type.Name}."));

    FhirBuilder Place(string path, bool replace, Action<FhirBuilder> build) => Place(path, replace, property =>
    {
        var made = new FhirBuilder(property.Type, property);
        build(made);
        return made;
    });

    FhirBuilder Place(string path, bool replace, Func<PropertySchema, FhirBuilder> make)
    {
        var at = this;
        var step = BuilderStep.Read(at.Type, path, out path);
        while (path.Length > 0)
        {
            at = at.Child(step);
            step = BuilderStep.Read(at.Type, path, out path);
        }

        if (!replace && !step.Property.Element.IsArray)
        {
            throw new ArgumentException($"{step.Property} does not repeat; use Set.");
        }

        at.Put(step, make(step.Property), replace);
        return this;
    }

    void Put(BuilderStep step, FhirBuilder made, bool replace)
    {
        var children = Expanded();
        // The other types of a choice make way; so do all repetitions, unless one is named.
        children.RemoveAll(c => c._property != step.Property && c._property?.Element == step.Property.Element);
        var same = Matching(step.Property).ToList();
        if (step.Index is { } index && replace && index < same.Count)
        {
            children[children.IndexOf(same[index])] = made;
            return;
        }

        if (step.Index > same.Count)
        {
            throw new ArgumentException($"{step.Property} has {same.Count} repetitions; index {step.Index} would leave a gap.");
        }

        if (replace && step.Index is null)
        {
            children.RemoveAll(same.Contains);
        }

        if (!replace && step.Index is { } before && before < same.Count)
        {
            children.Insert(children.IndexOf(same[before]), made);
        }
        else
        {
            Insert(children, made);
        }
    }

    FhirBuilder Child(BuilderStep step)
    {
        // Lists can be long (the entries of a bundle) and this is asked at every step of every edit, so no copies.
        var before = step.Index ?? 0;
        foreach (var child in Expanded())
        {
            if (child._property == step.Property && before-- == 0)
            {
                return child;
            }
        }

        var made = new FhirBuilder(step.Property.Type, step.Property);
        Put(step, made, replace: false);
        return made;
    }

    IEnumerable<FhirBuilder> Matching(PropertySchema property) => Expanded().Where(c => c._property == property);

    /// <summary>The children as builders of their own: from here on the source no longer stands for this element.</summary>
    List<FhirBuilder> Expanded()
    {
        if (_children is null)
        {
            _children = [];
            foreach (var child in _source.Children)
            {
                Insert(_children, new FhirBuilder(child, child.Property));
            }

            if (_source.HasValue)
            {
                _text = _source.Text;
            }

            _source = default;
        }

        return _children;
    }

    static void Insert(List<FhirBuilder> children, FhirBuilder made)
    {
        // Definition order, and after what is already there of the same element.
        var at = children.Count;
        while (at > 0 && Ordinal(children[at - 1]) > Ordinal(made))
        {
            at--;
        }

        children.Insert(at, made);
    }

    static int Ordinal(FhirBuilder child) => child._property?.Element.Ordinal ?? 0;
}
