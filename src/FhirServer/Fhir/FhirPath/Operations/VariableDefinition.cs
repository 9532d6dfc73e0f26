namespace FhirHub.Fhir.FhirPath;

/// <summary>
/// The function <c>defineVariable()</c>: passes its input on, and names a collection for what follows.
/// </summary>
sealed class VariableDefinition(int offset, Operation source, Operation name, Operation? value) : Operation(offset)
{
    internal override void Append(Evaluation run, Values output)
    {
        var input = run.Rent();
        source.Append(run, input);
        if (!name.TrySingle(run, out var text) || text.Kind != FhirPathKind.String)
        {
            throw run.Error(Offset, "defineVariable() takes the name of the variable first");
        }

        var known = text.String;
        if (VariableReference.IsReserved(known)
            || run.Environment.Variables.ContainsKey(known)
            || run.Focus.Variables?.Find(known) is not null)
        {
            throw run.Error(Offset, $"The variable %{known} is defined already");
        }

        run.Focus = run.Focus with { Variables = new VariableScope(known, Items(run, input), run.Focus.Variables) };
        output.AddRange(input);
        run.Return(input);
    }

    FhirPathValue[] Items(Evaluation run, Values input)
    {
        if (value is null)
        {
            return input.ToArray();
        }

        // The value is seen from the input, as in select(), though once for all of it.
        var items = run.Rent();
        var outer = run.Focus;
        if (input.Count == 1)
        {
            run.Focus = outer with { This = input[0], Index = 0 };
        }

        value.Append(run, items);
        run.Focus = outer;
        var result = items.ToArray();
        run.Return(items);
        return result;
    }
}
