using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Assertions;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Slicing;

/// <summary>value and pattern: the slice is what has its fixed value, or what has at least its pattern.</summary>
sealed class ValueCriterion(DiscriminatorPath path, FhirNode expected, bool isExact) : PathCriterion(path)
{
    protected override bool Accepts(ValidationRun run, FhirNode node) =>
        isExact ? NodeComparison.AreSame(expected, node) : NodeComparison.Includes(expected, node);
}
