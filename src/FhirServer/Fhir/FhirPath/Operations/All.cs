namespace FhirHub.Fhir.FhirPath;

/// <summary>Whether a criterion holds for every item.</summary>
sealed class All(int offset, Operation source, Operation criterion) : TruthOperation(offset)
{
    internal override bool? Test(Evaluation run)
    {
        var values = run.Rent();
        source.Append(run, values);
        var outer = run.Focus;
        var all = true;
        for (var i = 0; i < values.Count && all; i++)
        {
            run.Focus = outer with { This = values[i], Index = i };
            all = criterion.Test(run) == true;
        }

        run.Focus = outer;
        run.Return(values);
        return all;
    }
}
