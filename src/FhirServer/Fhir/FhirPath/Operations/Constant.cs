namespace FhirHub.Fhir.FhirPath;

/// <summary>A literal.</summary>
sealed class Constant(int offset, FhirPathValue value) : ScalarOperation(offset)
{
    internal FhirPathValue Value => value;

    internal override bool TrySingle(Evaluation run, out FhirPathValue result)
    {
        result = value;
        return true;
    }
}
