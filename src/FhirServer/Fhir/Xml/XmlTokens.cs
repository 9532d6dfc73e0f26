using FhirHub.Fhir.Documents;

namespace FhirHub.Fhir.Xml;

/// <summary>
/// Reads XML 1.0 with namespaces, token by token, from UTF-8 that <see cref="XmlText.FindForbidden"/> has passed.
/// Checks
/// that it is well-formed, expands nothing, refuses every document type declaration, and keeps its own stack.
/// </summary>
ref partial struct XmlTokens
{
    readonly ReadOnlySpan<byte> _source;
    readonly XmlScratch _scratch;
    readonly int _depthMax;
    int _at;
    int _attributeCount;
    int _bindingCount;
    int _bindingsOutside;
    int _defaultBinding = NoBinding;
    int _localStart;
    bool _endPending;
    bool _rootSeen;

    /// <summary>Reads from an offset on, which is after the byte order mark and the XML declaration.</summary>
    internal XmlTokens(ReadOnlySpan<byte> source, int start, XmlScratch scratch, int depthMax)
    {
        _source = source;
        _at = start;
        _scratch = scratch;
        _depthMax = depthMax;
    }

    internal XmlToken Token { get; private set; }

    /// <summary>The offset of the token's first byte.</summary>
    internal int Start { get; private set; }

    /// <summary>The offset after the token's last byte.</summary>
    internal readonly int End => _at;

    /// <summary>How many elements are open: a start tag counts itself, an end tag does not.</summary>
    internal int Depth { get; private set; }

    internal XmlNamespace Namespace { get; private set; }

    /// <summary>The offset of the element's name, prefix included.</summary>
    internal int NameStart { get; private set; }

    internal int NameEnd { get; private set; }

    /// <summary>The name as written, prefix included.</summary>
    internal readonly ReadOnlySpan<byte> Name => _source[NameStart..NameEnd];

    internal readonly ReadOnlySpan<byte> LocalName => _source[_localStart..NameEnd];

    internal readonly bool HasPrefix => _localStart != NameStart;

    /// <summary>True for a start tag that is the end tag as well.</summary>
    internal readonly bool IsEmptyElement => _endPending;

    internal readonly ReadOnlySpan<XmlAttribute> Attributes => _scratch.Attributes.AsSpan(0, _attributeCount);

    /// <summary>The namespace bindings the start tag made itself.</summary>
    internal readonly ReadOnlySpan<NamespaceBinding> Declared =>
        _scratch.Bindings.AsSpan(_scratch.Open[Depth - 1].BindingsOutside.._bindingCount);

    /// <summary>The characters of a text or CDATA token, references in text not yet replaced.</summary>
    internal readonly ReadOnlySpan<byte> Content =>
        Token == XmlToken.CData ? _source[(Start + 9)..(_at - 3)] : _source[Start.._at];

    /// <summary>What is not well-formed; null as long as everything is.</summary>
    internal string? Problem { get; private set; }

    internal int ProblemOffset { get; private set; }

    internal IssueType ProblemCode { get; private set; }

    internal readonly ReadOnlySpan<byte> LocalNameOf(in XmlAttribute attribute) =>
        _source[attribute.LocalStart..attribute.NameEnd];

    internal readonly ReadOnlySpan<byte> NameOf(in XmlAttribute attribute) =>
        _source[attribute.NameStart..attribute.NameEnd];

    internal readonly ReadOnlySpan<byte> RawValueOf(in XmlAttribute attribute) =>
        _source[attribute.ValueStart..attribute.ValueEnd];

    /// <summary>Moves to the next token; false at the end of the document and at a <see cref="Problem"/>.</summary>
    internal bool Read()
    {
        if (_endPending)
        {
            _endPending = false;
            return EndElement();
        }

        if (Problem is not null)
        {
            return false;
        }

        Start = _at;
        if (_at >= _source.Length)
        {
            return AtEnd();
        }

        if (_source[_at] != '<')
        {
            return ReadText();
        }

        return (_at + 1 < _source.Length ? _source[_at + 1] : 0) switch
        {
            '/' => ReadEndTag(),
            '!' => ReadDeclaration(),
            '?' => ReadInstruction(),
            _ => ReadStartTag(),
        };
    }

    /// <summary>Passes over the rest of the element whose start tag was read last.</summary>
    internal bool Skip()
    {
        var outside = Depth - 1;
        while (Read())
        {
            if (Depth == outside)
            {
                return true;
            }
        }

        return false;
    }

    bool Fail(int offset, string text, IssueType code = IssueType.Structure)
    {
        Problem = text;
        ProblemOffset = offset;
        ProblemCode = code;
        Token = XmlToken.None;
        _endPending = false;
        return false;
    }

    bool AtEnd()
    {
        Token = XmlToken.None;
        if (Depth > 0)
        {
            var open = _scratch.Open[Depth - 1];
            return Fail(_at, $"The XML ends inside the element '{Quote(open.NameStart, open.NameEnd)}'.");
        }

        return !_rootSeen && Fail(_at, "The XML has no root element.");
    }

    bool ReadText()
    {
        Token = XmlToken.Text;
        while (true)
        {
            var found = _source[_at..].IndexOfAny("<&]"u8);
            _at = found < 0 ? _source.Length : _at + found;
            if (found < 0 || _source[_at] == '<')
            {
                break;
            }

            if (_source[_at] == '&')
            {
                if (!PassReference())
                {
                    return false;
                }
            }
            else if (_source[_at..].StartsWith("]]>"u8))
            {
                return Fail(_at, "']]>' is not allowed in text; write ']]&gt;'.");
            }
            else
            {
                _at++;
            }
        }

        return Depth > 0 || XmlText.IsBlank(_source[Start.._at])
            || Fail(Start, _rootSeen ? "Text follows the root element." : "Text precedes the root element.");
    }

    bool PassReference()
    {
        var value = XmlText.ReadReference(_source[_at..], out var length);
        if (value >= 0)
        {
            _at += length;
            return true;
        }

        return Fail(_at, value == -2
            ? $"The entity '{Quote(_at, _at + length)}' is not defined; XML knows only amp, lt, gt, quot and apos."
            : "A '&' must begin a character reference or entity; write '&amp;' for the character itself.");
    }

    bool ReadDeclaration()
    {
        var rest = _source[_at..];
        if (rest.StartsWith("<!--"u8))
        {
            Token = XmlToken.Comment;
            var dashes = rest[4..].IndexOf("--"u8);
            if (dashes < 0)
            {
                return Fail(_at, "The comment does not end.");
            }

            _at += 4 + dashes + 3;
            return (_at <= _source.Length && _source[_at - 1] == '>')
                || Fail(_at - 3, "'--' is not allowed inside a comment.");
        }

        if (rest.StartsWith("<![CDATA["u8) && Depth > 0)
        {
            Token = XmlToken.CData;
            var end = rest.IndexOf("]]>"u8);
            if (end < 0)
            {
                return Fail(_at, "The CDATA section does not end.");
            }

            _at += end + 3;
            return true;
        }

        return Fail(_at, rest.StartsWith("<!DOCTYPE"u8)
            ? "A document type declaration is not allowed."
            : "After '<!' comes '--' for a comment, or inside the root element '[CDATA['.");
    }

    bool ReadInstruction()
    {
        Token = XmlToken.Instruction;
        var name = XmlNames.Length(_source[(_at + 2)..]);
        var target = _source.Slice(_at + 2, name);
        var end = _source[_at..].IndexOf("?>"u8);
        if (name == 0 || end < 0)
        {
            return Fail(_at, name == 0
                ? "A processing instruction must begin with a name."
                : "The processing instruction does not end.");
        }

        if (target.Length == 3 && System.Text.Ascii.EqualsIgnoreCase(target, "xml"u8))
        {
            return Fail(_at, "An XML declaration may stand only at the very beginning.");
        }

        if (2 + name != end && !XmlText.IsSpace(_source[_at + 2 + name]))
        {
            return Fail(_at + 2 + name, "White space must follow the name of a processing instruction.");
        }

        _at += end + 2;
        return true;
    }

    readonly string Quote(int start, int end)
    {
        // Long names would only make the message unreadable, and may be an attack on whoever reads it.
        const int ShownMax = 64;
        var shown = System.Text.Encoding.UTF8.GetString(_source[start..Math.Min(end, start + ShownMax)]);
        return end - start > ShownMax ? shown + "…" : shown;
    }
}
