using System.Collections.Concurrent;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;

namespace FhirHub.Core.Search;

/// <summary>
/// From a resource to everything it is found by. Each resource type has a plan, made at its first use, that serves all
/// of the type's parameters in one walk over the document; sharing an extractor between threads is fine.
/// </summary>
/// <remarks>
/// The values of a parameter are in document order (what only the evaluator can find comes last, in its order), and a
/// node counts once for a parameter however many branches of its expression select it. Equal values of different nodes
/// are all there: whether a second one says anything new is the index's business.
/// </remarks>
/// <param name="catalog">The parameters in force.</param>
/// <param name="zone">The zone of dates without one; China's when not given.</param>
public sealed class SearchValueExtractor(ParameterCatalog catalog, SearchZone? zone = null)
{
    /// <summary>The highest place of a contained resource that is found.</summary>
    const int ContainedMax = 4095;

    readonly ConcurrentDictionary<TypeSchema, SearchPlan> _plans = new();
    readonly SearchZone _zone = zone ?? SearchZone.China;

    public ParameterCatalog Catalog { get; } = catalog;

    public SearchExtraction Extract(FhirDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var found = Read(document);
        var isBundle = document.Type.Name == "Bundle";
        if (!isBundle
            && (!document.Type.TryGetProperty("contained", out _) || !document.Root.First("contained").Exists))
        {
            return found;
        }

        var entries = found.Entries.ToList();
        if (isBundle)
        {
            AddFirst(document, entries);
            return found with { Entries = entries };
        }

        var place = 0;
        foreach (var contained in document.Root["contained"])
        {
            if (place > ContainedMax)
            {
                break;
            }

            Add(contained, place++, isEntry: false, entries);
        }

        return found with { Entries = entries };
    }

    /// <summary>
    /// The composition of a document and the header of a message: a chain "provides access to search its contents",
    /// says https://hl7.org/fhir/R4/bundle.html#search of both.
    /// </summary>
    void AddFirst(FhirDocument document, List<SearchEntry> entries)
    {
        if (entries.Exists(entry => Links.Inline.Contains(entry.Parameter.Url))
            && document.Root.First("entry").First("resource") is { Exists: true } first)
        {
            Add(first, 0, isEntry: true, entries);
        }
    }

    void Add(FhirNode resource, int place, bool isEntry, List<SearchEntry> entries)
    {
        // It is read as a document of its own, as what a parameter selects begins with the type.
        var inner = FhirDocument.ParseJson(resource.Json.ToArray(), ParseOptions.Lenient).OrThrow();
        var part = new ContainedPart(place, inner.Type.Name, inner.Root.First("id").Text ?? "", isEntry);
        // Its words and links are among those of the whole.
        entries.AddRange(Read(inner).Entries
            .Where(entry => entry.Parameter.Url != Links.Parameter.Url && entry.Value is not SearchValue.Words)
            .Select(entry => entry with { Within = part }));
    }

    SearchExtraction Read(FhirDocument document)
    {
        var plan = PlanOf(document.Type);
        var sink = new EntrySink(_zone);
        var tape = new Tape(document);
        new PlanWalk(plan, tape, sink).Run();
        foreach (var general in plan.General)
        {
            general.Extract(document, tape, sink);
        }

        ResourceWords.Read(tape, Catalog, sink);
        Links.Add(document, sink);
        var problems = plan.Problems.Count == 0 ? sink.Problems : [.. plan.Problems, .. sink.Problems];
        return new SearchExtraction(sink.Entries, problems);
    }

    internal SearchPlan PlanOf(TypeSchema type) =>
        _plans.TryGetValue(type, out var known)
            ? known
            : _plans.GetOrAdd(type, static (t, parameters) => PlanCompiler.Compile(t, parameters), Catalog);
}
