using System.Buffers;
using System.Diagnostics;
using System.Text.Unicode;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;

namespace FhirHub.Fhir.Json;

/// <summary>
/// Parses FHIR JSON (https://hl7.org/fhir/R4/json.html) in one pass: well-formedness, structure by the definitions and
/// primitive formats are checked while the node records are written. This file is the structure; values are in
/// JsonParser.Values.cs, primitives' ids and extensions in JsonParser.Extras.cs, problems in JsonParser.Issues.cs.
/// </summary>
ref partial struct JsonParser
{
    /// <summary>The pool keeps what it is given back, as powers of two: 16 MB of records are enough.</summary>
    const int PooledRecordsMax = 1024 * 1024;

    readonly ReadOnlySpan<byte> _json;
    readonly FhirSchema _schema;
    readonly ParseOptions _options;
    readonly int _depthMax;
    NodeRecord[] _records;
    int _count;
    int _at;
    int _depth;
    int _lastNameAt;
    bool _hasBadCharacter;
    bool _inContained;

    /// <summary>Where the objects passed over on the way to a type have theirs, so that each is read once.</summary>
    Dictionary<int, int>? _typesAhead;
    PathStep[] _path;
    int _pathLength;
    List<(int Offset, IssueType Code, string Text, string? Expression)>? _issues;
    SyntaxException? _fatal;
    bool _hasErrors;
    bool _hasDropped;

    JsonParser(ReadOnlySpan<byte> json, FhirSchema schema, ParseOptions options, int depthMax)
    {
        _json = json;
        _schema = schema;
        _options = options;
        _depthMax = depthMax;
        _path = new PathStep[16];
        // A record for every 24 bytes is what dense resources need; the array is rented and grows.
        _records = Rent(Math.Max(64, json.Length / 24));
    }

    /// <summary>Parses the bytes; with a source map, issues point into the text the JSON was made from.</summary>
    internal static ParseResult Parse(
        ReadOnlyMemory<byte> utf8Json, FhirSchema schema, ParseOptions options, SourceMap? source = null) =>
        Parse(utf8Json, schema, options, source, options.DepthMax);

    static ParseResult Parse(
        ReadOnlyMemory<byte> utf8Json, FhirSchema schema, ParseOptions options, SourceMap? source, int depthMax)
    {
        if (utf8Json.Length > options.BytesMax)
        {
            return new ParseResult(null, [new FhirIssue(
                IssueSeverity.Fatal,
                IssueType.TooLong,
                $"The content has {utf8Json.Length} bytes; at most {options.BytesMax} are accepted.",
                null,
                1,
                1)]);
        }

        if (utf8Json.Span.StartsWith("\uFEFF"u8))
        {
            utf8Json = utf8Json[3..]; // a byte order mark is no content
        }

        var parser = new JsonParser(utf8Json.Span, schema, options, depthMax);
        try
        {
            parser.Document();
            return parser.Result(utf8Json, source);
        }
        catch (SyntaxException syntax)
        {
            parser.Fatal(syntax);
            return new ParseResult(null, parser.Issues(utf8Json, source));
        }
        finally
        {
            Return(parser._records);
        }
    }

    readonly ParseResult Result(ReadOnlyMemory<byte> utf8Json, SourceMap? source)
    {
        var issues = Issues(utf8Json, source);
        if (_count == 0 || (_hasErrors && !_options.IsLenient))
        {
            return new ParseResult(null, issues);
        }

        var document = new FhirDocument(_schema, utf8Json, _records.AsSpan(0, _count).ToArray());
        return new ParseResult(_hasDropped ? Rewritten(document) : document, issues);
    }

    /// <summary>What was dropped still stands in the bytes, but a document's bytes and nodes say the same.</summary>
    readonly FhirDocument? Rewritten(FhirDocument document)
    {
        // Brackets that were missing are there now, so it may be somewhat larger and deeper than what came.
        var options = _options with { BytesMax = int.MaxValue };
        var rewritten = Parse(JsonOutput.Write(document), _schema, options, source: null, _depthMax * 2);
        Debug.Assert(
            rewritten.Issues.All(issue => issue.Code == IssueType.Required), "What was kept and written is not valid.");
        return rewritten.Document;
    }

    void Document()
    {
        if (!Utf8.IsValid(_json))
        {
            throw new SyntaxException(FirstInvalidUtf8(_json), "The content is not valid UTF-8.");
        }

        if (Peek() != '{')
        {
            throw Syntax("A FHIR resource in JSON is an object: expected '{'");
        }

        Resource(0);
        if (Peek() != 0 || _at < _json.Length)
        {
            throw Syntax("Nothing may follow the resource");
        }
    }

    /// <summary>A resource, whose type stands in the property <c>resourceType</c>, first or not.</summary>
    void Resource(ushort property)
    {
        var start = _at;
        var type = ResourceType();
        _at = start;
        if (type is null)
        {
            SkipValue();
        }
        else
        {
            Object(type, property, NodeKind.Object);
        }
    }

    void Object(TypeSchema type, ushort property, NodeKind kind)
    {
        Deeper();
        var self = Add(new NodeRecord(_at, 0, 0, property, kind, type.Index));
        _at++;
        var seen = default(SeenElements);
        if (Peek() == '}')
        {
            Report(IssueType.Structure, EmptyObject);
        }
        else
        {
            do
            {
                Member(type, self, ref seen);
            }
            while (More((byte)'}'));
        }

        _at++;
        if (seen.NeedsLinking)
        {
            LinkExtras(self);
        }

        var missing = type.RequiredElements & ~(seen.Values | seen.Extras);
        if (missing != 0)
        {
            ReportMissing(type, self, missing);
        }

        _records[self].Length = _at - _records[self].Start;
        _records[self].Next = _count;
        _depth--;
    }

    void Member(TypeSchema type, int self, ref SeenElements seen)
    {
        if (Peek() != '"')
        {
            throw Syntax("Expected a property name in double quotes");
        }

        var nameAt = _at;
        var name = PropertyName();
        var property = seen.Expected is { } expected && name.SequenceEqual(expected.Utf8Name)
            ? expected
            : type.Find(name);
        if (property is null)
        {
            OtherMember(type, self, nameAt, ref seen);
            return;
        }

        seen.Expected = property.Following;
        Colon();
        Element(property, self, nameAt, ref seen);
    }

    void Element(PropertySchema property, int self, int nameAt, ref SeenElements seen)
    {
        var bit = 1UL << property.Element.Ordinal;
        var isSecond = (seen.Values & bit) != 0;
        seen.Values |= bit;
        if ((seen.Extras & bit) != 0)
        {
            seen.NeedsLinking = true;
            // The search is linear, so it happens once per element however often it is repeated.
            isSecond = isSecond || (property.Element.IsChoice && !HasRecord(self, property));
        }

        if (isSecond)
        {
            ReportSecond(property, self, nameAt);
            SkipValue();
            return;
        }

        Property(property, ref seen);
    }

    /// <summary>
    /// A member that is no element: <c>resourceType</c>, <c>_name</c>, an escaped name, or nothing FHIR knows.
    /// </summary>
    void OtherMember(TypeSchema type, int self, int nameAt, ref SeenElements seen)
    {
        _at = nameAt;
        var name = EscapedPropertyName();
        Colon();
        if (type.IsResource && name.SequenceEqual("resourceType"u8))
        {
            if (seen.ResourceType)
            {
                Report(IssueType.Structure, nameAt, "The property 'resourceType' stands here twice.");
            }

            seen.ResourceType = true;
            SkipValue();
            return;
        }

        if (name.Length > 1 && name[0] == '_' && type.Find(name[1..]) is { } primitive && MayHaveExtras(primitive))
        {
            Extras(primitive, self, nameAt, ref seen);
            return;
        }

        // Reached with an escaped name as well, which may spell a real element.
        if (type.Find(name) is { } property)
        {
            Element(property, self, nameAt, ref seen);
            return;
        }

        ReportUnknown(type, nameAt, name);
        SkipValue();
    }

    void Property(PropertySchema property, ref SeenElements seen)
    {
        var before = _count;
        Push(property);
        if (!property.Element.IsArray)
        {
            if (Peek() == '[')
            {
                Report(IssueType.Structure, "This element does not repeat: give one value, not an array.");
                SkipValue();
            }
            else
            {
                Item(property, inArray: false, ref seen);
            }
        }
        else if (Peek() == '[')
        {
            Array(property, ref seen);
        }
        else
        {
            ExpectValue();
            Report(IssueType.Structure, "This element can repeat, so JSON needs an array: [ ... ].");
            // Only its missing brackets are wrong, so a lenient parse may keep the value.
            Step.Index = 0;
            Item(property, inArray: true, ref seen);
        }

        if (_count == before && property.Element.IsChoice)
        {
            // The value was dropped, but which type was chosen still counts.
            Add(new NodeRecord(_at, DroppedLength, 0, property.Id, NodeKind.ExtrasGap, property.Type.Index));
        }

        Pop();
    }

    void Array(PropertySchema property, ref SeenElements seen)
    {
        Deeper();
        _at++;
        if (Peek() == ']')
        {
            Report(IssueType.Structure, "An array must not be empty: leave the property out.");
        }
        else
        {
            Step.Index = 0;
            do
            {
                Peek();
                Item(property, inArray: true, ref seen);
                Step.Index++;
            }
            while (More((byte)']'));
        }

        _at++;
        _depth--;
    }

    void Item(PropertySchema property, bool inArray, ref SeenElements seen)
    {
        var type = property.Type;
        if (type.IsPrimitive)
        {
            Primitive(property, inArray, ref seen);
        }
        else if (Peek() != '{')
        {
            Report(IssueType.Structure, $"Expected an object ({type.Name}), found {Found()}.");
            SkipValue();
        }
        else if (!type.IsResource)
        {
            Object(type, property.Id, NodeKind.Object);
        }
        else
        {
            NestedResource(property);
        }
    }

    void NestedResource(PropertySchema property)
    {
        var isContained = property.Element.Name == "contained";
        if (isContained && _inContained)
        {
            Report(IssueType.Structure, "A contained resource must not contain resources itself (dom-2).");
            SkipValue();
            return;
        }

        // The entries of a contained Bundle are resources of their own again.
        var outer = _inContained;
        _inContained = isContained;
        Resource(property.Id);
        _inContained = outer;
    }

    /// <summary>
    /// Reads ahead for the type of the resource that starts here; null (and reported) when it has none.
    /// </summary>
    TypeSchema? ResourceType()
    {
        var start = _at;
        if (_typesAhead is not null && _typesAhead.TryGetValue(start, out var known))
        {
            _at = known;
            return NamedType();
        }

        _at++;
        if (Peek() != '}')
        {
            do
            {
                if (Peek() != '"')
                {
                    throw Syntax("Expected a property name in double quotes");
                }

                var isType = PropertyName().SequenceEqual("resourceType"u8);
                if (!isType)
                {
                    _at = _lastNameAt;
                    isType = EscapedPropertyName().SequenceEqual("resourceType"u8);
                }

                Colon();
                if (isType)
                {
                    return NamedType();
                }

                _typesAhead ??= Peek() is (byte)'{' or (byte)'[' ? [] : null;
                SkipValue();
            }
            while (More((byte)'}'));
        }

        Report(IssueType.Structure, start, "The object must say what resource it is in the property 'resourceType'.");
        return null;
    }

    TypeSchema? NamedType()
    {
        var at = _at;
        if (Peek() != '"')
        {
            Report(IssueType.Structure, at, "The value of 'resourceType' must be a string.");
            return null;
        }

        var text = ScanString(out var escaped);
        var name = escaped ? System.Text.Encoding.UTF8.GetBytes(JsonText.Unescape(text)) : text;
        if (_schema.TryGetResourceType(name, out var type) && !type.IsAbstract)
        {
            return type;
        }

        Report(IssueType.Structure, at, $"'{Shown(name)}' is not a resource type of FHIR R4.");
        return null;
    }

    int Add(NodeRecord record)
    {
        if (_count == _records.Length)
        {
            Grow();
        }

        _records[_count] = record;
        return _count++;
    }

    void Grow()
    {
        var larger = Rent(_records.Length < PooledRecordsMax ? _records.Length * 2 : _records.Length / 4 * 5);
        _records.AsSpan(0, _count).CopyTo(larger);
        Return(_records);
        _records = larger;
    }

    static NodeRecord[] Rent(int count) => count <= PooledRecordsMax
        ? ArrayPool<NodeRecord>.Shared.Rent(count)
        : new NodeRecord[count];

    static void Return(NodeRecord[] records)
    {
        if (records.Length <= PooledRecordsMax)
        {
            ArrayPool<NodeRecord>.Shared.Return(records);
        }
    }

    void Deeper()
    {
        if (++_depth > _depthMax)
        {
            throw new SyntaxException(
                _at, $"The content is nested deeper than {_depthMax} levels.", IssueType.TooLong);
        }
    }

    /// <summary>Which elements of an object have been met, one bit each by ordinal.</summary>
    struct SeenElements
    {
        internal ulong Values;
        internal ulong Extras;
        internal bool NeedsLinking;
        internal bool ResourceType;

        /// <summary>
        /// The property that comes next when the writer keeps the order of the definitions, as most do.
        /// </summary>
        internal PropertySchema? Expected;
    }
}
