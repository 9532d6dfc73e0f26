using System.Xml;
using System.Xml.Linq;

namespace FhirHub.Core.Patches;

/// <summary>
/// Selects one node of a document by the part of XPath that RFC 5261 section 4.1 asks for: steps by name, <c>*</c>,
/// <c>text()</c>, <c>@attribute</c>, <c>id('x')</c>, and predicates of position or equality. Because FHIR keeps values
/// in attributes, the left side of an equality may also be a path: <c>identifier[system/@value='x']</c>.
/// </summary>
sealed class XmlSelector
{
    readonly List<XmlStep> _steps;
    readonly string? _id;

    internal XmlSelector(string? id, List<XmlStep> steps)
    {
        _id = id;
        _steps = steps;
    }

    /// <summary>The nodes selected; <paramref name="work"/> counts those looked at.</summary>
    internal List<XObject> Select(XDocument document, ref long work)
    {
        List<XObject> found = [document];
        if (_id is not null)
        {
            found = [];
            foreach (var element in document.Descendants())
            {
                work++;
                // FHIR's own ids within a resource: https://hl7.org/fhir/R4/element.html#id
                if (element.Attribute("id")?.Value == _id)
                {
                    found.Add(element);
                }
            }
        }

        foreach (var step in _steps)
        {
            var next = new List<XObject>();
            foreach (var context in found.OfType<XContainer>())
            {
                next.AddRange(step.Select(context, ref work));
            }

            found = next;
        }

        return found;
    }

    /// <summary>The namespace an element name without prefix is in, and what a prefix stands for.</summary>
    internal static XNamespace? NamespaceOf(string prefix, XElement operation, XNamespace language)
    {
        if (prefix.Length > 0)
        {
            return operation.GetNamespaceOfPrefix(prefix);
        }

        var inScope = operation.GetDefaultNamespace();
        return inScope == XNamespace.None || inScope == language ? XmlPatch.Fhir : inScope;
    }

    internal static bool IsName(string text)
    {
        try
        {
            return text.Length > 0 && XmlConvert.VerifyNCName(text) == text;
        }
        catch (XmlException)
        {
            return false;
        }
    }
}
