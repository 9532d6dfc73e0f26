using System.Collections.Concurrent;
using FhirHub.Fhir.Definitions;

namespace FhirHub.Core.Search;

/// <summary>
/// That the values of a parameter are among those of another of the same type: an index that has the other's, each with
/// its <see cref="SearchEntry.Element"/>, need not hold them twice. A blood pressure has its two numbers in four
/// parameters of R4.
/// </summary>
/// <param name="Url">The other parameter, whose values are all indexed.</param>
/// <param name="OfResource">Whether those of the resource itself are among them.</param>
/// <param name="OfElements">Whether those of its elements are.</param>
/// <param name="OfSamples">Whether those that were sampled are.</param>
public sealed record SharedValues(string Url, bool OfResource, bool OfElements, bool OfSamples)
{
    static readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, SharedValues>> OfTypes =
        new(StringComparer.Ordinal);

    /// <summary>Whether all values of the other parameter are meant.</summary>
    public bool AreAll => OfResource && OfElements && OfSamples;

    /// <summary>
    /// The parameters of R4 whose values are among another's, on a type. The components of a composite are there by
    /// <see cref="Component"/>; all of them, or none. Parameters that a tenant adds share nothing.
    /// </summary>
    public static IReadOnlyDictionary<string, SharedValues> Of(string type) => OfTypes.GetOrAdd(
        type,
        static name => FhirSchema.R4.TryGetType(name, out var schema) && schema.IsResource && !schema.IsAbstract
            ? PlanCompiler.Compile(schema, ParameterCatalog.R4).Shared
            : new Dictionary<string, SharedValues>(StringComparer.Ordinal));

    /// <summary>Under what a composite's component is found.</summary>
    public static string Component(string url, int index) => $"{url}#{index}";

    /// <summary>Whether a value is meant by the number of its element.</summary>
    public bool Has(long element) => element < 0
        ? OfSamples && (element == -1 ? OfResource : OfElements)
        : element == 0 ? OfResource : OfElements;
}
