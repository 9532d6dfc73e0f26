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

    /// <summary>
    /// Sets the value at a path, in place of all that stood there; steps on the way are made as needed.
    /// </summary>
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

    /// <summary>Puts a resource at a path that holds one, such as <c>entry[0].resource</c> of a bundle.</summary>
    public FhirBuilder Set(string path, FhirDocument resource) => Set(path, resource.Root);

    /// <summary>Appends a value to a repeating element.</summary>
    public FhirBuilder Add(string path, string value) => Place(path, replace: false, added => added.SetOwn(value));

    /// <summary>Appends a complex value, built by the action, to a repeating element.</summary>
    public FhirBuilder Add(string path, Action<FhirBuilder> build) => Place(path, replace: false, build);

    /// <summary>Appends a copy of an element of some document to a repeating element.</summary>
    public FhirBuilder Add(string path, FhirNode value) => Place(path, replace: false, value);

    /// <summary>Appends a resource to an element that repeats, which is <c>contained</c>.</summary>
    public FhirBuilder Add(string path, FhirDocument resource) => Add(path, resource.Root);

    /// <summary>Appends an extension; <paramref name="value"/> is set as <c>value[x]</c> of the named type.</summary>
    public FhirBuilder AddExtension(string url, string valueProperty, string value) =>
        Add("extension", e => e.Set("url", url).Set(valueProperty, value));

    /// <summary>
    /// The builder at a path, made when it is not there: for ids and extensions of primitives among others.
    /// </summary>
    public FhirBuilder At(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var at = this;
        while (path.Length > 0)
        {
            at = at.Child(BuilderStep.Read(at.Type, path, out path));
        }

        return at;
    }

    /// <summary>
    /// Removes what stands at a path, if anything does; without an index all repetitions of the last step.
    /// </summary>
    public FhirBuilder Remove(string path)
    {
        var at = this;
        while (true)
        {
            var step = BuilderStep.Read(at.Type, path, out path);
            var (first, count) = at.RangeOf(step.Property);
            if (count == 0 || step.Index >= count)
            {
                return this;
            }

            if (path.Length == 0)
            {
                at.Expanded().RemoveRange(first + (step.Index ?? 0), step.Index is null ? count : 1);
                return this;
            }

            at = at.Expanded()[first + (step.Index ?? 0)];
        }
    }

    /// <summary>Moves one repetition to where it then stands among the others; both are counted from 0.</summary>
    public FhirBuilder Move(string path, int from, int to)
    {
        var dot = path.LastIndexOf('.');
        var parent = dot < 0 ? this : At(path[..dot]);
        var step = BuilderStep.Read(parent.Type, path[(dot + 1)..], out _);
        var (first, count) = parent.RangeOf(step.Property);
        if (from < 0 || from >= count || to < 0 || to >= count)
        {
            throw new ArgumentException($"{step.Property} has {count} repetitions; {from} cannot move to {to}.");
        }

        var children = parent.Expanded();
        var moved = children[first + from];
        children.RemoveAt(first + from);
        children.Insert(first + to, moved);
        return this;
    }

    /// <summary>
    /// Writes the document and checks it; throws <see cref="FhirFormatException"/> with everything that is wrong.
    /// </summary>
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

    /// <summary>How often an element occurs here, and as which property: of a choice, the one chosen.</summary>
    internal (PropertySchema? Property, int Count) Occurrences(ElementSchema element)
    {
        var (first, end) = RangeOf(element);
        return (first < end ? Expanded()[first]._property : null, end - first);
    }

    internal static FhirBuilder Unchanged(FhirNode node) => new(node, node.Property);

    FhirBuilder SetText(string path, string value) => Place(path, replace: true, made => made.SetOwn(value));

    void SetOwn(string value)
    {
        if (!Type.IsPrimitive)
        {
            throw new ArgumentException($"{_property} is a {Type.Name}, which has elements and no value of its own.");
        }

        ArgumentNullException.ThrowIfNull(value);
        Expanded();
        _text = value;
    }

    FhirBuilder Place(string path, bool replace, FhirNode value) => Place(path, replace, property =>
        value.Type.IsA(property.Type)
            ? new FhirBuilder(value, property)
            : throw new ArgumentException($"{property} takes a {property.Type.Name}, not a {value.Type.Name}."));

    FhirBuilder Place(string path, bool replace, Action<FhirBuilder> build) => Place(path, replace, property =>
    {
        var made = New(property);
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
        var (first, end) = RangeOf(step.Property.Element);
        if (first < end && children[first]._property != step.Property)
        {
            // Another type of a choice makes way.
            children.RemoveRange(first, end - first);
            end = first;
        }

        var count = end - first;
        if (step.Index > count)
        {
            throw new ArgumentException(
                $"{step.Property} has {count} repetitions; index {step.Index} would leave a gap.");
        }

        if (replace && step.Index < count)
        {
            children[first + step.Index.Value] = made;
            return;
        }

        if (replace && step.Index is null)
        {
            children.RemoveRange(first, count);
            count = 0;
        }

        children.Insert(first + (step.Index ?? count), made);
    }

    FhirBuilder Child(BuilderStep step)
    {
        var (first, count) = RangeOf(step.Property);
        var index = step.Index ?? 0;
        if (index < count)
        {
            return Expanded()[first + index];
        }

        var made = New(step.Property);
        Put(step, made, replace: false);
        return made;
    }

    static FhirBuilder New(PropertySchema property) => property.Type.IsResource
        ? throw new ArgumentException($"{property} takes a whole resource: build one and put its document there.")
        : new FhirBuilder(property.Type, property);

    (int First, int Count) RangeOf(PropertySchema property)
    {
        var (first, end) = RangeOf(property.Element);
        // A choice holds one value, which may be of another type.
        return first < end && Expanded()[first]._property == property ? (first, end - first) : (first, 0);
    }

    /// <summary>Where the occurrences of an element stand or would: children are kept in definition order.</summary>
    (int First, int End) RangeOf(ElementSchema element) =>
        (FirstFrom(element.Ordinal), FirstFrom(element.Ordinal + 1));

    /// <summary>The first child whose element has that ordinal or a higher one, of which there may be many.</summary>
    int FirstFrom(int ordinal)
    {
        var children = Expanded();
        var (low, high) = (0, children.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Ordinal(children[middle]) < ordinal ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>The children as builders of their own: from here on the source no longer stands for them.</summary>
    List<FhirBuilder> Expanded()
    {
        if (_children is null)
        {
            _children = [.. _source.Children.Select(Unchanged).OrderBy(Ordinal)];
            if (_source.HasValue)
            {
                _text = _source.Text;
            }

            _source = default;
        }

        return _children;
    }

    static int Ordinal(FhirBuilder child) => child._property?.Element.Ordinal ?? 0;
}
