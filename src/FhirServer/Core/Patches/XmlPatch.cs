using System.Text;
using System.Xml;
using System.Xml.Linq;
using FhirHub.Core.Model;
using FhirHub.Fhir.Documents;

namespace FhirHub.Core.Patches;

/// <summary>
/// XML Patch: https://www.rfc-editor.org/rfc/rfc5261. It works on the document's XML as this server writes it: without
/// white space between elements, so that <c>ws</c> has nothing to remove.
/// </summary>
sealed class XmlPatch
{
    internal static readonly XNamespace Fhir = "http://hl7.org/fhir";

    /// <summary>The most nodes the selectors of one patch may look at.</summary>
    const long WorkMax = 50_000_000;

    /// <summary>The most nodes in a patch: as a tree they take twenty times the bytes of their text.</summary>
    const int NodesMax = 1_000_000;

    readonly XDocument _document;
    readonly XNamespace _language;
    long _work;

    /// <summary>The operation being applied, by its place: its selector may hold personal values.</summary>
    string _operation = "";

    XmlPatch(XDocument document, XNamespace language)
    {
        _document = document;
        _language = language;
    }

    internal static FhirDocument Apply(FhirDocument document, ReadOnlyMemory<byte> body)
    {
        var diff = Read(body);
        var operations = diff.Elements().ToList();
        if (operations.Count > Patch.OperationsMax)
        {
            throw PatchFailure.TooLarge(
                $"The patch has {operations.Count} operations; at most {Patch.OperationsMax} are accepted.");
        }

        var patch = new XmlPatch(Tree(document), diff.Name.Namespace);
        for (var i = 0; i < operations.Count; i++)
        {
            patch._operation = $"diff/*[{i + 1}]";
            patch.Apply(operations[i]);
        }

        return PatchFailure.Result(FhirDocument.ParseXml(Bytes(patch._document), ParseOptions.Strict));
    }

    static XElement Read(ReadOnlyMemory<byte> body)
    {
        const string Shape = """an XML Patch is like <diff><remove sel="Patient/birthDate"/></diff>""";
        XElement root;
        try
        {
            CheckSize(body);
            root = Load(body).Root!; // XML that loads has a root
        }
        catch (XmlException problem)
        {
            throw PatchFailure.Malformed(
                "invalid-diff-format: the patch is not XML, or has a DTD, or is nested too deep, "
                + $"in line {problem.LineNumber}, column {problem.LinePosition}; {Shape}.");
        }

        // RFC 5261 calls the root diff; RFC 7351, which registers the media type, calls it patch.
        return root.Name.LocalName is "diff" or "patch"
            ? root
            : throw PatchFailure.Malformed($"invalid-diff-format: the root is not diff; {Shape}.");
    }

    static XDocument Tree(FhirDocument document)
    {
        try
        {
            return Load(document.ToXml());
        }
        catch (Exception problem) when (problem is XmlException or FhirFormatException)
        {
            throw PatchFailure.Unprocessable(
                "The resource holds a character that XML cannot; patch it with application/json-patch+json.",
                "not-supported");
        }
    }

    static XDocument Load(ReadOnlyMemory<byte> xml)
    {
        using var reader = Reader(xml);
        return XDocument.Load(reader, LoadOptions.PreserveWhitespace);
    }

    /// <summary>Reads a patch through before it becomes a tree.</summary>
    static void CheckSize(ReadOnlyMemory<byte> body)
    {
        using var reader = Reader(body);
        for (var nodes = 0; reader.Read(); nodes++)
        {
            if (nodes > NodesMax)
            {
                throw PatchFailure.TooLarge($"The patch has more than {NodesMax} nodes.");
            }

            if (reader.Depth > Patch.DepthMax)
            {
                throw new XmlException("The patch is nested too deep.");
            }
        }
    }

