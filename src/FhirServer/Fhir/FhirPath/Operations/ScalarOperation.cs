namespace FhirHub.Fhir.FhirPath;

/// <summary>A part whose result is one item or none.</summary>
abstract class ScalarOperation(int offset) : Operation(offset)
{
    internal abstract override bool TrySingle(Evaluation run, out FhirPathValue value);

    internal sealed override void Append(Evaluation run, Values output)
    {
        if (TrySingle(run, out var value))
        {
            output.Add(value);
        }
    }

    internal sealed override int Count(Evaluation run) => TrySingle(run, out _) ? 1 : 0;
}
