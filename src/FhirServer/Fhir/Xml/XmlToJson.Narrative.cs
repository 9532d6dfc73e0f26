using FhirHub.Fhir.Definitions;

namespace FhirHub.Fhir.Xml;

// The XHTML of a narrative, which JSON holds as one string that must stand alone.
ref partial struct XmlToJson
{
    void CopyNarrative(PropertySchema property)
    {
        _json.Mark(_tokens.Start);
        _json.WriteName(property.Utf8Name);
        _json.Mark(_tokens.Start);
        _json.Write((byte)'"');

        // Nearly always the div declares its namespace and uses no prefixes, and can be taken as it is.
        var rewound = _tokens;
        var start = _tokens.Start;
        if (StandsAlone())
        {
            _json.WriteMarkup(_source[start.._tokens.End]);
        }
        else if (_tokens.Problem is null)
        {
            _tokens = rewound;
            _tokens.Reread();
            WriteWithoutPrefixes();
        }

        _json.Write((byte)'"');
    }

    /// <summary>Reads to the end of the div; false as soon as something in it depends on what is outside.</summary>
    bool StandsAlone()
    {
        var outside = _tokens.Depth - 1;
        var declaresDefault = false;
        foreach (ref readonly var binding in _tokens.Declared)
        {
            declaresDefault |= binding.PrefixStart == binding.PrefixEnd;
        }

        if (!declaresDefault)
        {
            return false;
        }

        do
        {
            if (_tokens.Token == XmlToken.Start && (_tokens.HasPrefix || HasForeignAttribute()))
            {
                return false;
            }

            if (_tokens.Depth == outside)
            {
                return true;
            }
        }
        while (_tokens.Read());

        return false;
    }

    readonly bool HasForeignAttribute()
    {
        foreach (ref readonly var attribute in _tokens.Attributes)
        {
            if (attribute.HasPrefix && attribute.Namespace != XmlNamespace.Xml)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Writes the div anew with XHTML as its default namespace, and leaves out what is not XHTML.</summary>
    void WriteWithoutPrefixes()
    {
        var outside = _tokens.Depth - 1;
        var isFirst = true;
        do
        {
            switch (_tokens.Token)
            {
                case XmlToken.Start when _tokens.Namespace != XmlNamespace.Xhtml:
                    var name = Shown(_tokens.Name);
                    Refuse(_tokens.NameStart, $"'{name}' must be in the namespace 'http://www.w3.org/1999/xhtml'.");
                    _tokens.Skip();
                    break;
                case XmlToken.Start:
                    WriteStartTag(isFirst);
                    isFirst = false;
                    break;
                case XmlToken.End:
                    _json.Write("</"u8);
                    _json.Write(_tokens.LocalName);
                    _json.Write((byte)'>');
                    break;
                default:
                    _json.WriteMarkup(_source[_tokens.Start.._tokens.End]);
                    break;
            }
        }
        while (_tokens.Depth > outside && _tokens.Read());
    }

    void WriteStartTag(bool isFirst)
    {
        _json.Write((byte)'<');
        _json.Write(_tokens.LocalName);
        if (isFirst)
        {
            _json.Write(" xmlns=\\\"http://www.w3.org/1999/xhtml\\\""u8);
        }

        foreach (ref readonly var attribute in _tokens.Attributes)
        {
            if (attribute.HasPrefix && attribute.Namespace != XmlNamespace.Xml)
            {
                RefuseAttribute(attribute);
                continue;
            }

            _json.Write((byte)' ');
            _json.WriteMarkup(_source[attribute.NameStart..(attribute.ValueEnd + 1)]);
        }

        if (_tokens.IsEmptyElement)
        {
            _json.Write("/>"u8);
            _tokens.Read();
        }
        else
        {
            _json.Write((byte)'>');
        }
    }
}
