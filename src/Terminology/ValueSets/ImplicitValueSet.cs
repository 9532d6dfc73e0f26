namespace FhirHub.Terminology.ValueSets;

/// <summary>
/// Value sets that nobody has to define, because their URLs say it all: <c>[code system]?fhir_vs</c> is the whole code
/// system, <c>?fhir_vs=isa/[code]</c> a concept and all below it: https://hl7.org/fhir/R4/snomedct.html#implicit
/// </summary>
static class ImplicitValueSet
{
    const string Mark = "?fhir_vs";
    const string Below = "=isa/";

    internal static ValueSet? Of(Canonical canonical)
    {
        var mark = canonical.Url.IndexOf(Mark, StringComparison.Ordinal);
        if (mark <= 0)
        {
            return null;
        }

        var rest = canonical.Url[(mark + Mark.Length)..];
        IReadOnlyList<ConceptFilter>? filters = rest switch
        {
            "" => [],
            _ when rest.StartsWith(Below, StringComparison.Ordinal) =>
                [new ConceptFilter(canonical.Url, "concept", "is-a", rest[Below.Length..])],
            _ => null,
        };
        return filters is null
            ? null
            : new ValueSet
            {
                Url = canonical.Url,
                Version = canonical.Version,
                Include =
                [
                    new Inclusion([])
                    {
                        Path = "ValueSet.compose.include[0]",
                        System = canonical.Url[..mark],
                        Version = canonical.Version,
                        Filters = filters,
                    },
                ],
            };
    }
}
