using System.Buffers;
using FhirHub.Fhir.Documents;

namespace FhirHub.Fhir.Xml;

// Start and end tags with their attributes and namespaces.
ref partial struct XmlTokens
{
    // Comparing every pair of attributes is quadratic; no honest FHIR or XHTML element comes near these limits.
    const int AttributesMax = 64;
    const int BindingsMax = 256;

    static readonly SearchValues<byte> InDoubleQuotes = SearchValues.Create("\"<&\t\n\r"u8);
    static readonly SearchValues<byte> InSingleQuotes = SearchValues.Create("'<&\t\n\r"u8);

    /// <summary>
    /// Reads the start tag once more: a copy of this structure resumes where it was taken, but the attributes it had
    /// then have been overwritten since.
    /// </summary>
    internal void Reread()
    {
        _at = Start;
        _endPending = false;
        _bindingCount = _scratch.Open[--Depth].BindingsOutside;
        FindDefaultBinding();
        _rootSeen = Depth > 0;
        ReadStartTag();
    }

    bool ReadStartTag()
    {
        if (_rootSeen && Depth == 0)
        {
            return Fail(_at, "There is a second root element.");
        }

        _rootSeen = true;
        Token = XmlToken.Start;
        NameStart = ++_at;
        if (!ReadName(out _localStart))
        {
            return false;
        }

        NameEnd = _at;
        _bindingsOutside = _bindingCount;
        _attributeCount = 0;
        if (_at < _source.Length && _source[_at] == '>')
        {
            _at++;
        }
        else if (!ReadAttributes())
        {
            return false;
        }

        return OpenElement();
    }

    bool OpenElement()
    {
        if ((_attributeCount > 0 && !ResolveAttributes()) || !Resolve(NameStart, _localStart, out var binding))
        {
            return false;
        }

        Namespace = NamespaceOf(binding);
        if (Depth == _depthMax)
        {
            return Fail(Start, $"Elements are nested deeper than {_depthMax} levels.", IssueType.TooLong);
        }

        if (Depth == _scratch.Open.Length)
        {
            Array.Resize(ref _scratch.Open, Depth * 2);
        }

        ref var open = ref _scratch.Open[Depth++];
        open.NameStart = NameStart;
        open.NameEnd = NameEnd;
        open.LocalStart = _localStart;
        open.Namespace = Namespace;
        open.BindingsOutside = _bindingsOutside;
        return true;
    }

    bool ReadEndTag()
    {
        _at += 2;
        if (Depth == 0)
        {
            return Fail(Start, "There is no element that this tag could end.");
        }

        ref readonly var open = ref _scratch.Open[Depth - 1];
        var name = _source[open.NameStart..open.NameEnd];
        var after = _at + name.Length;
        if (after < _source.Length && _source[_at..].StartsWith(name))
        {
            while (after < _source.Length && XmlText.IsSpace(_source[after]))
            {
                after++;
            }

            if (after < _source.Length && _source[after] == '>')
            {
                _at = after + 1;
                return EndElement();
            }
        }

        var expected = Quote(open.NameStart, open.NameEnd);
        return ReadName(out _)
            && Fail(Start, $"The end tag '{Quote(Start + 2, _at)}' does not match the open element '{expected}'.");
    }

    bool EndElement()
    {
        Token = XmlToken.End;
        ref readonly var open = ref _scratch.Open[--Depth];
        NameStart = open.NameStart;
        NameEnd = open.NameEnd;
        _localStart = open.LocalStart;
        Namespace = open.Namespace;
        if (_bindingCount != open.BindingsOutside)
        {
            _bindingCount = open.BindingsOutside;
            FindDefaultBinding();
        }

        return true;
    }

    bool ReadName(out int localStart)
    {
        var start = _at;
        localStart = start;
        var length = XmlNames.Length(_source[_at..]);
        _at += length;
        if (length > 0 && _at < _source.Length && _source[_at] == ':')
        {
            localStart = ++_at;
            length = XmlNames.Length(_source[_at..]);
            _at += length;
        }

        return length > 0 || Fail(start, "A name is expected here; write '&lt;' for the character '<' itself.");
    }

    bool ReadAttributes()
    {
        while (true)
        {
            var end = _at;
            while (_at < _source.Length && XmlText.IsSpace(_source[_at]))
            {
                _at++;
            }

            if (_at >= _source.Length)
            {
                return Fail(_at, "The XML ends inside a tag.");
            }

            if (_source[_at] == '>')
            {
                _at++;
                return true;
            }

            if (_source[_at] == '/')
            {
                _endPending = ++_at < _source.Length && _source[_at] == '>';
                return _endPending ? ++_at > 0 : Fail(_at - 1, "'/' in a tag must be followed by '>'.");
            }

            if (_at == end)
            {
                return Fail(_at, "White space is expected before an attribute.");
            }

            if (!ReadAttribute())
            {
                return false;
            }
        }
    }

    bool ReadAttribute()
    {
        if (_attributeCount == AttributesMax)
        {
            return Fail(_at, $"An element may have at most {AttributesMax} attributes.", IssueType.TooLong);
        }

        if (_attributeCount == _scratch.Attributes.Length)
        {
            Array.Resize(ref _scratch.Attributes, _attributeCount * 2);
        }

        ref var attribute = ref _scratch.Attributes[_attributeCount];
        attribute.NameStart = _at;
        if (!ReadName(out attribute.LocalStart))
        {
            return false;
        }

        attribute.NameEnd = _at;
        if (!ReadEquals())
        {
            return false;
        }

        var quote = _at < _source.Length ? _source[_at] : 0;
        if (quote is not ('"' or '\''))
        {
            return Fail(_at, "The value of an attribute must be in quotes.");
        }

        attribute.ValueStart = ++_at;
        if (!PassValue(quote, out attribute.IsPlain))
        {
            return false;
        }

        attribute.ValueEnd = _at++;
        return IsDeclaration(attribute) ? Declare(attribute) : AddAttribute();
    }

    bool ReadEquals()
    {
        // Almost always there is no white space at all around the sign.
        while (_at < _source.Length && XmlText.IsSpace(_source[_at]))
        {
            _at++;
        }

        if (_at >= _source.Length || _source[_at] != '=')
        {
            return Fail(_at, "'=' and a value in quotes must follow the name of an attribute.");
        }

        _at++;
        while (_at < _source.Length && XmlText.IsSpace(_source[_at]))
        {
            _at++;
        }

        return true;
    }

    bool PassValue(int quote, out bool isPlain)
    {
        isPlain = true;
        var start = _at;
        while (true)
        {
            var found = _source[_at..].IndexOfAny(quote == '"' ? InDoubleQuotes : InSingleQuotes);
            if (found < 0)
            {
                return Fail(start - 1, "The value of the attribute does not end.");
            }

            _at += found;
            if (_source[_at] == quote)
            {
                return true;
            }

            isPlain = false;
            if (_source[_at] == '<')
            {
                return Fail(_at, "'<' is not allowed in the value of an attribute; write '&lt;'.");
            }

            if (_source[_at] != '&')
            {
                _at++;
            }
            else if (!PassReference())
            {
                return false;
            }
        }
    }

    bool AddAttribute()
    {
        ref readonly var added = ref _scratch.Attributes[_attributeCount];
        var name = NameOf(added);
        foreach (ref readonly var other in Attributes)
        {
            if (NameOf(other).SequenceEqual(name))
            {
                return FailSecond(added);
            }
        }

        _attributeCount++;
        return true;
    }

    bool FailSecond(in XmlAttribute attribute) =>
        Fail(attribute.NameStart, $"The attribute '{Quote(attribute.NameStart, attribute.NameEnd)}' is there twice.");
}
