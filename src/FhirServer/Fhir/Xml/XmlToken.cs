namespace FhirHub.Fhir.Xml;

/// <summary>The parts an XML document is read as.</summary>
enum XmlToken : byte
{
    None,
    Start,

    /// <summary>The end of an element; one follows every start, for <c>&lt;a/&gt;</c> as well.</summary>
    End,
    Text,
    CData,
    Comment,
    Instruction,
}

/// <summary>
/// The namespaces that mean something here; a name's text is not looked at again once it is one of these.
/// </summary>
enum XmlNamespace : byte
{
    None,
    Fhir,
    Xhtml,

    /// <summary>The namespace of <c>xml:lang</c> and <c>xml:space</c>.</summary>
    Xml,

    /// <summary>The namespace of <c>xsi:schemaLocation</c>.</summary>
    SchemaInstance,
    Other,
}

/// <summary>
/// An attribute of a start tag as ranges of the source; declarations of namespaces are not among them.
/// </summary>
struct XmlAttribute
{
    internal int NameStart;
    internal int NameEnd;
    internal int LocalStart;
    internal int ValueStart;
    internal int ValueEnd;
    internal XmlNamespace Namespace;

    /// <summary>The binding behind <see cref="XmlNamespace.Other"/>.</summary>
    internal int Binding;

    /// <summary>True when the raw value is the value: no references, and no white space to normalise.</summary>
    internal bool IsPlain;

    internal readonly bool HasPrefix => LocalStart != NameStart;
}

/// <summary>An element whose end tag has not come yet.</summary>
struct OpenElement
{
    internal int NameStart;
    internal int NameEnd;
    internal int LocalStart;
    internal XmlNamespace Namespace;

    /// <summary>How many namespace bindings were in force outside the element.</summary>
    internal int BindingsOutside;
}

/// <summary>A namespace declaration in force.</summary>
struct NamespaceBinding
{
    internal int PrefixStart;
    internal int PrefixEnd;
    internal int UriStart;
    internal int UriEnd;
    internal XmlNamespace Namespace;
}

/// <summary>
/// The arrays a tokenizer needs, kept per thread so that reading XML allocates nothing in the long run.
/// </summary>
sealed class XmlScratch
{
    [ThreadStatic]
    static XmlScratch? _spare;

    internal OpenElement[] Open = new OpenElement[32];
    internal XmlAttribute[] Attributes = new XmlAttribute[16];
    internal NamespaceBinding[] Bindings = new NamespaceBinding[8];

    internal static XmlScratch Rent()
    {
        var scratch = _spare ?? new XmlScratch();
        _spare = null;
        return scratch;
    }

    internal static void Return(XmlScratch scratch) => _spare = scratch;
}
