namespace FhirHub.Fhir.FhirPath;

/// <summary>The empty collection.</summary>
sealed class Nothing(int offset) : ScalarOperation(offset)
{
    internal override bool TrySingle(Evaluation run, out FhirPathValue value)
    {
        value = default;
        return false;
    }
}
