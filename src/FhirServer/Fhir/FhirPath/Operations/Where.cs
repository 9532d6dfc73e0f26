namespace FhirHub.Fhir.FhirPath;

/// <summary>Keeps the items for which a criterion holds.</summary>
sealed class Where(int offset, Operation source, Operation criterion) : Operation(offset)
{
    internal override void Append(Evaluation run, Values output)
    {
        // The items go to the output as they are, and those that stay move up.
        var start = output.Count;
        source.Append(run, output);
        var kept = start;
        var outer = run.Focus;
        for (var i = start; i < output.Count; i++)
        {
            run.Focus = outer with { This = output[i], Index = i - start };
            if (criterion.Test(run) == true)
            {
                output.Set(kept++, output[i]);
            }
        }

        run.Focus = outer;
        run.Charge(output.Count - start + 1);
        output.RemoveFrom(kept);
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
