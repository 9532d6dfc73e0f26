namespace FhirHub.Fhir.FhirPath;

/// <summary>Keeps the items for which a criterion holds.</summary>
sealed class Where(int offset, Operation source, Operation criterion) : Operation(offset)
{
    internal override void Append(Evaluation run, Values output)
    {
        var values = run.Rent();
        source.Append(run, values);
        var outer = run.Focus;
        for (var i = 0; i < values.Count; i++)
        {
            run.Focus = outer with { This = values[i], Index = i };
            if (criterion.Test(run) == true)
            {
                output.Add(values[i]);
            }
        }

        run.Focus = outer;
        run.Return(values);
    }

    internal override bool Any(Evaluation run)
    {
        var values = run.Rent();
        source.Append(run, values);
        var outer = run.Focus;
        var found = false;
        for (var i = 0; i < values.Count && !found; i++)
        {
            run.Focus = outer with { This = values[i], Index = i };
            found = criterion.Test(run) == true;
        }

        run.Focus = outer;
        run.Return(values);
        return found;
    }
}
