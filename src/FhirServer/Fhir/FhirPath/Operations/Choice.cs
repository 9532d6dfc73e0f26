namespace FhirHub.Fhir.FhirPath;

/// <summary>One of two results by a criterion; only the chosen one is evaluated.</summary>
sealed class Choice(int offset, Operation source, Operation criterion, Operation whenTrue, Operation? otherwise)
    : Operation(offset)
{
    internal override void Append(Evaluation run, Values output)
    {
        var values = run.Rent();
        source.Append(run, values);
        if (values.Count > 1)
        {
            throw run.Error(Offset, $"iif() works on one item, found {values.Count}");
        }

        var outer = run.Focus;
        if (values.Count == 1)
        {
            // The index stays that of the surrounding function: a choice is no loop.
            run.Focus = outer with { This = values[0] };
        }

        var chosen = criterion.Test(run) == true ? whenTrue : otherwise;
        chosen?.Append(run, output);
        run.Focus = outer;
        run.Return(values);
    }
}
