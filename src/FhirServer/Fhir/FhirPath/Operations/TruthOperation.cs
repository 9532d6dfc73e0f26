namespace FhirHub.Fhir.FhirPath;

/// <summary>A part whose result is true, false or empty.</summary>
abstract class TruthOperation(int offset) : ScalarOperation(offset)
{
    internal abstract override bool? Test(Evaluation run);

    internal sealed override bool TrySingle(Evaluation run, out FhirPathValue value)
    {
        var truth = Test(run);
        value = FhirPathValue.Of(truth == true);
        return truth is not null;
    }
}
