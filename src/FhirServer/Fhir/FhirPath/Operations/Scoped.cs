namespace FhirHub.Fhir.FhirPath;

/// <summary>A part whose variables end where it does.</summary>
sealed class Scoped(Operation inner) : Operation(inner.Offset)
{
    internal override void Append(Evaluation run, Values output)
    {
        var outer = run.Focus;
        inner.Append(run, output);
        run.Focus = outer;
    }
}
