namespace FhirHub.Fhir.FhirPath;

/// <summary>A literal.</summary>
sealed class Constant(int offset, FhirPathValue value) : ScalarOperation(offset)
{
    internal FhirPathValue Value => value;

    internal override bool TrySingle(Evaluation run, out FhirPathValue result)
    {
        result = value;
        return true;
    }
}

/// <summary>The empty collection.</summary>
sealed class Nothing(int offset) : ScalarOperation(offset)
{
    internal override bool TrySingle(Evaluation run, out FhirPathValue value)
    {
        value = default;
        return false;
    }
}

/// <summary>The item in focus.</summary>
sealed class ThisItem(int offset) : Operation(offset)
{
    internal override void Append(Evaluation run, Values output)
    {
        if (run.Focus.This.Kind != FhirPathKind.None)
        {
            output.Add(run.Focus.This);
        }
    }
}

/// <summary>The position of the item in focus.</summary>
sealed class ThisIndex(int offset) : ScalarOperation(offset)
{
    internal override bool TrySingle(Evaluation run, out FhirPathValue value)
    {
        value = FhirPathValue.Of(run.Focus.Index);
        return true;
    }
}

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

/// <summary>The item in focus when it is of a type, as at the start of <c>Patient.name</c>.</summary>
sealed class TypedRoot(int offset, string name) : Operation(offset)
{
    internal override void Append(Evaluation run, Values output)
    {
        if (run.Focus.This is { IsNode: true } item && TypeTest.IsNamed(item.Node.Type, name))
        {
            output.Add(item);
        }
    }
}

/// <summary>One item of a collection by its position.</summary>
sealed class ItemAt(int offset, Operation source, Operation index) : Operation(offset)
{
    internal override void Append(Evaluation run, Values output)
    {
        if (!index.TrySingle(run, out var position))
        {
            return;
        }

        if (position.Kind != FhirPathKind.Integer)
        {
            throw run.Error(Offset, "An index is an integer");
        }

        var values = run.Rent();
        source.Append(run, values);
        if (position.Integer >= 0 && position.Integer < values.Count)
        {
            output.Add(values[position.Integer]);
        }

        run.Return(values);
    }
}

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
