using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Slicing;

/// <summary>type: the slice is what is of one of its types.</summary>
sealed class TypeCriterion(DiscriminatorPath path, TypeSchema[] types) : PathCriterion(path)
{
    protected override bool Accepts(ValidationRun run, FhirNode node)
    {
        foreach (var type in types)
        {
            if (node.Type.IsA(type))
            {
                return true;
            }
        }

        return false;
    }
}
