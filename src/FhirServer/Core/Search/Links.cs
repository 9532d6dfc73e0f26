using System.Runtime.InteropServices;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;

namespace FhirHub.Core.Search;

/// <summary>
/// The literal references of a resource, wherever they stand: https://hl7.org/fhir/R4/references.html#literal. Those
/// inside the entries of a bundle are the bundle's own, which its other entries answer, and are left out.
/// </summary>
public static class Links
{
    static readonly ushort BundleEntry = ElementIds.Of("Bundle", "entry");

    /// <summary>
    /// Not a parameter anybody can search by: it makes the index know the references that no parameter of the
    /// specification finds, and the absolute ones by their URL, so that all that refers to a resource can be found.
    /// </summary>
    public static SearchParameterSchema Parameter { get; } =
        new("urn:fhirhub:link", "link", "urn:fhirhub:link", SearchParameterType.Reference, null, ["Resource"], [], []);

    /// <summary>
    /// The parameters whose values are resources inside a bundle: https://hl7.org/fhir/R4/bundle.html#search
    /// </summary>
    public static IReadOnlyList<string> Inline { get; } =
    [
        "http://hl7.org/fhir/SearchParameter/Bundle-composition",
        "http://hl7.org/fhir/SearchParameter/Bundle-message",
    ];

    /// <summary>The values of every <c>Reference.reference</c>, and what they say.</summary>
    internal static IEnumerable<(FhirNode Node, SearchValue.Reference Value)> Of(FhirDocument document)
    {
        var tape = new Tape(document);
        for (var i = 0; i < tape.Records.Length; i++)
        {
            var property = tape.Records[i].Property;
            if (property == BundleEntry)
            {
                i = document.After(i) - 1;
            }
            else if (property == ElementIds.ReferenceReference && tape.Text(i) is { IsEmpty: false } text)
            {
                yield return (new FhirNode(document, i), ReferenceText.Read(text, default));
            }
        }
    }

    /// <summary>Adds the references that the values found so far do not tell.</summary>
    internal static void Add(FhirDocument document, EntrySink sink)
    {
        var tape = new Tape(document);
        var told = sink.References;
        told.Sort();
        var next = 0;
        var others = new Untold(sink.Entries);
        for (var i = 0; i < tape.Records.Length; i++)
        {
            var property = tape.Records[i].Property;
            if (property == BundleEntry)
            {
                i = document.After(i) - 1;
            }
            else if (property == ElementIds.ReferenceReference && tape.Text(i) is { IsEmpty: false } text)
            {
                while (next < told.Count && told[next] < i)
                {
                    next++;
                }

                // Only an absolute one that a parameter has read is still to be told, by its URL.
                if (next == told.Count || told[next] != i || text.Span.IndexOf("://"u8) >= 0)
                {
                    others.Add(ReferenceText.Read(text, default));
                }
            }
        }
    }

    /// <summary>The URL without the version, which stands at the end of an absolute one.</summary>
    public static Utf8Text Address(SearchValue.Reference reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return reference.Kind != ReferenceKind.Absolute || reference.Version.IsEmpty
            ? reference.Url
            : reference.Url.Slice(
                0, reference.Url.Span.Length - "/_history/".Length - reference.Version.Span.Length);
    }

    /// <summary>Adds references to entries, each resource once.</summary>
    struct Untold(List<SearchEntry> entries)
    {
        /// <summary>For so many it costs less to look through the entries than to make a set of them.</summary>
        const int FewMax = 8;

        HashSet<(Utf8Text Type, Utf8Text Id)>? _known;
        int _count;

        internal void Add(SearchValue.Reference value)
        {
            if (value.Id.IsEmpty)
            {
                return;
            }

            if (value.Kind == ReferenceKind.Absolute)
            {
                entries.Add(new SearchEntry(Parameter, new SearchValue.Uri(Address(value), default, default)));
            }
            else if (IsNew(value))
            {
                entries.Add(new SearchEntry(Parameter, value));
            }
        }

        bool IsNew(SearchValue.Reference value)
        {
            if (_count++ >= FewMax)
            {
                _known ??= [.. entries.Select(e => e.Value).OfType<SearchValue.Reference>()
                    .Where(r => r.Kind == ReferenceKind.Relative).Select(r => (r.Type, r.Id))];
                return _known.Add((value.Type, value.Id));
            }

            foreach (var entry in CollectionsMarshal.AsSpan(entries))
            {
                if (entry.Value is SearchValue.Reference { Kind: ReferenceKind.Relative } other
                    && other.Id == value.Id && other.Type == value.Type)
                {
                    return false;
                }
            }

            return true;
        }
    }
}
