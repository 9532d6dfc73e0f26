using FhirHub.Fhir.Definitions;

namespace FhirHub.Core.Search;

/// <summary>How the documents of one type are read for all of its parameters.</summary>
/// <param name="Parameters">The parameters of the type; captures name them by index.</param>
/// <param name="Root">What one walk over the document finds.</param>
/// <param name="Counters">How many positions the walk counts.</param>
/// <param name="Slots">How many kinds of component the walk remembers.</param>
/// <param name="General">The parameters that the FHIRPath evaluator has to serve.</param>
/// <param name="Unsaid">The parameters without an expression, such as <c>_content</c>, and so without values.</param>
sealed record SearchPlan(
    SearchParameterSchema[] Parameters,
    PlanNode Root,
    int Counters,
    int Slots,
    IReadOnlyList<GeneralParameter> General,
    IReadOnlyList<SearchParameterSchema> Unsaid)
{
    /// <summary>The parameters whose expression is not FHIRPath or does not fit the type.</summary>
    internal IReadOnlyList<SearchProblem> Problems { get; init; } = [];

    /// <summary>The parameters whose values are among another's.</summary>
    internal IReadOnlyDictionary<string, SharedValues> Shared { get; init; } =
        new Dictionary<string, SharedValues>(StringComparer.Ordinal);
}
