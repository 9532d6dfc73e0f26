using FhirHub.Fhir.Documents;

namespace FhirHub.Fhir.FhirPath;

/// <summary>Finding what a reference points to, in the document first and outside it after that.</summary>
static class References
{
    internal static bool TryResolve(FhirNode node, Func<string, FhirNode, FhirNode>? outside, out FhirNode found)
    {
        found = default;
        var reference = node.IsPrimitive ? node.Text
            : node.Type.TryGetElement("reference", out _) ? node.First("reference").Text
            : null;
        if (string.IsNullOrEmpty(reference))
        {
            return false;
        }

        found = reference[0] == '#' ? Contained(node, reference[1..]) : InBundle(node, reference);
        if (!found.Exists && reference[0] != '#' && outside is not null)
        {
            found = outside(reference, node);
        }

        return found.Exists;
    }

    /// <summary>The innermost resource around a node; for a contained one, the resource that contains it.</summary>
    internal static FhirNode Container(FhirNode node)
    {
        var resource = Resource(node);
        return resource.Element?.Name == "contained" ? Resource(Parent(resource)) : resource;
    }

    internal static FhirNode Resource(FhirNode node) => new(node.Document, node.Document.ResourceOf(node.Index));

    static FhirNode Contained(FhirNode node, string id)
    {
        var container = Container(node);
        if (id.Length == 0)
        {
            return container;
        }

        if (!container.Type.TryGetElement("contained", out var element))
        {
            return default;
        }

        foreach (var contained in container.Of(element))
        {
            if (contained.First("id").Text == id)
            {
                return contained;
            }
        }

        return default;
    }

    /// <summary>https://hl7.org/fhir/R4/bundle.html#references</summary>
    static FhirNode InBundle(FhirNode node, string reference)
    {
        var bundle = node.Document.Root;
        if (bundle.Type.Name != "Bundle")
        {
            return default;
        }

        var version = reference.IndexOf("/_history/", StringComparison.Ordinal);
        var plain = version < 0 ? reference : reference[..version];
        var isRelative = !plain.Contains(':', StringComparison.Ordinal);
        var service = isRelative ? ServiceOf(bundle, node) : null;
        foreach (var entry in bundle["entry"])
        {
            var resource = entry.First("resource");
            var url = entry.First("fullUrl").Text;
            var isMatch = url is not null && (url == plain || (service is not null && url == service + plain));
            if (resource.Exists && (isMatch || (isRelative && service is null && IsNamed(resource, plain))))
            {
                return resource;
            }
        }

        return default;
    }

    /// <summary>The base URL of the entry a node is in, by its fullUrl; null when that is no RESTful one.</summary>
    static string? ServiceOf(FhirNode bundle, FhirNode node)
    {
        foreach (var entry in bundle["entry"])
        {
            if (node.Index <= entry.Index || node.Index >= node.Document.Records[entry.Index].Next)
            {
                continue;
            }

            var resource = entry.First("resource");
            var url = entry.First("fullUrl").Text;
            if (url is null || !resource.Exists)
            {
                return null;
            }

            var tail = $"{resource.Type.Name}/{resource.First("id").Text}";
            return url.EndsWith("/" + tail, StringComparison.Ordinal) ? url[..^tail.Length] : null;
        }

        return null;
    }

    static bool IsNamed(FhirNode resource, string reference) =>
        reference == $"{resource.Type.Name}/{resource.First("id").Text}";

    static FhirNode Parent(FhirNode resource)
    {
        // The record before a resource is its parent or part of an earlier sibling: step back until one encloses it.
        var document = resource.Document;
        var at = document.ResourceOf(resource.Index - 1);
        while (at > 0 && document.Records[at].Next <= resource.Index)
        {
            at = document.ResourceOf(at - 1);
        }

        return new FhirNode(document, at);
    }
}
