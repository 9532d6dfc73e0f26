using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;

namespace FhirHub.Core.Writes;

/// <summary>
/// Replaces the links between the entries of a transaction by those to the resources they become, editing the bytes in
/// place: https://hl7.org/fhir/R4/http.html#trules and https://hl7.org/fhir/R4/bundle.html#references
/// </summary>
/// <param name="baseUrl">The server's own base.</param>
sealed partial class ReferenceResolution(string baseUrl)
{
    readonly Dictionary<string, string> _targets = new(StringComparer.Ordinal);

    /// <summary>Says what an address in the bundle becomes; false when it has become something already.</summary>
    internal bool TryAdd(string address, string target) => _targets.TryAdd(address, target);

    internal bool Knows(string address) => _targets.ContainsKey(address);

    /// <summary>The references of a resource that are searches: https://hl7.org/fhir/R4/http.html#trules</summary>
    internal static List<string> Searches(FhirNode resource)
    {
        var found = new List<string>();
        foreach (var node in Strings(resource))
        {
            if (IsReference(node) && node.RawValue.Contains((byte)'?') && node.Text is { } text
                && TrySplit(text, out _, out _))
            {
                found.Add(text);
            }
        }

        return found;
    }

    /// <summary>Takes <c>Patient?identifier=1</c> apart; false for anything else.</summary>
    internal static bool TrySplit(
        string reference, [NotNullWhen(true)] out string? type, [NotNullWhen(true)] out string? search)
    {
        var question = reference.IndexOf('?', StringComparison.Ordinal);
        (type, search) = question < 0 ? (null, null) : (reference[..question], reference[(question + 1)..]);
        return type is not null && search is not null
            && FhirSchema.R4.TryGetType(type, out var schema) && schema.IsResource;
    }

    /// <summary>
    /// The bytes of a resource with its links replaced; the very bytes it has when there is nothing to.
    /// </summary>
    /// <param name="resource">A resource of the bundle.</param>
    /// <param name="fullUrl">The address the bundle gives it, which relative references are relative to.</param>
    internal ReadOnlyMemory<byte> Apply(FhirNode resource, string? fullUrl)
    {
        var root = RootOf(fullUrl);
        var original = Bytes(resource);
        var start = Start(resource);
        var edited = default(MemoryStream);
        var at = 0;
        foreach (var node in Strings(resource))
        {
            if (Replacement(node, root) is not { } text)
            {
                continue;
            }

            edited ??= new MemoryStream(original.Length + 256);
            var value = node.Document.Records[node.Index];
            if (IsOidOrUuid(node))
            {
                var type = TypeInName(node);
                edited.Write(original.Span[at..(type.Start - start)]);
                edited.Write("Uri"u8);
                at = type.End - start;
            }

            edited.Write(original.Span[at..(value.Start - start)]);
            edited.Write(JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes);
            at = value.Start - start + value.Length;
        }

        if (edited is null)
        {
            return original;
        }

        edited.Write(original.Span[at..]);
        return edited.ToArray();
    }

    /// <summary>The bytes of a resource inside a document.</summary>
    internal static ReadOnlyMemory<byte> Bytes(FhirNode resource) =>
        resource.Document.Json.Slice(Start(resource), resource.Document.Records[resource.Index].Length);

    static int Start(FhirNode resource) => resource.Document.Records[resource.Index].Start;

    string? Replacement(FhirNode node, string? root)
    {
        switch (node.Type.Primitive)
        {
            case PrimitiveKind.Uri or PrimitiveKind.Url or PrimitiveKind.Canonical:
            case PrimitiveKind.String when IsReference(node):
            case PrimitiveKind.Oid or PrimitiveKind.Uuid when TypeInName(node).End > 0:
                return node.Text is { } text ? Target(text, root) : null;
            case PrimitiveKind.Xhtml:
                return node.Text is { } narrative ? Narrative(narrative, root) : null;
            default:
                return null;
        }
    }

