using System.Text;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;

namespace FhirHub.Fhir.Xml;

/// <summary>
/// Rewrites FHIR XML as JSON in one pass: https://hl7.org/fhir/R4/xml.html. It checks what only XML can get wrong (what
/// is
/// well-formed, namespaces, order, attributes); values, cardinalities and all other rules are left to the JSON parser,
/// so
/// that there is one judge of what is FHIR.
/// </summary>
ref partial struct XmlToJson
{
    readonly ReadOnlySpan<byte> _source;
    readonly FhirSchema _schema;
    readonly XmlIssues _issues;
    readonly XmlScratch _scratch = XmlScratch.Rent();

    // The JSON, then the arrays of extras not yet joined to it: one per level of extensions within extensions.
    readonly List<MarkedJson> _buffers = [];
    XmlTokens _tokens;
    MarkedJson _json;
    XmlFrame[] _frames = new XmlFrame[16];
    int _depth;
    int _level;

    internal XmlToJson(
        ReadOnlySpan<byte> source, int start, FhirSchema schema, XmlIssues issues, bool marks, int depthMax)
    {
        _source = source;
        _schema = schema;
        _issues = issues;
        _tokens = new XmlTokens(source, start, _scratch, depthMax);
        _json = new MarkedJson(source.Length + 64, marks);
        _buffers.Add(_json);
    }

    internal readonly ReadOnlySpan<byte> Json => _buffers[0].Written;

    /// <summary>Where the JSON came from; empty unless marks were asked for.</summary>
    internal readonly IReadOnlyList<(int Json, int Source)> Marks => _buffers[0].Marks ?? [];

    public readonly void Dispose()
    {
        XmlScratch.Return(_scratch);
        foreach (var buffer in _buffers)
        {
            buffer.Dispose();
        }
    }

    /// <summary>Rewrites everything; false when the content is not XML, or its root is not a resource.</summary>
    internal bool Run()
    {
        while (_tokens.Read())
        {
            switch (_tokens.Token)
            {
                case XmlToken.Start:
                    StartElement();
                    break;
                case XmlToken.End:
                    EndElement();
                    break;
                case XmlToken.Text or XmlToken.CData:
                    RefuseText();
                    break;
            }
        }

        if (_tokens.Problem is { } problem)
        {
            _issues.AddFatal(_tokens.ProblemOffset, _tokens.ProblemCode, problem);
            return false;
        }

        return _json.Length > 0;
    }

    void StartElement()
    {
        if (_depth == 0)
        {
            StartRoot();
            return;
        }

        ref var parent = ref _frames[_depth - 1];
        if (parent.Kind == XmlFrameKind.Resource)
        {
            StartResource(ref parent);
            return;
        }

        if (FindProperty(parent) is not { } property)
        {
            _tokens.Skip();
            return;
        }

        EnsureExtras();
        if (!EnterRun(ref parent, property))
        {
            _tokens.Skip();
        }
        else if (property.Type.Primitive == PrimitiveKind.Xhtml)
        {
            CopyNarrative(property);
        }
        else if (property.Type.IsPrimitive)
        {
            StartPrimitive(ref parent, property);
        }
        else
        {
            StartObject(parent, property);
        }
    }

    void StartRoot()
    {
        var name = _tokens.LocalName;
        if (_tokens.Namespace != XmlNamespace.Fhir)
        {
            Refuse(
                _tokens.NameStart,
                $"The root element must be in the namespace 'http://hl7.org/fhir'; '{Shown(_tokens.Name)}' is not.");
        }
        else if (!_schema.TryGetResourceType(name, out var type))
        {
            Refuse(_tokens.NameStart, $"FHIR R4 has no resource type '{Shown(name)}'.");
        }
        else
        {
            BeginResource(type, isRoot: true);
            return;
        }

        _tokens.Skip();
    }

    void StartResource(ref XmlFrame parent)
    {
        var name = _tokens.LocalName;
        if (parent.IsFilled)
        {
            Refuse(_tokens.NameStart, "There is room for one resource only.");
        }
        else if (_tokens.Namespace != XmlNamespace.Fhir || !_schema.TryGetResourceType(name, out var type))
        {
            Refuse(_tokens.NameStart, $"FHIR R4 has no resource type '{Shown(_tokens.Name)}'.");
        }
        else
        {
            parent.IsFilled = true;
            BeginResource(type, isRoot: false);
            return;
        }

        _tokens.Skip();
    }

    void BeginResource(TypeSchema type, bool isRoot)
    {
        _json.Mark(_tokens.Start);
        _json.Write("{\"resourceType\":\""u8);
        _json.Write(type.Utf8Name);
        _json.Write((byte)'"');
        Push(XmlFrameKind.Object, type);
        foreach (ref readonly var attribute in _tokens.Attributes)
        {
            if (!isRoot || attribute.Namespace != XmlNamespace.SchemaInstance)
            {
                RefuseAttribute(attribute);
            }
        }
    }

    void StartObject(in XmlFrame parent, PropertySchema property)
    {
        BeginEntry(parent, property);
        var isResource = property.Type.IsResource;
        if (isResource)
        {
            Push(XmlFrameKind.Resource, property.Type);
        }
        else
        {
            _json.Mark(_tokens.Start);
            _json.Write((byte)'{');
            Push(XmlFrameKind.Object, property.Type);
        }

        foreach (ref readonly var attribute in _tokens.Attributes)
        {
            var found = attribute.HasPrefix || isResource ? null : property.Type.Find(_tokens.LocalNameOf(attribute));
            if (found is not null && found.Element.IsXmlAttribute)
            {
                _json.Mark(attribute.NameStart);
                _json.WriteName(found.Utf8Name);
                _json.WriteString(_tokens.RawValueOf(attribute));
            }
            else
            {
                RefuseAttribute(attribute);
            }
        }
    }

    void EndElement()
    {
        ref var frame = ref _frames[_depth - 1];
        switch (frame.Kind)
        {
            case XmlFrameKind.Object:
                EndRun(ref frame);
                _json.Write((byte)'}');
                break;
            case XmlFrameKind.Resource:
                EndResourceElement(frame);
                break;
            case XmlFrameKind.Primitive:
                EndPrimitive(ref frame);
                break;
        }

        _depth--;
    }

    readonly void EndResourceElement(in XmlFrame frame)
    {
        if (!frame.IsFilled)
        {
            Refuse(_tokens.NameStart, "The element must hold a resource.");
            _json.Write("{}"u8);
        }
    }

    void Push(XmlFrameKind kind, TypeSchema type)
    {
        if (_depth == _frames.Length)
        {
            Array.Resize(ref _frames, _depth * 2);
        }

        _frames[_depth++] = new XmlFrame { Kind = kind, Type = type };
    }

    readonly void RefuseText()
    {
        if (_depth > 0 && (_tokens.Token == XmlToken.CData || !XmlText.IsBlank(_tokens.Content)))
        {
            Refuse(_tokens.Start, "Text is not allowed here; values stand in the attribute 'value'.");
        }
    }

    readonly void RefuseAttribute(in XmlAttribute attribute) =>
        Refuse(attribute.NameStart, $"The attribute '{Shown(_tokens.NameOf(attribute))}' is not allowed here.");

    readonly void Refuse(int offset, string text) => _issues.Add(offset, IssueType.Structure, text, Expression(_depth));

    /// <summary>The FHIRPath of the innermost of so many open elements.</summary>
    readonly string? Expression(int depth)
    {
        if (depth == 0)
        {
            return null;
        }

        var path = new StringBuilder(_frames[0].Type.Name);
        for (var i = 0; i < depth - 1; i++)
        {
            AppendRun(path, _frames[i]);
        }

        return path.ToString();
    }

    static void AppendRun(StringBuilder path, in XmlFrame frame)
    {
        // The frame of a resource element adds nothing: the resource and the element are one node.
        if (frame.Run is { Element: var element })
        {
            path.Append('.').Append(element.Name);
            if (element.IsArray)
            {
                path.Append('[').Append(frame.RunCount - 1).Append(']');
            }
        }
    }

    static string Shown(ReadOnlySpan<byte> name)
    {
        const int ShownMax = 64;
        return Encoding.UTF8.GetString(name.Length > ShownMax ? name[..ShownMax] : name);
    }
}
