namespace FhirHub.Fhir.FhirPath;

/// <summary>The item in focus when it is of a type, as at the start of <c>Patient.name</c>.</summary>
sealed class TypedRoot(int offset, string name) : Operation(offset)
{
    internal override void Append(Evaluation run, Values output)
    {
        if (run.Focus.This is { IsNode: true } item && TypeTest.IsNamed(item.Node.Type, name))
        {
            output.Add(item);
        }
    }
}
