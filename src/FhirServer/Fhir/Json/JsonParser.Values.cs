using System.Buffers;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;

namespace FhirHub.Fhir.Json;

// Tokens and primitive values. The grammar is https://www.rfc-editor.org/rfc/rfc8259.
ref partial struct JsonParser
{
    /// <summary>
    /// Where a run of plain string characters ends: the quote, an escape, or a character JSON forbids.
    /// </summary>
    static readonly SearchValues<byte> StringStops = SearchValues.Create(
        [(byte)'"', (byte)'\\', .. Enumerable.Range(0, 32).Select(c => (byte)c)]);

    /// <summary>The next byte that is not white space, without taking it; zero at the end.</summary>
    byte Peek()
    {
        var json = _json;
        var at = _at;
        while ((uint)at < (uint)json.Length)
        {
            var c = json[at];
            if (c > ' ' || c is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
            {
                _at = at;
                return c;
            }

            at++;
        }

        _at = json.Length;
        return 0;
    }

    /// <summary>
    /// After a member or item: true (and past the comma) when another follows, false at the closing bracket.
    /// </summary>
    bool More(byte close)
    {
        var next = Peek();
        if (next == ',')
        {
            _at++;
            return true;
        }

        return next == close ? false : throw Syntax($"Expected ',' or '{(char)close}'");
    }

    void Colon()
    {
        if (Peek() != ':')
        {
            throw Syntax("Expected ':' after the property name");
        }

        _at++;
        Peek();
    }

    /// <summary>
    /// The name as its bytes stand there; names with escapes come out unlike any element and are read again.
    /// </summary>
    ReadOnlySpan<byte> PropertyName()
    {
        _lastNameAt = _at;
        var start = _at + 1;
        var length = _json[start..].IndexOf((byte)'"');
        if (length < 0)
        {
            throw new SyntaxException(_at, "This string has no end.");
        }

        _at = start + length + 1;
        return _json.Slice(start, length);
    }

    ReadOnlySpan<byte> EscapedPropertyName()
    {
        var name = ScanString(out var escaped);
        return escaped ? System.Text.Encoding.UTF8.GetBytes(JsonText.Unescape(name)) : name;
    }

    void Primitive(PropertySchema property, bool inArray, ref SeenElements seen)
    {
        var type = property.Type;
        var at = _at;
        switch (Peek())
        {
            case (byte)'"':
                String(property, type);
                break;
            case (byte)'t':
                Literal("true"u8);
                Boolean(property, type, at);
                break;
            case (byte)'f':
                Literal("false"u8);
                Boolean(property, type, at);
                break;
            case (byte)'-' or (>= (byte)'0' and <= (byte)'9'):
                Number(property, type);
                break;
            case (byte)'n' when inArray:
                Literal("null"u8);
                Add(new NodeRecord(at, 0, 0, property.Id, NodeKind.NoValue, type.Index));
                break;
            default:
                Report(IssueType.Structure, $"Expected {PrimitiveFormat.Named(type)}, found {Found()}.");
                SkipValue();
                Placeholder(property);
                break;
        }

        seen.NeedsLinking |= inArray && _records[_count - 1].Kind == NodeKind.NoValue;
    }

    void String(PropertySchema property, TypeSchema type)
    {
        var at = _at;
        var value = ScanString(out var escaped);
        if (type.Primitive is PrimitiveKind.Boolean or PrimitiveKind.Integer or PrimitiveKind.UnsignedInt
            or PrimitiveKind.PositiveInt or PrimitiveKind.Decimal)
        {
            Report(IssueType.Value, at, $"{PrimitiveFormat.Named(type, isFirst: true)} stands in JSON without quotes.");
            Placeholder(property);
            return;
        }

        var problem = _hasBadCharacter
            ? "Strings must not hold control characters other than tab, line feed and carriage return, "
                + "nor half of a surrogate pair."
            : escaped ? EscapedProblem(type, value) : Problem(type, value);
        if (problem is not null)
        {
            Report(type.Primitive == PrimitiveKind.Xhtml ? IssueType.Invariant : IssueType.Value, at, problem);
            Placeholder(property);
            return;
        }

        var kind = escaped ? NodeKind.EscapedString : NodeKind.String;
        Add(new NodeRecord(at + 1, value.Length, 0, property.Id, kind, type.Index));
    }

    void Boolean(PropertySchema property, TypeSchema type, int at)
    {
        if (type.Primitive == PrimitiveKind.Boolean)
        {
            Add(new NodeRecord(at, _at - at, 0, property.Id, NodeKind.Boolean, type.Index));
            return;
        }

        Report(IssueType.Value, at, $"Expected {PrimitiveFormat.Named(type)}, found a boolean.");
        Placeholder(property);
    }

    void Number(PropertySchema property, TypeSchema type)
    {
        var at = _at;
        var number = ScanNumber();
        var problem = type.Primitive switch
        {
            PrimitiveKind.Decimal => null,
            PrimitiveKind.Integer or PrimitiveKind.UnsignedInt or PrimitiveKind.PositiveInt =>
                PrimitiveFormat.IntegerProblem(type, number),
            _ => $"Expected {PrimitiveFormat.Named(type)} in double quotes, found a number.",
        };
        if (problem is null)
        {
            Add(new NodeRecord(at, number.Length, 0, property.Id, NodeKind.Number, type.Index));
            return;
        }

        Report(IssueType.Value, at, problem);
        Placeholder(property);
    }

    /// <summary>A value was dropped from an array: what stands beside it in the other array must not shift.</summary>
    void Placeholder(PropertySchema property)
    {
        if (property.Element.IsArray)
        {
            Add(new NodeRecord(_at, DroppedLength, 0, property.Id, NodeKind.NoValue, property.Type.Index));
        }
    }

    readonly string? EscapedProblem(TypeSchema type, ReadOnlySpan<byte> escaped)
    {
        if (type.Primitive is PrimitiveKind.String or PrimitiveKind.Markdown
            && escaped.Length <= (type.MaxLength ?? int.MaxValue))
        {
            // An escape is one character at least, so it is neither empty nor too long.
            return null;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(escaped.Length);
        var problem = Problem(type, buffer.AsSpan(0, JsonText.Unescape(escaped, buffer)));
        ArrayPool<byte>.Shared.Return(buffer);
        return problem;
    }

    readonly string? Problem(TypeSchema type, ReadOnlySpan<byte> value) => type.Primitive switch
    {
        _ when value.IsEmpty => "A value must not be empty: leave the property out.",
        PrimitiveKind.Xhtml => _options.ChecksNarrative ? NarrativeProblem(value) : null,
        _ => PrimitiveFormat.Problem(type, value),
    };

    static string? NarrativeProblem(ReadOnlySpan<byte> xhtml)
    {
        if (NarrativeChecker.Check(xhtml, problems: null))
        {
            return null;
        }

        // One issue for the element; the first problems in it are enough to find the mistake.
        const int toldMax = 3;
        var problems = new List<NarrativeProblem>();
        NarrativeChecker.Check(xhtml, problems);
        return string.Join(' ', problems.Take(toldMax).Select(p => p.Text));
    }

    /// <summary>
    /// Takes a string and checks its escapes; what comes back is between the quotes, escapes untouched.
    /// </summary>
    ReadOnlySpan<byte> ScanString(out bool escaped)
    {
        var start = _at + 1;
        var at = start;
        escaped = false;
        _hasBadCharacter = false;
        while (true)
        {
            var run = _json[at..].IndexOfAny(StringStops);
            if (run < 0)
            {
                throw new SyntaxException(start - 1, "This string has no end.");
            }

            at += run;
            if (_json[at] == '"')
            {
                _at = at + 1;
                return _json[start..at];
            }

            if (_json[at] != '\\')
            {
                throw new SyntaxException(at, "A control character in a string must be escaped.");
            }

            escaped = true;
            at = Escape(at + 1);
        }
    }

    /// <summary>Checks the escape whose letter stands at that offset and returns the offset after it.</summary>
    int Escape(int at)
    {
        var rest = _json[at..];
        if (rest.IsEmpty || (rest[0] != 'u' && JsonText.Simple(rest[0]) == 0))
        {
            throw new SyntaxException(
                at - 1, "Not an escape JSON knows: use \\\" \\\\ \\/ \\b \\f \\n \\r \\t or \\u and four hex digits.");
        }

        if (rest[0] != 'u')
        {
            _hasBadCharacter |= rest[0] is (byte)'b' or (byte)'f';
            return at + 1;
        }

        var unit = JsonText.Hex4(rest[1..]);
        if (unit < 0)
        {
            throw new SyntaxException(at - 1, "\\u needs four hex digits.");
        }

        if (!char.IsSurrogate((char)unit))
        {
            _hasBadCharacter |= unit < ' ' && unit is not ('\t' or '\n' or '\r');
            return at + 5;
        }

        var pairs = char.IsHighSurrogate((char)unit) && rest[5..].StartsWith("\\u"u8)
            && JsonText.Hex4(rest[7..]) is var low and >= 0 && char.IsLowSurrogate((char)low);
        _hasBadCharacter |= !pairs;
        return at + (pairs ? 11 : 5);
    }

    ReadOnlySpan<byte> ScanNumber()
    {
        var start = _at;
        var at = start;
        if (At(at) == '-')
        {
            at++;
        }

        var whole = Digits(at);
        if (whole == at || (At(at) == '0' && whole > at + 1))
        {
            throw new SyntaxException(start, "Not a JSON number: digits without leading zeros, such as -0.5 or 12e3.");
        }

        at = whole;
        if (At(at) == '.')
        {
            at = Digits(at + 1) is var end && end > at + 1
                ? end
                : throw new SyntaxException(start, "A JSON number needs a digit after its point.");
        }

        if (At(at) is (byte)'e' or (byte)'E')
        {
            at += At(at + 1) is (byte)'+' or (byte)'-' ? 2 : 1;
            at = Digits(at) is var end && end > at
                ? end
                : throw new SyntaxException(start, "A JSON number needs a digit in its exponent.");
        }

        _at = at;
        return _json[start..at];
    }

    readonly int Digits(int at)
    {
        while (At(at) is >= (byte)'0' and <= (byte)'9')
        {
            at++;
        }

        return at;
    }

    readonly byte At(int at) => (uint)at < (uint)_json.Length ? _json[at] : (byte)0;

    void Literal(ReadOnlySpan<byte> literal)
    {
        if (!_json[_at..].StartsWith(literal))
        {
            throw Syntax("Expected a JSON value");
        }

        _at += literal.Length;
    }

    /// <summary>Passes over a value that has no place in the document; it must still be well-formed.</summary>
    void SkipValue()
    {
        switch (Peek())
        {
            case (byte)'"':
                ScanString(out _);
                break;
            case (byte)'{':
                SkipContainer((byte)'}');
                break;
            case (byte)'[':
                SkipContainer((byte)']');
                break;
            case (byte)'t':
                Literal("true"u8);
                break;
            case (byte)'f':
                Literal("false"u8);
                break;
            case (byte)'n':
                Literal("null"u8);
                break;
            case (byte)'-' or (>= (byte)'0' and <= (byte)'9'):
                ScanNumber();
                break;
            default:
                throw Syntax("Expected a JSON value");
        }
    }

    void SkipContainer(byte close)
    {
        Deeper();
        var start = _at++;
        if (Peek() != close)
        {
            do
            {
                if (close == '}')
                {
                    if (Peek() != '"')
                    {
                        throw Syntax("Expected a property name in double quotes");
                    }

                    var isType = EscapedPropertyName().SequenceEqual("resourceType"u8);
                    Colon();
                    if (isType)
                    {
                        _typesAhead?.TryAdd(start, _at);
                    }
                }

                SkipValue();
            }
            while (More(close));
        }

        _at++;
        _depth--;
    }
}
