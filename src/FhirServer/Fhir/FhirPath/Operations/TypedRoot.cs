using FhirHub.Fhir.Definitions;

namespace FhirHub.Fhir.FhirPath;

/// <summary>The item in focus when it is of a type, as at the start of <c>Patient.name</c>.</summary>
sealed class TypedRoot(int offset, TypeSchema type) : Operation(offset)
{
    internal override void Append(Evaluation run, Values output)
    {
        if (run.Focus.This is { IsNode: true } item && item.Node.Type.IsA(type))
        {
            output.Add(item);
        }
    }
}
