namespace FhirHub.Fhir.FhirPath;

/// <summary>The item in focus.</summary>
sealed class ThisItem(int offset) : Operation(offset)
{
    internal override void Append(Evaluation run, Values output)
    {
        if (run.Focus.This.Kind != FhirPathKind.None)
        {
            output.Add(run.Focus.This);
        }
    }
}