    static XmlReader Reader(ReadOnlyMemory<byte> xml) => XmlReader.Create(
        new MemoryStream(xml.ToArray(), writable: false),
        new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });

    static byte[] Bytes(XDocument document)
    {
        var settings = new XmlWriterSettings
        {
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            // Line ends within values stay what they are.
            NewLineHandling = NewLineHandling.Entitize,
        };
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, settings))
        {
            document.Save(writer);
        }

        return stream.ToArray();
    }

    void Apply(XElement operation)
    {
        var op = operation.Name.LocalName;
        if (operation.Name.Namespace != _language || op is not ("add" or "replace" or "remove"))
        {
            throw Malformed(
                $"invalid-patch-directive: '{PatchFailure.Shown(op)}' is none; it is add, replace or remove, "
                + "in the namespace of the root");
        }

        var selector = operation.Attribute("sel")?.Value
            ?? throw Malformed($"invalid-attribute-value: {op} needs sel, the XPath of what it works on");
        _operation += " " + op;
        var target = Target(selector, operation);
        switch (op)
        {
            case "add":
                Add(target, operation);
                break;
            case "replace":
                Replace(target, operation);
                break;
            default:
                Remove(target, operation);
                break;
        }
    }

    XObject Target(string selector, XElement operation)
    {
        try
        {
            var found = XmlSelectorReader.Read(selector, operation, _language).Select(_document, ref _work);
            if (_work > WorkMax)
            {
                throw PatchFailure.TooLarge($"{_operation}: the patch looks at more than {WorkMax} nodes.");
            }

            return found.Count == 1 ? found[0] : throw Unprocessable(
                found.Count == 0
                    ? "unlocated-node: nothing in the resource is selected"
                    : $"unlocated-node: {found.Count} nodes are selected; add a position or condition that leaves one",
                found.Count == 0 ? "not-found" : "multiple-matches");
        }
        catch (FormatException wrong)
        {
            throw Malformed(wrong.Message);
        }
    }

    void Add(XObject target, XElement operation)
    {
        if (target is not XElement element)
        {
            throw Unprocessable("invalid-patch-directive: only an element can be added to");
        }

        var type = operation.Attribute("type")?.Value;
        if (type is not null)
        {
            AddAttribute(element, type, operation);
            return;
        }

        var position = operation.Attribute("pos")?.Value;
        if (position is "before" or "after" && element.Parent is null)
        {
            throw Unprocessable("invalid-root-element-operation: a document has one root");
        }

        var nodes = Content(operation, position is "before" or "after" ? element.Parent! : element);
        switch (position)
        {
            case null:
                element.Add(nodes);
                break;
            case "prepend":
                element.AddFirst(nodes);
                break;
            case "before":
                element.AddBeforeSelf(nodes);
                break;
            case "after":
                element.AddAfterSelf(nodes);
                break;
            default:
                throw Malformed(
                    $"invalid-attribute-value: pos '{PatchFailure.Shown(position)}' is none; "
                    + "it is before, after or prepend, and without it the content becomes the last child");
        }
    }

    void AddAttribute(XElement element, string type, XElement operation)
    {
        const string Namespace = "namespace::";
        XName? name = null;
        if (type.StartsWith(Namespace, StringComparison.Ordinal) && XmlSelector.IsName(type[Namespace.Length..]))
        {
            name = XNamespace.Xmlns + type[Namespace.Length..];
        }
        else if (type.StartsWith('@') && type != "@xmlns" && XmlSelector.IsName(type[1..]))
        {
            name = type[1..];
        }

        if (name is null)
        {
            throw Malformed(
                $"invalid-attribute-value: type '{PatchFailure.Shown(type)}' is none; "
                + "it is like @value or namespace::x");
        }

        if (element.Attribute(name) is not null)
        {
            throw Unprocessable("invalid-patch-directive: the attribute is there already; replace it");
        }

        Set(element, name, Text(operation));
    }

    void Set(XElement element, XName name, string value)
    {
        try
        {
            element.SetAttributeValue(name, value);
        }
        catch (ArgumentException)
        {
            // The tree refuses namespaces XML reserves and prefixes bound to nothing.
            throw Malformed("invalid-namespace-uri: a namespace declaration needs a URI, and xml and xmlns take none");
        }
    }

    void Replace(XObject target, XElement operation)
    {
        switch (target)
        {
            case XAttribute attribute:
                Set(attribute.Parent!, attribute.Name, Text(operation)); // what is selected stands in an element
                break;
            case XText text:
                text.Value = Text(operation);
                break;
            case XElement element:
                var content = Content(operation, element.Parent ?? element).Where(node => !IsWhiteSpace(node)).ToList();
                element.ReplaceWith(content is [XElement only] ? only : throw Malformed(
                    "invalid-node-types: an element is replaced by one element"));
                break;
            default:
                throw Unprocessable("invalid-node-types: only an element, an attribute or a text can be replaced");
        }
    }

    void Remove(XObject target, XElement operation)
    {
        if (operation.Attribute("ws")?.Value is not (null or "before" or "after" or "both"))
        {
            throw Malformed("invalid-attribute-value: ws is before, after or both");
        }

        switch (target)
        {
            case XAttribute attribute:
                attribute.Remove();
                break;
            case XNode { Parent: not null } node:
                node.Remove();
                break;
            default:
                throw Unprocessable("invalid-root-element-operation: a document needs its root; use DELETE");
        }
    }

    string Text(XElement operation) => operation.HasElements
        ? throw Malformed("invalid-node-types: an attribute or a text takes text only")
        : operation.Value;

    /// <summary>
    /// The content of an operation, taken out of the patch. Elements in no namespace, or in the patch's own, can only
    /// be meant for the namespace of where they go: FHIR, or XHTML within narrative.
    /// </summary>
    List<XNode> Content(XElement operation, XElement parent)
    {
        var nodes = operation.Nodes().ToList();
        operation.RemoveNodes();
        foreach (var element in nodes.OfType<XElement>().SelectMany(node => node.DescendantsAndSelf()))
        {
            if (element.Name.Namespace == XNamespace.None || element.Name.Namespace == _language)
            {
                element.Name = parent.Name.Namespace + element.Name.LocalName;
                element.Attribute("xmlns")?.Remove();
            }
        }

        return nodes;
    }

    static bool IsWhiteSpace(XNode node) => node is XText text && string.IsNullOrWhiteSpace(text.Value);

    FhirException Malformed(string text) => PatchFailure.Malformed($"{_operation}: {text}.");

    FhirException Unprocessable(string text, string code = "processing") =>
        PatchFailure.Unprocessable($"{_operation}: {text}.", code);
}