    string? Target(string text, string? root)
    {
        // 1. As it stands: a urn, an absolute address, a relative one the bundle uses as fullUrl, a search.
        if (_targets.TryGetValue(text, out var target))
        {
            return target;
        }

        // 2. Without a version, which the new resource does not have, and without what comes behind the address.
        if (text.IndexOf("/_history/", StringComparison.Ordinal) is var history and > 0)
        {
            return Target(text[..history], root);
        }

        if (text.AsSpan().IndexOfAny('|', '#') is var end and > 0 && Target(text[..end], root) is { } inner)
        {
            return inner + text[end..];
        }

        // 3. Relative to where the entry says it is from, or to this server.
        return text.Contains(':', StringComparison.Ordinal) || text.StartsWith('#') ? null
            : root is not null && _targets.TryGetValue($"{root}/{text}", out target) ? target
            : _targets.TryGetValue($"{baseUrl}/{text}", out target) ? target
            : null;
    }

    string? Narrative(string xhtml, string? root)
    {
        if (!xhtml.Contains("href", StringComparison.OrdinalIgnoreCase)
            && !xhtml.Contains("src", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var replaced = Tag().Replace(xhtml, tag => Link().Replace(tag.Value, link =>
            Target(WebUtility.HtmlDecode(link.Groups["url"].Value), root) is { } target
                ? $"{link.Groups["name"].Value}{WebUtility.HtmlEncode(target)}{link.Groups["end"].Value}"
                : link.Value));
        return replaced == xhtml ? null : replaced;
    }

    /// <summary>The strings of a resource. A bundle inside has links of its own, which its entries answer.</summary>
    static IEnumerable<FhirNode> Strings(FhirNode resource)
    {
        var document = resource.Document;
        var end = document.After(resource.Index);
        for (var i = resource.Index; i < end; i++)
        {
            var record = document.Records[i];
            if (record.Kind is NodeKind.String or NodeKind.EscapedString)
            {
                yield return new FhirNode(document, i);
            }
            else if (record.Kind == NodeKind.Object && document.TypeOf(i).Name == "Bundle")
            {
                i = document.After(i) - 1;
            }
        }
    }

    static bool IsOidOrUuid(FhirNode node) => node.Type.Primitive is PrimitiveKind.Oid or PrimitiveKind.Uuid;

    /// <summary>
    /// Where <c>Uuid</c> stands in the name <c>valueUuid</c>: an address is no UUID, so the choice has to become one of
    /// a URI. Nothing for a name written with escapes, or for a value with extensions, which are under that name too.
    /// </summary>
    static (int Start, int End) TypeInName(FhirNode node)
    {
        var document = node.Document;
        if (node.Property is not { Element.IsChoice: true } property || document.ChildRange(node.Index).End > 0)
        {
            return default;
        }

        var before = document.Bytes[..(document.Records[node.Index].Start - 1)].TrimEnd(" \t\r\n:"u8);
        var end = before.Length - 1;
        return before is [.., (byte)'"'] && before[..end].EndsWith(property.Utf8Name)
            ? (end - node.Type.Name.Length, end)
            : default;
    }

    static bool IsReference(FhirNode node) =>
        node.Property is { Name: "reference" } property && property.Element.Owner.Name == "Reference";

    /// <summary>The base of <c>http://example.org/fhir/Patient/1</c>; null for an address of another form.</summary>
    static string? RootOf(string? fullUrl)
    {
        var id = fullUrl?.LastIndexOf('/') ?? -1;
        var type = id > 0 ? fullUrl!.LastIndexOf('/', id - 1) : -1; // an index is found only in a text
        return type > 0 && FhirSchema.R4.TryGetType(fullUrl![(type + 1)..id], out var schema) && schema.IsResource
            ? fullUrl[..type]
            : null;
    }

    [GeneratedRegex("""<[A-Za-z](?>[^>"']|"[^"]*"|'[^']*')*>""")]
    private static partial Regex Tag();

    [GeneratedRegex(
        """(?<name>\s(?:href|src)\s*=\s*(?<quote>["']))(?<url>.*?)(?<end>\k<quote>)""", RegexOptions.Singleline)]
    private static partial Regex Link();
}
