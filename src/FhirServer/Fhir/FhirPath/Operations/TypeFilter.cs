namespace FhirHub.Fhir.FhirPath;

/// <summary>The function <c>ofType()</c>.</summary>
sealed class TypeFilter(int offset, Operation source, TypeTest test) : Operation(offset)
{
    internal override void Append(Evaluation run, Values output)
    {
        var values = run.Rent();
        source.Append(run, values);
        foreach (ref readonly var value in values.Span)
        {
            if (test.Selects(value))
            {
                output.Add(value);
            }
        }

        run.Return(values);
    }
}
