namespace FhirHub.Fhir.FhirPath;

/// <summary>The running result of <c>aggregate()</c>.</summary>
sealed class RunningTotal(int offset) : Operation(offset)
{
    internal override void Append(Evaluation run, Values output)
    {
        if (run.Focus.Total is { } total)
        {
            output.AddRange(total);
        }
    }
}
