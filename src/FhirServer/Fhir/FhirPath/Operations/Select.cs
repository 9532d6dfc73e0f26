namespace FhirHub.Fhir.FhirPath;

/// <summary>The results of a projection of every item, one after the other.</summary>
sealed class Select(int offset, Operation source, Operation projection) : Operation(offset)
{
    internal override void Append(Evaluation run, Values output)
    {
        var values = run.Rent();
        source.Append(run, values);
        var outer = run.Focus;
        for (var i = 0; i < values.Count; i++)
        {
            run.Focus = outer with { This = values[i], Index = i };
            projection.Append(run, output);
        }

        run.Focus = outer;
        run.Return(values);
    }
}
