using System.Numerics;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;
using FhirHub.Fhir.Json;

namespace FhirHub.Fhir.Xml;

// Children of an element: their order, their runs (which become arrays), and the primitives among them.
ref partial struct XmlToJson
{
    /// <summary>The property the start tag stands for; null, with an issue, when the parent has none such.</summary>
    readonly PropertySchema? FindProperty(in XmlFrame parent)
    {
        var property = parent.Type.Find(_tokens.LocalName);
        var expected = property?.Type.Primitive == PrimitiveKind.Xhtml ? XmlNamespace.Xhtml : XmlNamespace.Fhir;
        if (property is not null && _tokens.Namespace == expected && !property.Element.IsXmlAttribute)
        {
            return property;
        }

        var name = Shown(_tokens.Name);
        var text = property is null ? Unknown(parent.Type, name)
            : property.Element.IsXmlAttribute ? $"'{name}' must be an attribute of {parent.Type.Name}, not an element."
            : expected == XmlNamespace.Xhtml ? $"'{name}' must be in the namespace 'http://www.w3.org/1999/xhtml'."
            : $"'{name}' must be in the namespace 'http://hl7.org/fhir'.";
        Refuse(_tokens.NameStart, text);
        return null;
    }

    readonly string Unknown(TypeSchema type, string name)
    {
        var near = _issues.IsFull ? null : JsonParser.Nearest(type, name);
        return $"{type.Name} has no element '{name}'.{(near is null ? "" : $" Did you mean '{near}'?")}";
    }

    /// <summary>
    /// Counts the child in, as the next of its run or as the first of a new one; false when it must be left out.
    /// </summary>
    bool EnterRun(ref XmlFrame parent, PropertySchema property)
    {
        var element = property.Element;
        if (ReferenceEquals(parent.Run, property) && element.IsArray)
        {
            parent.RunCount++;
            return true;
        }

        EndRun(ref parent);
        var bit = 1UL << element.Ordinal;
        if ((parent.Seen & bit) != 0)
        {
            var name = Shown(_tokens.Name);
            var text = element.IsArray ? $"'{name}' is out of order: all elements of that name must follow each other."
                : element.IsChoice ? $"'{name}' stands beside another {element.Name}[x]: only one of them is allowed."
                : $"The element '{name}' stands here twice.";
            _issues.Add(_tokens.NameStart, IssueType.Structure, text, $"{Expression(_depth)}.{element.Name}");
            return false;
        }

        parent.Seen |= bit;
        parent.Run = property;
        parent.RunCount = 1;
        parent.RunStart = _json.Length;
        parent.RunHasValues = false;
        parent.ExtrasCount = 0;
        var later = parent.Seen & ~(bit | (bit - 1));
        if (later != 0)
        {
            var next = parent.Type.Elements[BitOperations.TrailingZeroCount(later)];
            _issues.Add(
                _tokens.NameStart,
                IssueType.Structure,
                $"'{Shown(_tokens.Name)}' is out of order: it must stand before '{next.Name}'.",
                Expression(_depth + 1));
        }

        return true;
    }

    void EndRun(ref XmlFrame frame)
    {
        if (frame.Run is { } property && property.Element.IsArray)
        {
            if (frame.RunHasValues || !property.Type.IsPrimitive || frame.ExtrasCount == 0)
            {
                _json.Write((byte)']');
            }
            else
            {
                // Not one value: the array of extras stands alone.
                _json.Truncate(frame.RunStart);
            }

            if (frame.ExtrasCount > 0)
            {
                JoinExtras(frame, property);
            }
        }

        frame.Run = null;
    }

    readonly void JoinExtras(in XmlFrame frame, PropertySchema property)
    {
        var extras = _buffers[_level + 1];
        _json.WriteName(property.Utf8Name, isExtras: true);
        _json.Write((byte)'[');
        _json.Append(extras);
        for (var i = frame.ExtrasCount; i < frame.RunCount; i++)
        {
            _json.Write(",null"u8);
        }

        _json.Write((byte)']');
        extras.Truncate(0);
    }

    /// <summary>Writes what comes before a value: the name, the bracket of an array, or the comma within one.</summary>
    readonly void BeginEntry(in XmlFrame parent, PropertySchema property)
    {
        if (parent.RunCount > 1)
        {
            _json.Write((byte)',');
            return;
        }

        _json.Mark(_tokens.Start);
        _json.WriteName(property.Utf8Name);
        if (property.Element.IsArray)
        {
            _json.Write((byte)'[');
        }
    }

    void StartPrimitive(ref XmlFrame parent, PropertySchema property)
    {
        // 1. The value goes where the JSON has it.
        var at = FindAttribute("value"u8);
        var isGiven = at >= 0;
        var hasValue = isGiven && CheckNotation(_tokens.Attributes[at], property.Type);
        if (hasValue)
        {
            BeginEntry(parent, property);
            WriteValue(_tokens.Attributes[at], property.Type.Primitive);
            parent.RunHasValues = true;
        }

        // 2. The usual end: nothing but a value.
        if (_tokens.IsEmptyElement && isGiven && _tokens.Attributes.Length == 1)
        {
            _tokens.Read();
            if (!hasValue)
            {
                LeaveOut(ref parent);
            }

            return;
        }

        // 3. The id is the first of the extras; extensions follow as child elements.
        Push(XmlFrameKind.Primitive, property.Type);
        _frames[_depth - 1].IsFilled = isGiven;
        _frames[_depth - 1].HasValue = hasValue;
        foreach (ref readonly var attribute in _tokens.Attributes)
        {
            if (_tokens.NameOf(attribute).SequenceEqual("id"u8))
            {
                EnsureExtras();
                _json.Mark(attribute.NameStart);
                _json.WriteName("id"u8);
                _json.WriteString(_tokens.RawValueOf(attribute));
            }
            else if (!_tokens.NameOf(attribute).SequenceEqual("value"u8))
            {
                RefuseAttribute(attribute);
            }
        }
    }

    /// <summary>Takes back the last child of a run, of which nothing was written.</summary>
    static void LeaveOut(ref XmlFrame parent)
    {
        if (--parent.RunCount == 0 && parent.Run is { } property)
        {
            parent.Run = null;
            parent.Seen &= ~(1UL << property.Element.Ordinal);
        }
    }

    readonly int FindAttribute(ReadOnlySpan<byte> name)
    {
        var attributes = _tokens.Attributes;
        for (var i = 0; i < attributes.Length; i++)
        {
            if (_tokens.NameOf(attributes[i]).SequenceEqual(name))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Booleans and numbers have no quotes in JSON, so here their notation has to be right already.</summary>
    readonly bool CheckNotation(in XmlAttribute attribute, TypeSchema type)
    {
        var raw = _tokens.RawValueOf(attribute);
        var problem = type.Primitive switch
        {
            PrimitiveKind.Boolean when !(raw.SequenceEqual("true"u8) || raw.SequenceEqual("false"u8)) =>
                "A boolean is 'true' or 'false'.",
            PrimitiveKind.Decimal when !IsJsonNumber(raw) => "Not a decimal such as 0.5, -12 or 1.5e3.",
            PrimitiveKind.Integer or PrimitiveKind.UnsignedInt or PrimitiveKind.PositiveInt when !IsJsonNumber(raw) =>
                $"The type {type.Name} takes digits without leading zeros, behind a minus at most.",
            _ => null,
        };
        if (problem is not null)
        {
            _issues.Add(attribute.ValueStart, IssueType.Value, problem, Expression(_depth + 1));
        }

        return problem is null;
    }

    readonly void WriteValue(in XmlAttribute attribute, PrimitiveKind kind)
    {
        _json.Mark(attribute.ValueStart);
        var raw = _tokens.RawValueOf(attribute);
        if (kind is PrimitiveKind.Boolean or PrimitiveKind.Decimal
            or PrimitiveKind.Integer or PrimitiveKind.UnsignedInt or PrimitiveKind.PositiveInt)
        {
            _json.Write(raw);
        }
        else
        {
            _json.WriteString(raw);
        }
    }

    static bool IsJsonNumber(ReadOnlySpan<byte> text)
    {
        var digits = text is [(byte)'-', ..] ? text[1..] : text;
        return digits is [>= (byte)'0' and <= (byte)'9', ..]
            && !(digits is [(byte)'0', >= (byte)'0' and <= (byte)'9', ..])
            && digits[^1] is >= (byte)'0' and <= (byte)'9'
            && HasNumberParts(digits);
    }

    static bool HasNumberParts(ReadOnlySpan<byte> digits)
    {
        // The first character and the last are digits; a fraction and an exponent may come between, each with digits.
        var at = digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (at >= 0 && digits[at] == '.')
        {
            digits = digits[(at + 1)..];
            at = digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            if (at == 0)
            {
                return false;
            }
        }

        if (at >= 0 && digits[at] is (byte)'e' or (byte)'E')
        {
            digits = digits[(at + 1)..];
            digits = digits is [(byte)'+' or (byte)'-', ..] ? digits[1..] : digits;
            at = digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        }

        return at < 0;
    }

    /// <summary>Opens the <c>_name</c> object of the innermost primitive unless it is open.</summary>
    void EnsureExtras()
    {
        ref var frame = ref _frames[_depth - 1];
        if (frame.Kind != XmlFrameKind.Primitive || frame.HasExtras)
        {
            return;
        }

        frame.HasExtras = true;
        ref var parent = ref _frames[_depth - 2];
        var property = parent.Run!; // a primitive's frame is pushed only within a run of its parent
        if (!property.Element.IsArray)
        {
            _json.Mark(_tokens.Start);
            _json.WriteName(property.Utf8Name, isExtras: true);
            _json.Write((byte)'{');
            return;
        }

        if (!frame.HasValue)
        {
            BeginEntry(parent, property);
            _json.Write("null"u8);
        }

        if (++_level == _buffers.Count)
        {
            _buffers.Add(new MarkedJson(256, _json.Marks is not null));
        }

        _json = _buffers[_level];
        if (parent.ExtrasCount > 0)
        {
            _json.Write((byte)',');
        }

        _json.WriteNulls(parent.RunCount - 1 - parent.ExtrasCount);
        parent.ExtrasCount = parent.RunCount;
        _json.Mark(_tokens.Start);
        _json.Write((byte)'{');
    }

    void EndPrimitive(ref XmlFrame frame)
    {
        if (!frame.HasExtras)
        {
            if (!frame.IsFilled)
            {
                Refuse(_tokens.NameStart, "The element must have a value or an extension.");
            }

            if (!frame.HasValue)
            {
                LeaveOut(ref _frames[_depth - 2]);
            }

            return;
        }

        EndRun(ref frame);
        _json.Write((byte)'}');
        if (_frames[_depth - 2].Run!.Element.IsArray) // as in EnsureExtras
        {
            _json = _buffers[--_level];
        }
    }
}
