using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Messages;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Resources;

/// <summary>
/// What R4 says of bundles in words: https://hl7.org/fhir/R4/bundle.html. The shapes of documents and messages (bdl-1
/// to bdl-12) it states as invariants; references are checked where they stand.
/// </summary>
sealed class BundleCheck : Assertion
{
    internal override void Check(ValidationRun run, FhirNode node)
    {
        var kind = ElementPart.Type.First(node).Text;
        foreach (var entry in ElementPart.Entry.All(node))
        {
            CheckFullUrl(run, entry);
        }

        if (kind is "document" or "message" && node == run.Root)
        {
            CheckReach(run, node, kind);
        }
    }

    /// <summary>The full URL is absolute, and where it is that of a REST server names the same resource.</summary>
    static void CheckFullUrl(ValidationRun run, FhirNode entry)
    {
        var url = ElementPart.FullUrl.First(entry);
        if (url.Text is not { } text)
        {
            return;
        }

        if (!text.Contains(':', StringComparison.Ordinal))
        {
            run.Error(ResourceMessages.FullUrlRelative, url);
            return;
        }

        var resource = ElementPart.Resource.First(entry);
        var form = ReferenceForm.Of(text);
        if (!resource.Exists || form.Type is null || ElementPart.Id.First(resource).Text is not { } id)
        {
            return;
        }

        if (form.Type != resource.Type || !text.EndsWith("/" + id, StringComparison.Ordinal))
        {
            run.Error(ResourceMessages.FullUrlDiffers, url);
        }
    }

    /// <summary>Every entry of a document is reached from the first, forwards or backwards.</summary>
    static void CheckReach(ValidationRun run, FhirNode bundle, string kind)
    {
        // 1. Which entries each entry refers to.
        var resources = ElementPart.Entry.All(bundle).Select(ElementPart.Resource.First).Where(r => r.Exists).ToList();
        var links = new Dictionary<FhirNode, List<FhirNode>>();
        foreach (var resource in resources)
        {
            foreach (var target in Targets(run, resource))
            {
                Link(resource, target);
                // What says of whom it is belongs to the document as well, such as a Provenance.
                Link(target, resource);
            }
        }

        // 2. What the first one leads to.
        var reached = new HashSet<FhirNode>();
        var waiting = new Queue<FhirNode>(resources.Take(1));
        while (waiting.TryDequeue(out var next))
        {
            if (reached.Add(next))
            {
                links.GetValueOrDefault(next)?.ForEach(waiting.Enqueue);
            }
        }

        // 3. The rest.
        foreach (var resource in resources.Where(resource => !reached.Contains(resource)))
        {
            var first = kind == "document" ? "Composition" : "MessageHeader";
            run.Information(ResourceMessages.EntryUnreachable, resource, first);
        }

        void Link(FhirNode from, FhirNode to)
        {
            if (!links.TryGetValue(from, out var list))
            {
                links.Add(from, list = []);
            }

            list.Add(to);
        }
    }

    static IEnumerable<FhirNode> Targets(ValidationRun run, FhirNode resource)
    {
        var document = resource.Document;
        for (var i = resource.Index; i < document.Records[resource.Index].Next; i++)
        {
            if (document.Records[i].IsNode && document.TypeOf(i).Name == "Reference")
            {
                var reference = new FhirNode(document, i);
                if (ElementPart.Reference.First(reference).Text is { Length: > 0 } text && text[0] != '#'
                    && run.ResolveInside(reference, text) is { Exists: true } target)
                {
                    yield return target;
                }
            }
        }
    }
}
