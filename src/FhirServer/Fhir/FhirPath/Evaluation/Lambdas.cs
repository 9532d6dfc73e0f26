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

/// <summary>Whether there is anything: <c>exists()</c>, or nothing: <c>empty()</c>.</summary>
sealed class Existence(int offset, Operation source, bool isWanted) : TruthOperation(offset)
{
    internal override bool? Test(Evaluation run) => source.Any(run) == isWanted;
}

/// <summary>How many items there are.</summary>
sealed class ItemCount(int offset, Operation source) : ScalarOperation(offset)
{
    internal override bool TrySingle(Evaluation run, out FhirPathValue value)
    {
        value = FhirPathValue.Of(source.Count(run));
        return true;
    }
}

/// <summary>The opposite of a boolean.</summary>
sealed class Not(int offset, Operation source) : TruthOperation(offset)
{
    internal override bool? Test(Evaluation run) => !source.Test(run);
}

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

