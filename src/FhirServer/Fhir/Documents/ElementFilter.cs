using System.Collections.Concurrent;
using FhirHub.Fhir.Definitions;

namespace FhirHub.Fhir.Documents;

/// <summary>
/// Which properties of a resource to keep, decided once per type and request, and applied to its bytes by
/// <see cref="Json.JsonFilter"/>. The result always says that it is a subset, by a tag in <c>meta</c>.
/// </summary>
public sealed class ElementFilter
{
    static readonly ConcurrentDictionary<(TypeSchema, SummaryMode), ElementFilter> Summaries = new();
    readonly HashSet<ElementSchema> _kept;

    ElementFilter(TypeSchema type, IEnumerable<ElementSchema> kept, bool isDeep)
    {
        Type = type;
        _kept = [.. kept];
        IsDeep = isDeep;
    }

    /// <summary>The resource type the filter is for.</summary>
    public TypeSchema Type { get; }

    /// <summary>Whether nested content is cut as well: only <c>_summary=true</c> does that.</summary>
    internal bool IsDeep { get; }

    /// <summary>The filter of a <c>_summary</c> value for a resource type.</summary>
    public static ElementFilter Summary(TypeSchema type, SummaryMode mode) =>
        Summaries.GetOrAdd((type, mode), static key => new ElementFilter(
            key.Item1,
            key.Item1.Elements.Where(e => key.Item2 switch
            {
                // What changes the meaning of the rest stays, marked as summary or not.
                SummaryMode.True => e.IsSummary || e.Min > 0 || e.IsModifier,
                SummaryMode.Text => e.Name is "id" or "meta" or "text" || e.Min > 0,
                _ => e.Name != "text",
            }),
            isDeep: key.Item2 == SummaryMode.True));

    /// <summary>
    /// The filter of <c>_elements</c> (https://hl7.org/fhir/R4/search.html#elements): the named elements, and always
    /// id, meta, and what is mandatory or modifies the meaning of the rest. An unknown name throws.
    /// </summary>
    public static ElementFilter Elements(TypeSchema type, IEnumerable<string> names)
    {
        var kept = new List<ElementSchema>(type.Elements.Where(
            e => e.Name is "id" or "meta" || e.Min > 0 || e.IsModifier));
        foreach (var name in names)
        {
            kept.Add(Find(type, name) ?? throw ElementPath.NoSuchElement(type, name));
        }

        return new ElementFilter(type, kept, isDeep: false);
    }

    /// <summary>Whether <c>_elements</c> may name it: of a choice the element, or one of its properties.</summary>
    public static bool IsElement(TypeSchema type, string name) => Find(type, name) is not null;

    static ElementSchema? Find(TypeSchema type, string name) =>
        type.TryGetElement(name, out var element) ? element
        : type.TryGetProperty(name, out var property) ? property.Element
        : null;

    /// <summary>
    /// The bytes of a stored resource with only what the filter keeps, tagged SUBSETTED; throws
    /// <see cref="ArgumentException"/> for a resource of another type than the filter's.
    /// </summary>
    public byte[] Apply(ReadOnlySpan<byte> resource, FhirSchema schema) =>
        Json.JsonFilter.Apply(resource, schema, this);

    internal bool Keeps(ElementSchema element) => _kept.Contains(element);
}
