namespace FhirHub.Fhir.FhirPath;

/// <summary>How many items there are.</summary>
sealed class ItemCount(int offset, Operation source) : ScalarOperation(offset)
{
    internal override bool TrySingle(Evaluation run, out FhirPathValue value)
    {
        value = FhirPathValue.Of(source.Count(run));
        return true;
    }
}
