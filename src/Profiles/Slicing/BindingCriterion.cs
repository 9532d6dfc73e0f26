using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Library;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Slicing;

/// <summary>value by a required binding: the slice is what has a code of its value set.</summary>
sealed class BindingCriterion(DiscriminatorPath path, CodeFacts facts) : PathCriterion(path)
{
    protected override bool Accepts(ValidationRun run, FhirNode node) =>
        CodeCheck.Best(run, facts, node) == CodeAnswer.In;
}
