namespace FhirHub.Fhir.FhirPath;

/// <summary>The position of the item in focus.</summary>
sealed class ThisIndex(int offset) : ScalarOperation(offset)
{
    internal override bool TrySingle(Evaluation run, out FhirPathValue value)
    {
        value = FhirPathValue.Of(run.Focus.Index);
        return true;
    }
}
