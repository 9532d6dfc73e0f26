using System.Text;
using System.Xml.Linq;

namespace FhirHub.Core.Patches;

/// <summary>One step of a selector: what it selects, by which name (null for any), and its predicates.</summary>
sealed record XmlStep(XmlStepKind Kind, XName? Name, List<XmlPredicate> Predicates)
{
    internal List<XObject> Select(XContainer context, ref long work)
    {
        var found = new List<XObject>();
        foreach (var candidate in Candidates(context))
        {
            work++;
            if (Matches(candidate))
            {
                found.Add(candidate);
            }
        }

        foreach (var predicate in Predicates)
        {
            found = predicate.Filter(found, ref work);
        }

        return found;
    }

    IEnumerable<XObject> Candidates(XContainer context) => Kind switch
    {
        XmlStepKind.Self => [context],
        XmlStepKind.Attribute or XmlStepKind.NamespaceDeclaration => (context as XElement)?.Attributes() ?? [],
        _ => context.Nodes(),
    };

    bool Matches(XObject candidate) => Kind switch
    {
        XmlStepKind.Element => candidate is XElement element && (Name is null || element.Name == Name),
        XmlStepKind.Attribute => candidate is XAttribute { IsNamespaceDeclaration: false } attribute
            && (Name is null || attribute.Name == Name),
        XmlStepKind.NamespaceDeclaration => candidate is XAttribute { IsNamespaceDeclaration: true } declaration
            && declaration.Name == Name,
        XmlStepKind.Text => candidate is XText,
        XmlStepKind.Comment => candidate is XComment,
        XmlStepKind.Instruction =>
            candidate is XProcessingInstruction instruction && (Name is null || instruction.Target == Name.LocalName),
        _ => true,
    };
}

/// <summary>A position (from 1), or a path whose value must equal a text.</summary>
sealed record XmlPredicate(int Position, List<XmlStep> Path, string Value)
{
    internal List<XObject> Filter(List<XObject> found, ref long work)
    {
        if (Position > 0)
        {
            return Position <= found.Count ? [found[Position - 1]] : [];
        }

        var kept = new List<XObject>();
        foreach (var candidate in found)
        {
            if (Holds(candidate, ref work))
            {
                kept.Add(candidate);
            }
        }

        return kept;
    }

    bool Holds(XObject candidate, ref long work)
    {
        List<XObject> reached = [candidate];
        foreach (var step in Path)
        {
            var next = new List<XObject>();
            foreach (var context in reached)
            {
                if (step.Kind == XmlStepKind.Self)
                {
                    next.Add(context);
                }
                else if (context is XContainer container)
                {
                    next.AddRange(step.Select(container, ref work));
                }
            }

            reached = next;
        }

        foreach (var node in reached)
        {
            if (Text(node, ref work) == Value)
            {
                return true;
            }
        }

        return false;
    }

    static string Text(XObject node, ref long work) => node switch
    {
        XElement element => Text(element, ref work),
        XAttribute attribute => attribute.Value,
        XText text => text.Value,
        XComment comment => comment.Value,
        _ => "",
    };

    static string Text(XElement element, ref long work)
    {
        var text = new StringBuilder();
        foreach (var node in element.DescendantNodes())
        {
            work++;
            text.Append((node as XText)?.Value);
        }

        return text.ToString();
    }
}
