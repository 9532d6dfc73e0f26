namespace FhirHub.Fhir.FhirPath;

/// <summary>The function <c>ofType()</c>.</summary>
sealed class TypeFilter(int offset, Operation source, TypeTest test) : Operation(offset)
{
    internal override void Append(Evaluation run, Values output)
    {
        var start = output.Count;
        source.Append(run, output);
        var kept = start;
        for (var i = start; i < output.Count; i++)
        {
            if (test.Selects(output[i]))
            {
                output.Set(kept++, output[i]);
            }
        }

        output.RemoveFrom(kept);
    }
}
